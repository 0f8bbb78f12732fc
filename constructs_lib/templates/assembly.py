"""The templates that an app synthesized, those of stages and nested stacks among them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from aws_cdk import PolicyValidationStack

Json = dict[str, Any]

MACROS = ("Fn::ForEach", "Fn::Transform")
"""What begins a key among resources, or among properties, for which CloudFormation brings in others."""

_LOGICAL_ID = "aws:cdk:logicalId"
_TEMPLATE_FILE = "aws:cdk:templateFile"
ACKNOWLEDGED_RULES = "aws:cdk:acknowledged-rules"
"""The kind of metadata of a construct that acknowledges findings."""


@dataclass(frozen=True, eq=False)
class Template:
    """The template of one stack.

    Attributes:
        path: the file.
        construct_path: where the stack stands in the app.
        stack_name: what the stack is called once it is deployed.
        account: where it is deployed to, if that is known.
        region: where it is deployed to, if that is known.
        body: what is in the file.
    """

    path: Path
    construct_path: str
    stack_name: str
    account: str | None
    region: str | None
    body: Json

    @cached_property
    def name(self) -> str:
        """The name of the file, which no other template of the app has."""
        return self.path.name.removesuffix(".json").removesuffix(".template").removesuffix(".nested")

    @cached_property
    def stage(self) -> Path:
        """The folder of the assembly that it is in, one for each stage."""
        return self.path.parent

    @cached_property
    def resources(self) -> dict[str, Json]:
        """The resources by logical id."""
        return {key: one for key, one in self.body.get("Resources", {}).items() if not key.startswith(MACROS)}

    @property
    def macros(self) -> list[str]:
        """The keys among the resources that stand for whatever CloudFormation brings in."""
        return [key for key in self.body.get("Resources", {}) if key.startswith(MACROS)]

    @cached_property
    def outputs(self) -> dict[str, Json]:
        """The outputs by name."""
        return {key: one for key, one in self.body.get("Outputs", {}).items() if isinstance(one, dict)}


@dataclass(frozen=True)
class NestedTemplate:
    """The template of a nested stack, and the resource that stands for the stack in the template around."""

    template: Template
    parent: Template
    logical_id: str


@dataclass(frozen=True)
class Acknowledged:
    """That a construct acknowledges a finding of itself and of what is beneath it."""

    construct_path: str
    id: str


class Assembly:
    """What was synthesized, as the files in the cloud assembly say."""

    def __init__(self, stacks: Sequence[PolicyValidationStack]) -> None:
        """Read the templates of stacks, and of the stacks nested in them."""
        self.templates: list[Template] = []
        self.nested: list[NestedTemplate] = []
        self.acknowledged: list[Acknowledged] = []
        self._construct_paths: dict[tuple[str, str], str] = {}
        self._manifests: dict[Path, Json] = {}
        for stack in stacks:
            self._read(stack)

    @classmethod
    def in_folder(cls, folder: Path) -> Assembly:
        """Read the templates that ``cdk synth`` wrote into a folder.

        Raises:
            OSError: there is no assembly in it.
            ValueError: the app could not look up what it needs, so that the CDK put dummies in the place.
        """
        return cls(list(_stacks_in(folder)))

    def construct_path(self, template: Template, logical_id: str) -> str | None:
        """Return where a resource stands in the app, unless the assembly was told not to say."""
        return self._construct_paths.get((template.construct_path, logical_id))

    def _read(self, stack: PolicyValidationStack) -> None:
        path = Path(stack.template_path)
        artifact_id, artifact = self._artifact(path)
        template = Template(
            path=path,
            construct_path=stack.stack_construct_path,
            stack_name=artifact["properties"].get("stackName", artifact_id),
            account=stack.account_id,
            region=stack.region,
            body=json.loads(path.read_bytes()),
        )
        templates = {template.construct_path: template}
        metadata = list(_metadata(path.parent, artifact))
        for construct_path, kind, data in metadata:
            if kind == _TEMPLATE_FILE and construct_path != template.construct_path:
                templates[construct_path] = self._nested_in(template, construct_path, path.parent / data)
            elif kind == ACKNOWLEDGED_RULES:
                self.acknowledged.extend(Acknowledged(construct_path, id) for id in data)
        self.templates.extend(templates.values())
        logical_ids = {construct_path: data for construct_path, kind, data in metadata if kind == _LOGICAL_ID}
        for construct_path, logical_id in logical_ids.items():
            self._construct_paths[_stack_around(construct_path, templates), logical_id] = construct_path
        for nested in templates.values():
            if nested is not template:
                self._attach(nested, templates, logical_ids)

    def _nested_in(self, template: Template, construct_path: str, path: Path) -> Template:
        return Template(
            path=path,
            construct_path=construct_path,
            stack_name="",
            account=template.account,
            region=template.region,
            body=json.loads(path.read_bytes()),
        )

    def _artifact(self, path: Path) -> tuple[str, Json]:
        if path.parent not in self._manifests:
            self._manifests[path.parent] = json.loads((path.parent / "manifest.json").read_bytes())
        for artifact_id, artifact in self._manifests[path.parent]["artifacts"].items():
            if artifact.get("properties", {}).get("templateFile") == path.name:
                return artifact_id, artifact
        raise LookupError(f"the manifest beside {path} does not mention it")

    def _attach(self, nested: Template, templates: dict[str, Template], logical_ids: dict[str, str]) -> None:
        """Note which resource the CDK made for a nested stack, beside it in the tree."""
        scope, _, id = nested.construct_path.rpartition("/")
        logical_id = logical_ids.get(f"{scope}/{id}.NestedStack/{id}.NestedStackResource")
        if logical_id is not None:
            parent = templates[_stack_around(scope, templates)]
            self.nested.append(NestedTemplate(nested, parent, logical_id))


def _stacks_in(folder: Path) -> Iterator[PolicyValidationStack]:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    if missing := manifest.get("missing"):
        looked_up = ", ".join(sorted({one["provider"] for one in missing}))
        raise ValueError(f"{folder} must have all that the app looks up, got dummies for {looked_up}; sign in to AWS")
    for artifact_id, artifact in manifest["artifacts"].items():
        properties = artifact.get("properties", {})
        if artifact["type"] == "cdk:cloud-assembly":
            yield from _stacks_in(folder / properties["directoryName"])
        elif artifact["type"] == "aws:cloudformation:stack":
            account, region = artifact["environment"].removeprefix("aws://").split("/")
            yield PolicyValidationStack(
                template_path=str(folder / properties["templateFile"]),
                stack_construct_path=artifact.get("displayName", artifact_id),
                account_id=None if account == "unknown-account" else account,
                region=None if region == "unknown-region" else region,
            )


def _stack_around(construct_path: str, templates: dict[str, Template]) -> str:
    while construct_path and construct_path not in templates:
        construct_path = construct_path.rpartition("/")[0]
    return construct_path


def _metadata(folder: Path, artifact: Json) -> Iterator[tuple[str, str, Any]]:
    entries = dict(artifact.get("metadata", {}))
    if file := artifact.get("additionalMetadataFile"):
        entries.update(json.loads((folder / file).read_bytes()))
    for construct_path, of_construct in entries.items():
        for entry in of_construct:
            if "data" in entry:
                yield construct_path.removeprefix("/"), entry["type"], entry["data"]
