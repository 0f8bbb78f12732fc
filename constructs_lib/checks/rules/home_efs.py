"""The home file system does not exist, or is backed up."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.backups import is_backed_up
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part

_CREATION = "HomeEfsFileSystemCreation"


def check(domain: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a domain."""
    creation = domain.get(_CREATION)
    if creation == "Disabled":
        return
    missing = [] if domain.below("KmsKeyId").exists else ["a key of yours"]
    if not is_backed_up(studio.deployment, domain.resource):
        missing.append("a backup plan")
    if missing:
        got = creation or "nothing, which is Enabled"
        yield Finding(domain, _CREATION, f"must be Disabled unless it has {' and '.join(missing)}, got {got}")


HOME_EFS = Rule(
    name="HomeEfs",
    level=Level.WARNING,
    info="The domain has a home file system that is not looked after.",
    explanation="SageMaker makes one file system for all users, keeps it when the domain is deleted, and backs nothing "
    "up; modern Studio needs none.",
    fix="set HomeEfsFileSystemCreation to Disabled, or select the file system in an AWS::Backup::BackupSelection, by "
    "its id or by the tag ManagedByAmazonSageMakerResource, and encrypt it by the domain's KmsKeyId",
    controls=Controls(nist=("CP-9", "SC-28(1)"), hipaa=("164.308(a)(7)(ii)(A)", "164.312(a)(2)(iv)"), pci_dss=("3.4",)),
    subjects=subjects.domains,
    check=check,
)
