"""What the sessions of execution roles are called."""

from enum import Enum


class ExecutionRoleSessionNameMode(Enum):
    """What CloudTrail shows as the session name of an execution role.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StudioWebPortalSettings.html
    """

    STATIC = "STATIC"
    """``SageMaker``, whoever the user is, as if nothing were said."""

    USER_IDENTITY = "USER_IDENTITY"
    """The user: the session that asked for the presigned URL, or the user name in IAM Identity Center."""
