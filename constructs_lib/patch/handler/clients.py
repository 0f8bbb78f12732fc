"""The AWS APIs that the patch talks to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config


@dataclass(frozen=True)
class Clients:
    """One client for each service."""

    cloudformation: Any
    sagemaker: Any

    @classmethod
    def of_function(cls) -> Clients:
        """Return clients with the credentials of the function, which are patient when AWS throttles them."""
        config = Config(connect_timeout=5, read_timeout=30, retries={"mode": "standard", "total_max_attempts": 8})
        return cls(
            cloudformation=boto3.client("cloudformation", config=config),
            sagemaker=boto3.client("sagemaker", config=config),
        )
