"""Outputs of notebooks are shared in an encrypted bucket, or not at all."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.buckets import bucket_of, is_encrypted_with_a_key
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part

_KEY, _PATH = "SharingSettings.S3KmsKeyId", "SharingSettings.S3OutputPath"


def check(settings: Part, studio: Studio) -> Iterator[Finding]:
    """Judge the settings of a domain or a profile."""
    if settings.get("SharingSettings.NotebookOutputOption") != "Allowed" or settings.get(_KEY):
        return
    bucket = bucket_of(studio.deployment, settings, _PATH)
    if bucket is None:
        got = settings.text(_PATH) or "the default bucket of the account"
        yield Finding(settings, _KEY, f"must name the key that encrypts shared outputs, got none for {got}")
    elif not is_encrypted_with_a_key(bucket):
        yield Finding(settings, _KEY, f"must be set, or {bucket.logical_id} be encrypted with a KMS key; got neither")


NOTEBOOK_OUTPUT_SHARING = Rule(
    name="NotebookOutputSharing",
    level=Level.ERROR,
    info="Outputs of notebooks are shared in a bucket without a KMS key.",
    explanation="A shared notebook takes the data that it shows with it, out of the encrypted volume.",
    fix="set NotebookOutputOption to Disabled, or S3KmsKeyId to a key",
    controls=Controls(nist=("AC-21", "SC-28(1)"), hipaa=("164.312(a)(2)(iv)",), pci_dss=("3.4",)),
    subjects=subjects.user_settings,
    check=check,
)
