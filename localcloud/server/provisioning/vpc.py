"""What the emulator leaves out of VPCs."""

from __future__ import annotations

from typing import Any

from ministack.services import ec2

from localcloud.server.provisioning.resource import Properties


def address_range(vpc_id: str, old: Properties, new: Properties) -> dict[str, Any]:
    """Return the attribute that is the range of addresses."""
    return {"CidrBlock": ec2._vpcs[vpc_id]["CidrBlock"]}
