"""The artifacts of MLflow are encrypted with a key."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.buckets import bucket_of, is_encrypted_with_a_key
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part, UnresolvedProperty

_STORE = "ArtifactStoreUri"


def check(mlflow: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a tracking server or an MLflow app."""
    bucket = bucket_of(studio.deployment, mlflow, _STORE)
    if bucket is None:
        raise UnresolvedProperty(mlflow, _STORE, f"{mlflow.text(_STORE)} of elsewhere")
    if not is_encrypted_with_a_key(bucket):
        yield Finding(mlflow, _STORE, f"must be in a bucket with aws:kms, got {bucket.logical_id} without")


MLFLOW_ARTIFACTS_ENCRYPTED = Rule(
    name="MlflowArtifactsEncrypted",
    level=Level.ERROR,
    info="MLflow keeps its artifacts in a bucket without a KMS key.",
    explanation="Models and samples of data are worth as much as the volumes that they come from.",
    fix="encrypt the bucket by default with aws:kms",
    controls=Controls(nist=("SC-28(1)",), hipaa=("164.312(a)(2)(iv)", "164.312(e)(2)(ii)"), pci_dss=("3.4", "8.2.1")),
    subjects=subjects.mlflow,
    check=check,
)
