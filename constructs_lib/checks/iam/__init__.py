"""IAM policies in templates: what they allow, and whom."""
