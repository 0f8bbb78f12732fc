"""The AWS APIs that the drain talks to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config


@dataclass(frozen=True)
class Clients:
    """One client for each service."""

    cloudformation: Any
    ec2: Any
    efs: Any
    sagemaker: Any

    @classmethod
    def of_function(cls) -> Clients:
        """Return clients with the credentials of the function, which slow down when AWS throttles them.

        They give up soon, whether AWS refuses or is silent: there is a next pass.
        """
        config = Config(connect_timeout=5, read_timeout=15, retries={"mode": "adaptive", "total_max_attempts": 4})
        return cls(
            cloudformation=boto3.client("cloudformation", config=config),
            ec2=boto3.client("ec2", config=config),
            efs=boto3.client("efs", config=config),
            sagemaker=boto3.client("sagemaker", config=config),
        )
