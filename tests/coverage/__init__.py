"""Which properties of a domain, a user profile and a space the typed API can set: ``python -m tests.coverage``."""
