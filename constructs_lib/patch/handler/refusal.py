"""Why a patch is not applied."""


class RefusalError(Exception):
    """What CloudFormation shows as the reason why the deployment failed."""


class DomainGoneError(RefusalError):
    """There is no domain, or it goes: nothing can be set, and there is nothing to take back."""
