"""How long the drain may take: what the function and whoever defines it both go by."""

TOTAL_TIMEOUT = 60 * 60
"""Seconds after which CloudFormation gives a custom resource up; it takes no longer ``ServiceTimeout``."""

DEADLINE = TOTAL_TIMEOUT - 5 * 60
"""Seconds after which the drain gives up by itself, while it can still say what remains."""

PASS = 2 * 60
"""Seconds after which one pass asks for nothing more, so that it ends before the deadline or the function does."""
