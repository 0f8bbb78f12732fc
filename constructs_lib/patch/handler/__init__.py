"""The Lambda function of the patch: it stands alone, with what the Python runtime of Lambda has."""
