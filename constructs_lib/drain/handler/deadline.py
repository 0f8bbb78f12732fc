"""How long the drain may take: what the function and whoever defines it both go by."""

TOTAL_TIMEOUT = 60 * 60
"""Seconds after which CloudFormation gives a custom resource up: the longest ``ServiceTimeout`` that it takes.

The provider framework would wait longer, for nobody: what it answers then is not heard.

See https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
"""

DEADLINE = TOTAL_TIMEOUT - 5 * 60
"""Seconds after which the drain gives up by itself, while it can still say what remains."""

PASS = 2 * 60
"""Seconds after which one pass asks for nothing more, so that it ends before the deadline or the function does."""
