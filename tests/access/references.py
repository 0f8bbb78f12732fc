"""Resolves what templates refer to, as one account and region would after their deployment."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from tests.templates import Template

ACCOUNT, REGION, PARTITION = "111122223333", "eu-west-1", "aws"
ARNS = {
    "AWS::KMS::Key": f"arn:{PARTITION}:kms:{REGION}:{ACCOUNT}:key/{{}}",
    "AWS::Logs::LogGroup": f"arn:{PARTITION}:logs:{REGION}:{ACCOUNT}:log-group:{{}}:*",
    "AWS::S3::Bucket": f"arn:{PARTITION}:s3:::{{}}",
}


class References:
    """Everything that templates refer to, in themselves and in each other. What is unknown raises ``LookupError``."""

    def __init__(self, templates: Mapping[str, Template]) -> None:
        self._templates = templates
        self._intrinsics: dict[str, Callable[[str, Any], Any]] = {
            "Ref": self._ref,
            "Fn::GetAtt": self._get_att,
            "Fn::Join": self._join,
            "Fn::Sub": self._sub,
            "Fn::Select": self._select,
            "Fn::Split": self._split,
            "Fn::FindInMap": self._find_in_map,
            "Fn::ImportValue": self._import_value,
            "Fn::GetStackOutput": self._get_stack_output,
        }

    def resolve(self, stack: str, value: Any) -> Any:
        """Return what a value in the template of a stack comes to."""
        if isinstance(value, list):
            return [self.resolve(stack, one) for one in value]
        if not isinstance(value, dict):
            return value
        intrinsic = next((key for key in value if key == "Ref" or key.startswith("Fn::")), None)
        if intrinsic is None:
            return {key: self.resolve(stack, one) for key, one in value.items()}
        if len(value) != 1 or intrinsic not in self._intrinsics:
            raise LookupError(f"{stack}: cannot resolve {value}")
        return self._intrinsics[intrinsic](stack, value[intrinsic])

    def _ref(self, stack: str, name: str) -> str:
        pseudo_parameters = {
            "AWS::AccountId": ACCOUNT,
            "AWS::Partition": PARTITION,
            "AWS::Region": REGION,
            "AWS::StackId": f"arn:{PARTITION}:cloudformation:{REGION}:{ACCOUNT}:stack/{stack}/{uuid.UUID(int=0)}",
            "AWS::StackName": stack,
            "AWS::URLSuffix": "amazonaws.com",
        }
        if name in pseudo_parameters:
            return pseudo_parameters[name]
        return self._physical_id(stack, name)

    def _physical_id(self, stack: str, logical_id: str) -> str:
        resource = self._resource(stack, logical_id)
        digest = _digest(f"{stack}/{logical_id}")
        match resource["Type"]:
            case "AWS::IAM::Role":
                return self._property(stack, logical_id, "RoleName", default=logical_id)
            case "AWS::IAM::ManagedPolicy":
                path = self._property(stack, logical_id, "Path", default="/")
                name = self._property(stack, logical_id, "ManagedPolicyName", default=logical_id)
                return f"arn:{PARTITION}:iam::{ACCOUNT}:policy{path}{name}"
            case "AWS::KMS::Key":
                return str(uuid.UUID(digest[:32]))
            case "AWS::SageMaker::Domain":
                return f"d-{digest[:12]}"
            case _:
                return f"{logical_id.lower()}-{digest[:12]}"

    def _get_att(self, stack: str, argument: list[str] | str) -> str:
        logical_id, attribute = argument.split(".", 1) if isinstance(argument, str) else argument
        resource_type = self._resource(stack, logical_id)["Type"]
        name = self._physical_id(stack, logical_id)
        match resource_type, attribute:
            case "AWS::IAM::Role", "Arn":
                path = self._property(stack, logical_id, "Path", default="/")
                return f"arn:{PARTITION}:iam::{ACCOUNT}:role{path}{name}"
            case "AWS::IAM::Role", "RoleId":
                return f"AROA{_digest(name)[:17].upper()}"
            case ("AWS::KMS::Key", "KeyId") | ("AWS::SageMaker::Domain", "DomainId"):
                return name
            case _, "Arn" if resource_type in ARNS:
                return ARNS[resource_type].format(name)
        raise LookupError(f"{stack}: cannot resolve the attribute {attribute} of {logical_id}, {resource_type}")

    def _resource(self, stack: str, logical_id: str) -> dict[str, Any]:
        try:
            resource: dict[str, Any] = self._templates[stack]["Resources"][logical_id]
        except KeyError:
            raise LookupError(f"{stack}: there is no {logical_id}") from None
        return resource

    def _property(self, stack: str, logical_id: str, name: str, *, default: str) -> str:
        return str(self.resolve(stack, self._resource(stack, logical_id).get("Properties", {}).get(name, default)))

    def _join(self, stack: str, argument: list[Any]) -> str:
        separator, parts = self.resolve(stack, argument)
        return str(separator.join(parts))

    def _sub(self, stack: str, text: str) -> str:
        if not isinstance(text, str):
            raise LookupError(f"{stack}: cannot resolve Fn::Sub with variables of its own, {text}")
        return re.sub(r"\$\{([^}]*)\}", lambda found: self._substitute(stack, found[1]), text)

    def _substitute(self, stack: str, name: str) -> str:
        if name.startswith("!"):
            return f"${{{name[1:]}}}"
        return self._get_att(stack, name) if "." in name else self._ref(stack, name)

    def _select(self, stack: str, argument: list[Any]) -> Any:
        index, values = self.resolve(stack, argument)
        return values[int(index)]

    def _split(self, stack: str, argument: list[Any]) -> list[str]:
        separator, text = self.resolve(stack, argument)
        return list(text.split(separator))

    def _find_in_map(self, stack: str, argument: list[Any]) -> Any:
        mapping, first, second = self.resolve(stack, argument)
        return self._templates[stack]["Mappings"][mapping][first][second]

    def _import_value(self, stack: str, argument: Any) -> Any:
        wanted = self.resolve(stack, argument)
        for exporting, template in self._templates.items():
            for output in template.get("Outputs", {}).values():
                if "Export" in output and self.resolve(exporting, output["Export"]["Name"]) == wanted:
                    return self.resolve(exporting, output["Value"])
        raise LookupError(f"{stack}: no stack exports {wanted}")

    def _get_stack_output(self, stack: str, argument: dict[str, Any]) -> Any:
        match self.resolve(stack, argument):
            case {"StackName": name, "OutputName": output, **others} if others in ({}, {"Region": REGION}):
                return self.resolve(name, self._output(name, output))
        raise LookupError(f"{stack}: cannot resolve the output {argument}")

    def _output(self, stack: str, name: str) -> Any:
        try:
            return self._templates[stack]["Outputs"][name]["Value"]
        except KeyError:
            raise LookupError(f"{stack}: there is no output {name}") from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
