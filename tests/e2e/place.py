"""An account of the emulator, with which each test has the cloud to itself."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import ClientError

from localcloud.cloud import Cloud
from localcloud.environment import of_client
from localcloud.inventory import Studio, studios

REGION = "us-east-1"
_SECONDS = 60


@dataclass(frozen=True)
class Place:
    """An account, empty but for what the CDK needs."""

    cloud: Cloud
    account: str

    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.cloud.url,
            region_name=REGION,
            aws_access_key_id=self.account,
            aws_secret_access_key="local",
        )

    def cdk(self, command: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run the CDK CLI, whatever comes of it."""
        return subprocess.run(
            ["cdk", command, "--no-notices", *arguments],
            cwd=cwd,
            env=of_client(self.cloud.url, account=self.account, region=REGION),
            capture_output=True,
            text=True,
            check=False,
        )

    def bootstrap(self, empty: Path) -> None:
        result = self.cdk("bootstrap", f"aws://{self.account}/{REGION}", cwd=empty)
        assert result.returncode == 0, result.stderr

    def of(self, assembly: Path, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the CDK CLI over what was synthesized."""
        return self.cdk(command, "--app", str(assembly), *arguments, cwd=assembly.parent)

    def deploy(self, assembly: Path, *selected: str) -> None:
        result = self.try_to_deploy(assembly, *selected)
        assert result.returncode == 0, result.stdout + result.stderr

    def try_to_deploy(self, assembly: Path, *selected: str) -> subprocess.CompletedProcess[str]:
        return self.of(assembly, "deploy", *(selected or ["--all"]), "--require-approval", "never")

    def destroy(self, assembly: Path) -> None:
        result = self.try_to_destroy(assembly)
        assert result.returncode == 0, result.stdout + result.stderr

    def try_to_destroy(self, assembly: Path) -> subprocess.CompletedProcess[str]:
        return self.of(assembly, "destroy", "--all", "--force")

    def studio(self, name: str) -> Studio:
        """Return the Studio of the domain with a name."""
        (found,) = [one for one in self.studios() if one.domain["DomainName"] == name]
        return found

    def studios(self) -> list[Studio]:
        return studios(self.client("sagemaker"))

    def statuses(self) -> dict[str, str]:
        """The status of each stack that there is, but for that of the CDK."""
        stacks = self.client("cloudformation").describe_stacks()["Stacks"]
        return {one["StackName"]: one["StackStatus"] for one in stacks if one["StackName"] != "CDKToolkit"}

    def resources(self, stack: str) -> dict[str, str]:
        """The physical ids of a stack's resources, by their logical ids."""
        pages = self.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack)
        return {
            one["LogicalResourceId"]: one["PhysicalResourceId"]
            for page in pages
            for one in page["StackResourceSummaries"]
            if one["ResourceStatus"] != "DELETE_COMPLETE"
        }

    def outputs(self, stack: str) -> dict[str, str]:
        (found,) = self.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
        return {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", [])}

    def network(self) -> dict[str, Any]:
        """Make a VPC as somebody else's, and return the settings that name it."""
        ec2 = self.client("ec2")
        vpc_id = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
        subnet_id = ec2.create_subnet(VpcId=vpc_id, CidrBlock="10.1.0.0/20")["Subnet"]["SubnetId"]
        return {"vpc_id": vpc_id, "subnet_ids": [subnet_id]}


def settle(describe: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Wait until what is described is no longer under way, and return its last description."""
    deadline = time.monotonic() + _SECONDS
    while (description := describe())["Status"] in {"Pending", "Updating", "Deleting"}:
        assert time.monotonic() < deadline, description
        time.sleep(0.2)
    return description


def error_of(call: Callable[[], Any]) -> tuple[str, str]:
    """The code and the message with which a call is refused."""
    try:
        answer = call()
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["Error"]["Message"]
    raise AssertionError(f"not refused: {answer}")
