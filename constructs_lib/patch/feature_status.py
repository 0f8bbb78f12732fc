"""What the SageMaker API says of a feature."""

from __future__ import annotations


def feature_status(is_enabled: bool) -> str:
    """Return whether a feature is enabled, in the words of the API."""
    return "ENABLED" if is_enabled else "DISABLED"
