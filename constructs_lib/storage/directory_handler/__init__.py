"""The function that makes directories."""
