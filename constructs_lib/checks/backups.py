"""Which file systems AWS Backup takes care of."""

from __future__ import annotations

from fnmatch import fnmatchcase

from constructs_lib.templates.deployment import Deployment
from constructs_lib.templates.links import nearest
from constructs_lib.templates.resource import Part, Resource

_TAG = "ManagedByAmazonSageMakerResource"  # what SageMaker tags the home file system of a domain with, and its ARN
_POSITIVE = ("StringEquals", "StringLike")
_NEGATIVE = ("StringNotEquals", "StringNotLike")


def is_backed_up(deployment: Deployment, domain: Resource) -> bool:
    """Whether a backup plan of the account and region selects the home file system of a domain."""
    return any(
        _selects(selection.below("BackupSelection"), domain)
        for selection in deployment.of_type("AWS::Backup::BackupSelection")
        if nearest(domain.template, [(selection.template, selection)], same_region=True)
    )


def _selects(selection: Part, domain: Resource) -> bool:
    if _names(selection, "NotResources", domain) or any(
        selection.below(f"Conditions.{operator}").exists for operator in _NEGATIVE
    ):
        return False
    conditions = [one for operator in _POSITIVE for one in selection.parts(f"Conditions.{operator}")]
    if not all(_meets(one, f"aws:ResourceTag/{_TAG}", domain) for one in conditions):
        return False
    if any(_meets(one, _TAG, domain) for one in selection.parts("ListOfTags")):
        return True
    return _names(selection, "Resources", domain)


def _names(selection: Part, path: str, domain: Resource) -> bool:
    """Whether a list of ARNs, with wildcards, has the home file system of a domain among them."""
    template = domain.template
    home = f"<{template.name}.{domain.logical_id}.HomeEfsFileSystemId>"
    region, account = template.region or "${AWS::Region}", template.account or "${AWS::AccountId}"
    arn = f"arn:aws:elasticfilesystem:{region}:{account}:file-system/{home}"
    for one in selection.parts(path):
        pattern = str(one.text("")).replace("${AWS::Partition}", "aws")
        pattern = pattern.replace("${AWS::Region}", region).replace("${AWS::AccountId}", account)
        if home in pattern or fnmatchcase(arn, pattern):
            return True
    return False


def _meets(condition: Part, key: str, domain: Resource) -> bool:
    """Whether the tag of the home file system of a domain, the domain's ARN, has a key and value."""
    reference = f"<{domain.template.name}.{domain.logical_id}"
    value = str(condition.text("ConditionValue"))
    by_id = value.rpartition(":domain/")[2] in (f"{reference}>", f"{reference}.DomainId>")
    return condition.text("ConditionKey") == key and (by_id or fnmatchcase(f"{reference}.DomainArn>", value))
