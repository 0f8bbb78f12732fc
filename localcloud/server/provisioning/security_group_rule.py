"""AWS::EC2::SecurityGroupIngress and AWS::EC2::SecurityGroupEgress, by EC2's API."""

from __future__ import annotations

from typing import Any

from localcloud.server.provisioning.clients import client
from localcloud.server.provisioning.resource import Properties, Provisioned, Resource

_RANGES = {"CidrIp": "IpRanges", "CidrIpv6": "Ipv6Ranges"}


class SecurityGroupRule(Resource):
    """A rule of a security group that stands outside it."""

    def __init__(self, direction: str, *, source: str) -> None:
        """Name the direction, ``Ingress`` or ``Egress``, and what begins the names of whom the rule is about."""
        super().__init__(f"AWS::EC2::SecurityGroup{direction}")
        self._direction = direction.lower()
        self._source = source

    def create(self, properties: Properties) -> Provisioned:
        """Add a rule to a security group."""
        permission = self._permission(properties)
        group_id = properties["GroupId"]
        filters = [{"Name": "group-id", "Values": [group_id]}]
        rules = client("ec2").describe_security_group_rules(Filters=filters)["SecurityGroupRules"]
        added = self._call("authorize", GroupId=group_id, IpPermissions=[permission])["SecurityGroupRules"]
        rule_id = added[0]["SecurityGroupRuleId"]
        if rule_id in {rule["SecurityGroupRuleId"] for rule in rules}:
            raise ValueError(f"the rule already exists in {group_id}")
        return Provisioned(rule_id, {"Id": rule_id})

    def update(self, physical_id: str, old: Properties, new: Properties) -> Provisioned:
        """Change the description; all else replaces."""
        self.delete(physical_id)
        return self.create(new)

    def delete(self, physical_id: str) -> None:
        """Take a rule out of its security group."""
        found = client("ec2").describe_security_group_rules(SecurityGroupRuleIds=[physical_id])
        for rule in found["SecurityGroupRules"]:
            self._call("revoke", GroupId=rule["GroupId"], SecurityGroupRuleIds=[physical_id])

    def _call(self, verb: str, **request: Any) -> Any:
        return getattr(client("ec2"), f"{verb}_security_group_{self._direction}")(**request)

    def _permission(self, properties: Properties) -> dict[str, Any]:
        group = f"{self._source}SecurityGroupId"
        unknown = properties.keys() - {"GroupId", "IpProtocol", "FromPort", "ToPort", "Description", *_RANGES, group}
        if unknown:
            raise ValueError(f"{self.schema.type_name} with {', '.join(sorted(unknown))} is not offered here")
        described = {"Description": properties["Description"]} if "Description" in properties else {}
        permission: dict[str, Any] = {"IpProtocol": str(properties["IpProtocol"])}
        permission.update({port: int(properties[port]) for port in ("FromPort", "ToPort") if port in properties})
        for name, ranges in _RANGES.items():
            if name in properties:
                permission[ranges] = [{name: properties[name], **described}]
        if group in properties:
            permission["UserIdGroupPairs"] = [{"GroupId": properties[group], **described}]
        return permission
