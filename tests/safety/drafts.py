"""Apps that are synthesized once, and whose templates are then rewritten, as if somebody had changed the app."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_NAMES = {
    "AWS::S3::Bucket": "BucketName",
    "AWS::SageMaker::Domain": "DomainName",
    "AWS::SageMaker::Space": "SpaceName",
    "AWS::SageMaker::UserProfile": "UserProfileName",
}


class Draft:
    """The templates of an app, by the names of the stacks; a nested one has that of the stack around, and its own.

    A resource is asked for by its logical id, or by its name if it has one.

    Attributes:
        templates: the templates.
        files: the names of their files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._manifest = _read(folder / "manifest.json")
        self._metadata: dict[str, Json] = {}
        self.templates: dict[str, Json] = {}
        self.files: dict[str, str] = {}
        for id, artifact in self._manifest["artifacts"].items():
            if artifact["type"] == "aws:cloudformation:stack":
                self._metadata[id] = json.loads(_metadata(folder / artifact["additionalMetadataFile"]))
                self._add(id, artifact["properties"]["templateFile"], _read(folder / f"{id}.assets.json")["files"])

    def _add(self, stack: str, file: str, assets: Json) -> None:
        self.files[stack] = file
        self.templates[stack] = template = _read(self._folder / file)
        for logical_id, resource in template["Resources"].items():
            if resource["Type"] == "AWS::CloudFormation::Stack":
                url = json.dumps(resource["Properties"]["TemplateURL"])
                (nested,) = (one["source"]["path"] for digest, one in assets.items() if f"{digest}.json" in url)
                self._add(f"{stack}/{logical_id}", nested, assets)

    def place(self, name: str) -> tuple[str, str]:
        """Return the stack and the logical id of a resource."""
        (found,) = (
            (stack, logical_id)
            for stack, template in self.templates.items()
            for logical_id, resource in template["Resources"].items()
            if name in (logical_id, resource.get("Properties", {}).get(_NAMES.get(resource["Type"])))
        )
        return found

    def resource(self, name: str) -> Json:
        """Return a resource."""
        stack, logical_id = self.place(name)
        found: Json = self.templates[stack]["Resources"][logical_id]
        return found

    def properties(self, name: str) -> Json:
        """Return the properties of a resource."""
        found: Json = self.resource(name).setdefault("Properties", {})
        return found

    def template(self, name: str) -> Json:
        """Return the template that a resource is in."""
        return self.templates[self.place(name)[0]]

    def put(self, name: str, path: str, value: Any) -> None:
        """Give a resource another value at a path with dots, or none."""
        *names, last = path.split(".")
        place = self.resource(name)
        for one in names:
            place = place.setdefault(one, {})
        if value is None:
            del place[last]
        else:
            place[last] = value

    def of_type(self, resource_type: str) -> list[Json]:
        """Return the resources of a type."""
        resources = [one for template in self.templates.values() for one in template["Resources"].values()]
        return [one for one in resources if one["Type"] == resource_type]

    def rename(self, name: str, logical_id: str, *, construct: str | None = None) -> None:
        """Give a resource another logical id, and a construct path of its own, as moving the construct does."""
        stack, old = self.place(name)
        text = json.dumps(self.templates[stack]).replace(f'"{old}"', f'"{logical_id}"')
        self.templates[stack] = json.loads(text)
        metadata = self._metadata[stack.partition("/")[0]]
        for path in _paths(metadata, old):
            del metadata[path]
            metadata[construct or path] = [{"type": "aws:cdk:logicalId", "data": logical_id}]
        if f"{stack}/{old}" in self.templates:
            self.templates[f"{stack}/{logical_id}"] = self.templates.pop(f"{stack}/{old}")
            self.files[f"{stack}/{logical_id}"] = self.files.pop(f"{stack}/{old}")

    def move(self, name: str, stack: str) -> None:
        """Move a resource to another stack, under the same logical id."""
        place, logical_id = self.place(name)
        self.templates[stack]["Resources"][logical_id] = self.templates[place]["Resources"].pop(logical_id)
        metadata = self._metadata[place.partition("/")[0]]
        for path in _paths(metadata, logical_id):
            self._metadata[stack][f"/{stack}/{path.split('/', 2)[2]}"] = metadata.pop(path)

    def remove(self, name: str) -> Json:
        """Take a resource away, and return it."""
        stack, logical_id = self.place(name)
        found: Json = self.templates[stack]["Resources"].pop(logical_id)
        return found

    def environment(self, stack: str, environment: str) -> None:
        """Deploy a stack elsewhere."""
        self._manifest["artifacts"][stack]["environment"] = environment

    def add_stack(self, name: str) -> None:
        """Add a stack with nothing in it."""
        like = next(iter(self._metadata))
        self._copy(like, name)
        self.templates[name] = {"Resources": {}}
        self._metadata[name] = {}

    def rename_stack(self, old: str, new: str) -> None:
        """Give a stack another name."""
        self._copy(old, new)
        for table in (self.templates, self._metadata):
            table[new] = table.pop(old)
        self._metadata[new] = {
            path.replace(f"/{old}", f"/{new}", 1): entries for path, entries in self._metadata[new].items()
        }
        del self._manifest["artifacts"][old], self.files[old]

    def remove_stack(self, name: str) -> None:
        """Take a stack away."""
        del self._manifest["artifacts"][name], self.templates[name], self._metadata[name], self.files[name]

    def _copy(self, old: str, new: str) -> None:
        artifact = json.loads(json.dumps(self._manifest["artifacts"][old]))
        self.files[new] = artifact["properties"]["templateFile"] = f"{new}.template.json"
        artifact["additionalMetadataFile"] = f"{new}.metadata.json"
        artifact["displayName"] = new
        self._manifest["artifacts"][new] = artifact

    def contents(self) -> dict[str, str]:
        """Return the files of the assembly that the lock reads."""
        contents = {
            "manifest.json": self._manifest,
            **{self.files[name]: template for name, template in self.templates.items()},
            **{f"{name}.metadata.json": metadata for name, metadata in self._metadata.items()},
        }
        return {name: json.dumps(content) for name, content in contents.items()}


Change = Callable[[Draft], Any]


def _read(path: Path) -> Json:
    found: Json = json.loads(path.read_bytes())
    return found


@cache
def _metadata(path: Path) -> str:
    """Return what the lock reads of the metadata: where resources and the templates of nested stacks stand."""
    kinds = ("aws:cdk:logicalId", "aws:cdk:templateFile")
    entries = {construct: [one for one in found if one["type"] in kinds] for construct, found in _read(path).items()}
    return json.dumps(entries)


def _paths(metadata: Json, logical_id: str) -> list[str]:
    """Return the construct paths of a resource."""
    return [path for path, entries in metadata.items() if {"type": "aws:cdk:logicalId", "data": logical_id} in entries]
