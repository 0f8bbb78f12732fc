"""The Lambda function of the drain: it stands alone, with what the Python runtime of Lambda has."""
