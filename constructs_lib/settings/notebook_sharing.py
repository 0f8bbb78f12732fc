"""Whether users may share what their notebooks put out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aws_cdk import Token
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from constructs_lib.errors import check_no_text, check_type
from constructs_lib.key_arn import check_key_arn

_MAXIMUM_PATH = 1024


@dataclass(frozen=True)
class NotebookSharing:
    """Whether the output of cells goes along when a notebook is shared, and to which bucket.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_SharingSettings.html
    """

    _bucket: s3.IBucket | None = None
    _prefix: str = ""
    _encryption_key: kms.IKey | None = None

    @staticmethod
    def disabled() -> NotebookSharing:
        """Share notebooks without output, so that no data of their author leaves with them."""
        return NotebookSharing()

    @staticmethod
    def with_output(bucket: s3.IBucket, *, prefix: str = "", encryption_key: kms.IKey | None = None) -> NotebookSharing:
        """Share notebooks with their output, as snapshots in a bucket.

        Whoever may read the bucket sees the snapshots. Nothing is granted here: let users write and read beneath the
        prefix, ``bucket.grant_read_write(alice, "shared/*")`` say.

        Args:
            bucket: where the snapshots are kept.
            prefix: where in the bucket, without a slash at the beginning. Default: at its root.
            encryption_key: the key that encrypts them. Default: as the bucket does by itself.

        Raises:
            TypeError: a name is given in place of a bucket or a key.
            ValueError: the prefix begins with a slash or is too long, or the ARN of the key is malformed.
        """
        check_no_text("bucket", bucket, "s3.Bucket.from_bucket_name(...) say")
        check_key_arn("encryption_key", encryption_key)
        check_type("prefix", prefix, str, "'shared' say")
        if prefix.startswith("/") and not Token.is_unresolved(prefix):
            raise ValueError(f"prefix must not begin with a slash, got {prefix!r}; pass {prefix.lstrip('/')!r}")
        sharing = NotebookSharing(bucket, prefix, encryption_key)
        path = sharing._path(bucket)
        if len(path) > _MAXIMUM_PATH and not Token.is_unresolved(path):
            raise ValueError(
                f"prefix must make at most {_MAXIMUM_PATH} characters with the bucket, got {len(path)}; "
                "pass a shorter one"
            )
        return sharing

    def _path(self, bucket: s3.IBucket) -> str:
        return f"s3://{bucket.bucket_name}/{self._prefix}"

    def _render(self) -> dict[str, Any]:
        if self._bucket is None:
            return {"notebookOutputOption": "Disabled"}
        return {
            "notebookOutputOption": "Allowed",
            "s3OutputPath": self._path(self._bucket),
            "s3KmsKeyId": None if self._encryption_key is None else self._encryption_key.key_arn,
        }
