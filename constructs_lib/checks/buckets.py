"""The buckets that Studio writes to."""

from __future__ import annotations

from constructs_lib.templates.deployment import Deployment
from constructs_lib.templates.resource import Part, Resource

_RULES = "BucketEncryption.ServerSideEncryptionConfiguration"


def bucket_of(deployment: Deployment, part: Part, path: str) -> Resource | None:
    """Return the bucket of an S3 URI, None if it is not in the templates."""
    name = str(part.text(path)).partition("://")[2].partition("/")[0]
    return deployment.referred(part, name, "AWS::S3::Bucket")


def is_encrypted_with_a_key(bucket: Resource) -> bool:
    """Whether a bucket encrypts what is put into it with a KMS key, by default."""
    algorithms = [rule.get("ServerSideEncryptionByDefault.SSEAlgorithm") for rule in bucket.parts(_RULES)]
    return any(str(one).startswith("aws:kms") for one in algorithms)
