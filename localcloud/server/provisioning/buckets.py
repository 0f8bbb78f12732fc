"""What the emulator leaves out of S3 buckets: their tags, and that one with objects in it cannot be deleted."""

from __future__ import annotations

from typing import Any

from localcloud.server.provisioning.clients import client


def tag(name: str, old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Give a bucket its tags; there are no attributes to add."""
    if new.get("Tags"):
        client("s3").put_bucket_tagging(Bucket=name, Tagging={"TagSet": new["Tags"]})
    elif old.get("Tags"):
        client("s3").delete_bucket_tagging(Bucket=name)
    return {}


def delete(name: str) -> None:
    """Delete a bucket that is empty."""
    s3 = client("s3")
    try:
        s3.delete_bucket(Bucket=name)
    except s3.exceptions.NoSuchBucket:
        return
