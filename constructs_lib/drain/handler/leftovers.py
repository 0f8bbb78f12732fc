"""Deletes what SageMaker leaves behind when a domain is deleted, which blocks the VPC."""

from __future__ import annotations

from typing import Any

from .clients import Clients
from .home_file_system import HomeFileSystem
from .nfs_security_groups import NfsSecurityGroups
from .refusal import RefusalError
from .remains import BEING_DELETED, Remains
from .stack import Stack
from .studio import Studio


def remove_leftovers(clients: Clients, stack: Stack, properties: dict[str, Any], remains: Remains) -> None:
    """Make one pass over what is left of the domain that the stack had, unless it never was, or is kept.

    Raises:
        RefusalError: the domain is still there.
    """
    domain = stack.resource(properties["DomainLogicalId"])
    if domain is None or not domain.get("PhysicalResourceId") or domain["ResourceStatus"] == "DELETE_SKIPPED":
        return
    studio = Studio(clients.sagemaker, domain["PhysicalResourceId"])
    if domain["ResourceStatus"] != "DELETE_COMPLETE":
        raise _is_there(studio, f"CloudFormation has it as {domain['ResourceStatus']}")
    status = studio.status()
    if status == "Deleting":
        remains.note(f"domain {studio.domain_id}", BEING_DELETED)
        return
    if status is not None:
        raise _is_there(studio, f"SageMaker has it as {status}")
    arn = stack.domain_arn(studio.domain_id)
    HomeFileSystem(clients.efs, arn).delete(remains)
    if not remains:
        NfsSecurityGroups(clients.ec2, arn, properties["VpcId"]).delete(remains)


def _is_there(studio: Studio, got: str) -> RefusalError:
    return RefusalError(
        f"[{studio.domain_id}] the domain must be gone before what it leaves behind, got a domain that is there: "
        f"{got}; delete it, then the stack again"
    )
