"""Where SageMaker Canvas keeps what its users make."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import Token
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from constructs_lib.errors import check_no_text, check_type
from constructs_lib.key_arn import check_key_arn, is_alias

_MAXIMUM_PREFIX = 955  # of 1024 characters, s3:// takes 5, the name of a bucket 63 and a slash 1


@dataclass(frozen=True, kw_only=True)
class CanvasWorkspace:
    """The bucket of the data sets, models and results of Canvas.

    Who works in Canvas needs rights on the bucket and the key: ``bucket.grant_read_write(alice)``. After a change users
    no longer see what they had before.

    Args:
        bucket: the bucket.
        prefix: what the names of all objects begin with. Default: nothing.
        encryption_key: the key that Canvas encrypts with. Default: as the bucket encrypts.

    Raises:
        TypeError: an argument is of another type.
        ValueError: the prefix is empty, has more than 955 characters or begins with a slash, or the key is an alias or
            its ARN malformed.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_WorkspaceSettings.html
    """

    bucket: s3.IBucket
    prefix: str | None = None
    encryption_key: kms.IKey | None = None

    def __post_init__(self) -> None:
        check_no_text("bucket", self.bucket, "s3.Bucket.from_bucket_name(...) say")
        if not isinstance(getattr(self.bucket, "bucket_name", None), str):
            raise TypeError(f"bucket must be a bucket, got {self.bucket!r}; pass s3.Bucket(...) say")
        check_type("prefix", self.prefix, str, "'canvas' say")
        check_key_arn("encryption_key", self.encryption_key)
        if (
            self.prefix is not None
            and not Token.is_unresolved(self.prefix)
            and not (
                0 < len(self.prefix) <= _MAXIMUM_PREFIX and not self.prefix.startswith("/") and "\n" not in self.prefix
            )
        ):
            raise ValueError(
                f"prefix must be 1..{_MAXIMUM_PREFIX} characters in one line that do not begin with a slash, "
                f"got {self.prefix!r}; pass 'canvas' say, or leave it out"
            )
        if self.encryption_key is not None and is_alias(self.encryption_key):
            raise ValueError("encryption_key must be a key, got an alias; pass the key that it is for")

    def _render(self) -> dict[str, str]:
        path = f"s3://{self.bucket.bucket_name}" + ("" if self.prefix is None else f"/{self.prefix}")
        key = {} if self.encryption_key is None else {"S3KmsKeyId": self.encryption_key.key_arn}
        return {"S3ArtifactPath": path} | key
