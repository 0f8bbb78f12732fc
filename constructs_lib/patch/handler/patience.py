"""How long the function waits: what it and whoever defines it both go by."""

TIMEOUT = 15 * 60
"""Seconds after which Lambda ends the function."""

PATIENCE = TIMEOUT - 2 * 60
"""Seconds after which the function gives up by itself, while it can still say why."""

PAUSE = 5
"""Seconds between two looks at a domain that is being updated."""
