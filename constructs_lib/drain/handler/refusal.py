"""Why the drain does not go on."""


class RefusalError(Exception):
    """What CloudFormation shows as the reason why the stack was not deleted."""
