"""Writes the file by which ``cdk import`` takes back into a stack what outlived it.

::

    python -m constructs_lib.safety.import_mapping --template TEMPLATE --record RECORD > mapping.json

The template is the synthesized one, ``cdk.out/research-users-1.template.json`` say.
The record is what ``aws cloudformation list-stack-resources`` prints of the stack, of a deleted one by its ARN, for 90
days. What ``describe-stack-resources`` prints will do for up to 100 resources, and what ``describe-stack-events``
prints tells what an update left behind.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from constructs_lib.safety.import_parts import MAXIMUM, in_parts

Json = dict[str, Any]

IDENTIFIERS: Mapping[str, tuple[str, ...]] = {
    "AWS::EC2::FlowLog": ("Id",),
    "AWS::EC2::RouteTable": ("RouteTableId",),
    "AWS::EC2::SecurityGroup": ("Id",),
    "AWS::EC2::SecurityGroupEgress": ("Id",),
    "AWS::EC2::SecurityGroupIngress": ("Id",),
    "AWS::EC2::Subnet": ("SubnetId",),
    "AWS::EC2::SubnetRouteTableAssociation": ("Id",),
    "AWS::EC2::VPC": ("VpcId",),
    "AWS::EC2::VPCEndpoint": ("Id",),
    "AWS::IAM::ManagedPolicy": ("PolicyArn",),
    "AWS::IAM::Role": ("RoleName",),
    "AWS::KMS::Key": ("KeyId",),
    "AWS::Logs::LogGroup": ("LogGroupName",),
    "AWS::SageMaker::Domain": ("DomainId",),
    "AWS::SageMaker::Space": ("DomainId", "SpaceName"),
    "AWS::SageMaker::UserProfile": ("UserProfileName", "DomainId"),
}
"""The properties that identify a resource of a type, in the order in which its physical id has them."""

NOT_IMPORTABLE = (
    "AWS::CloudFormation::CustomResource",
    "AWS::CloudFormation::WaitCondition",
    "AWS::IAM::Policy",
    "Custom::",
)
"""What begins the types of which CloudFormation takes no resource back."""

_LISTS = ("StackResourceSummaries", "StackResources", "StackEvents")
_NESTED = "AWS::CloudFormation::Stack"
_METADATA = "AWS::CDK::Metadata"  # of which `cdk import` takes no notice, and `cdk deploy` makes another
_ALWAYS = {"LogicalResourceId", "ResourceStatus", "ResourceType"}
_KEPT = "DELETE_SKIPPED"
_GONE = "DELETE_COMPLETE"


class RecordError(ValueError):
    """A file that is not what it should be."""


@dataclass
class ImportMapping:
    """What is taken back, and what is not.

    Attributes:
        identifiers: the identifying properties by logical id, as ``cdk import --resource-mapping`` reads them.
        problems: what of the template cannot be taken back, and what to do.
        left_out: what was kept, and has no place in the template.
    """

    identifiers: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def map_resources(template: Json, records: Iterable[Json]) -> ImportMapping:
    """Find the resources of a template in the records of a stack.

    Args:
        template: the template, as synthesized.
        records: what the AWS CLI printed; the first in which a resource stands counts.

    Raises:
        RecordError: it is no template or no record.
    """
    resources = template.get("Resources")
    if not isinstance(resources, dict):
        raise RecordError(
            f"template must have Resources, got {_named(template)}; pass cdk.out/STACK.template.json after cdk synth"
        )
    recorded = _recorded(records)
    is_gone = all(entry["ResourceStatus"].startswith("DELETE_") for entry in recorded.values())
    mapping = ImportMapping()
    for logical_id, resource in resources.items():
        if resource["Type"] == _METADATA:
            continue
        try:
            if is_gone:
                _check_alone(logical_id, resource, template)
            mapping.identifiers[logical_id] = _identify(logical_id, resource, recorded.get(logical_id))
        except ValueError as problem:
            mapping.problems.append(f"[{resource.get('Metadata', {}).get('aws:cdk:path', logical_id)}] {problem}")
    for logical_id, entry in recorded.items():
        if logical_id not in resources and entry["ResourceStatus"] == _KEPT:
            mapping.left_out.append(
                f"{logical_id} was kept, {entry['ResourceType']} {entry.get('PhysicalResourceId')}, and is not in the "
                "template: it stays outside the stack"
            )
    return mapping


def _recorded(records: Iterable[Json]) -> dict[str, Json]:
    """Return what is recorded of each resource: of events the last one, which stands first."""
    recorded: dict[str, Json] = {}
    for record in records:
        entries = next((record[name] for name in _LISTS if isinstance(record.get(name), list)), None)
        if entries is None:
            raise RecordError(
                f"record must have one of {', '.join(_LISTS)}, got {_named(record)}; "
                "pass what aws cloudformation list-stack-resources --output json prints"
            )
        for entry in entries:
            if missing := _ALWAYS - entry.keys():
                raise RecordError(
                    f"record must say {', '.join(sorted(_ALWAYS))} of each resource, got one without "
                    f"{', '.join(sorted(missing))}; pass it as the AWS CLI prints it, without --query"
                )
            if entry.get("PhysicalResourceId"):
                recorded.setdefault(entry["LogicalResourceId"], entry)
    return recorded


def _identify(logical_id: str, resource: Json, entry: Json | None) -> dict[str, str]:
    """Return the identifying properties of a resource.

    Raises:
        ValueError: it cannot be taken back.
    """
    resource_type = resource["Type"]
    if resource_type == _NESTED:
        raise ValueError(
            f"{logical_id} must be no nested stack, got one, into which nothing is imported; define what stands in it "
            "in a stack of its own, and do not deploy it before: it would be made anew, and empty"
        )
    if resource_type.startswith(NOT_IMPORTABLE):
        raise ValueError(
            f"{logical_id} must be of a type that can be imported, got {resource_type}; let cdk deploy make another "
            "after the import, and leave out of the mapping whatever refers to it"
        )
    if resource_type not in IDENTIFIERS:
        raise ValueError(
            f"{logical_id} must be of a type known here, got {resource_type}; add it to the mapping by hand, with the "
            f"primaryIdentifier that aws cloudformation describe-type --type RESOURCE --type-name {resource_type} names"
        )
    if entry is None:
        raise ValueError(
            f"{logical_id} must be in the record, got none; pass the record of the stack that had it, also that of "
            "another name, or let cdk deploy make it if it never was: a kept one of the same name stands in its way"
        )
    _check(logical_id, resource_type, entry)
    names = IDENTIFIERS[resource_type]
    values = entry["PhysicalResourceId"].split("|") if len(names) > 1 else [entry["PhysicalResourceId"]]
    if len(values) != len(names):
        raise ValueError(
            f"physical id of {logical_id} must be {'|'.join(names)}, got {entry['PhysicalResourceId']!r}; "
            "add it to the mapping by hand"
        )
    identifiers = dict(zip(names, values, strict=True))
    for name, value in identifiers.items():
        declared = resource.get("Properties", {}).get(name, value)
        if isinstance(declared, str) and declared != value:
            raise ValueError(
                f"{name} of {logical_id} must be {declared!r} as in the template, got {value!r}; "
                "pass the record of the stack that had it"
            )
    return identifiers


def _check_alone(logical_id: str, resource: Json, template: Json) -> None:
    """Refuse a resource that needs more of its template than other resources.

    For a stack that is gone, ``cdk import`` makes a template of resources and nothing else.

    Raises:
        ValueError: the resource needs a parameter, a mapping or a condition.
    """
    needed = set(_needed(resource.get("Properties", {}), template.get("Parameters", {})))
    if "Condition" in resource:
        needed.add(f"Condition {resource['Condition']}")
    if needed:
        raise ValueError(
            f"{logical_id} must do with resources alone, all that cdk import sends of a stack that is gone, "
            f"got {', '.join(sorted(needed))}; name account and region of the stack, so that values stand in the "
            "template, and synthesize again"
        )


def _needed(value: Any, parameters: Json) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _needed(one, parameters)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key in ("Fn::FindInMap", "Fn::If"):
                yield f"{key} {one[0]}"
            elif key == "Ref" and one in parameters:
                yield f"Ref {one}"
            yield from _needed(one, parameters)


def _check(logical_id: str, resource_type: str, entry: Json) -> None:
    """Refuse a resource of another type, and one that is gone or on its way.

    Raises:
        ValueError: it is one of these.
    """
    status = entry["ResourceStatus"]
    if entry["ResourceType"] != resource_type:
        raise ValueError(
            f"{logical_id} must be {resource_type} in the record too, got {entry['ResourceType']}; "
            "pass the record of the stack that had it"
        )
    if status == _GONE:
        raise ValueError(
            f"{logical_id} must have been kept ({_KEPT}), got {status}: {entry['PhysicalResourceId']} is gone; "
            "let cdk deploy make another after the import, and leave out of the mapping whatever refers to it"
        )
    if status != _KEPT and not status.endswith("_COMPLETE"):
        raise ValueError(
            f"{logical_id} must be at rest, {_KEPT} or one that ends in _COMPLETE, got {status}; "
            "let the stack come to its end and take another record"
        )


def _named(content: Json) -> str:
    return ", ".join(map(str, content)) or "nothing"


def _read(path: Path) -> Json:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RecordError(f"{path} must be a file that can be read, got {error.strerror}; pass another") from None
    except ValueError as error:
        raise RecordError(f"{path} must be JSON, got {error}; pass what --output json prints") from None
    if not isinstance(content, dict):
        raise RecordError(f"{path} must be an object of JSON, got {type(content).__name__}; pass another")
    return content


def _part(parts: list[list[str]], number: int | None) -> list[str]:
    """Return the part with a number, or the only one.

    Raises:
        RecordError: there is no such part, or there are several and no number.
    """
    if number is None and len(parts) < 2:
        return parts[0] if parts else []
    if number is None or not 1 <= number <= len(parts):
        raise RecordError(
            f"part must be 1..{len(parts)}, since CloudFormation imports at most {MAXIMUM} resources at once, "
            f"got {number}; pass --part 1, import that, and go on with the next"
        )
    return parts[number - 1]


def _words(mapping: ImportMapping) -> Iterator[str]:
    yield from mapping.problems
    yield from (f"note: {one}" for one in mapping.left_out)
    if mapping.problems:
        count = len(mapping.problems)
        yield f"{count} of {count + len(mapping.identifiers)} resources are not in the mapping, see above"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the mapping, and on the standard error what is not in it.

    Returns:
        0 if all of the template is in the mapping, or in one of its parts; else 1.
    """
    parser = argparse.ArgumentParser(
        prog="python -m constructs_lib.safety.import_mapping",
        description="Print the mapping by which cdk import takes resources that were kept back into their stack.",
    )
    parser.add_argument("--template", type=Path, required=True, help="the template of the stack, in cdk.out")
    parser.add_argument(
        "--record",
        type=Path,
        required=True,
        action="append",
        help="what the AWS CLI printed of the stack; of several, the first in which a resource stands counts",
    )
    parser.add_argument("--part", type=int, help=f"which {MAXIMUM} resources: 1 for the first, in a stack of more")
    options = parser.parse_args(arguments)
    try:
        template = _read(options.template)
        mapping = map_resources(template, [_read(path) for path in options.record])
        chosen = _part(in_parts(template["Resources"], list(mapping.identifiers)), options.part)
    except RecordError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps({one: mapping.identifiers[one] for one in chosen}, indent=2))
    for line in _words(mapping):
        print(line, file=sys.stderr)
    return 1 if mapping.problems else 0


if __name__ == "__main__":
    sys.exit(main())
