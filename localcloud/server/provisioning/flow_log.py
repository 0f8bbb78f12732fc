"""AWS::EC2::FlowLog, by EC2's API."""

from __future__ import annotations

from typing import Any

from localcloud.server.provisioning.clients import client
from localcloud.server.provisioning.resource import Properties, Provisioned, Resource


class FlowLog(Resource):
    """A flow log of a VPC, a subnet or a network interface."""

    def __init__(self) -> None:
        super().__init__("AWS::EC2::FlowLog")

    def create(self, properties: Properties) -> Provisioned:
        """Create a flow log."""
        _check(properties)
        request = {name: value for name, value in properties.items() if name not in ("ResourceId", "Tags")}
        answer = client("ec2").create_flow_logs(ResourceIds=[properties["ResourceId"]], **request)
        for problem in answer.get("Unsuccessful", ()):
            raise ValueError(f"{problem['ResourceId']}: {problem['Error']['Message']}")
        return self.update(answer["FlowLogIds"][0], {}, properties)

    def update(self, physical_id: str, old: Properties, new: Properties) -> Provisioned:
        """Change the tags; all else replaces."""
        gone = [{"Key": tag["Key"]} for tag in old.get("Tags", ())]
        if gone:
            client("ec2").delete_tags(Resources=[physical_id], Tags=gone)
        if new.get("Tags"):
            client("ec2").create_tags(Resources=[physical_id], Tags=new["Tags"])
        return _provisioned(physical_id)

    def delete(self, physical_id: str) -> None:
        """Delete a flow log."""
        client("ec2").delete_flow_logs(FlowLogIds=[physical_id])


def _check(properties: Properties) -> None:
    """Refuse to log from, or to, what is not there: the emulator would."""
    ec2: Any = client("ec2")
    find = {
        "VPC": lambda one: ec2.describe_vpcs(VpcIds=[one]),
        "Subnet": lambda one: ec2.describe_subnets(SubnetIds=[one]),
        "NetworkInterface": lambda one: ec2.describe_network_interfaces(NetworkInterfaceIds=[one]),
    }.get(properties["ResourceType"])
    if find is not None:
        find(properties["ResourceId"])
    name = properties.get("LogGroupName")
    if name is not None:
        groups = client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
        if name not in (group["logGroupName"] for group in groups):
            raise ValueError(f"LogGroup {name} does not exist")


def _provisioned(flow_log_id: str) -> Provisioned:
    return Provisioned(flow_log_id, {"Id": flow_log_id})
