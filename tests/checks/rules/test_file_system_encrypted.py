from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import resource, template, verdicts

PLACES = {
    "domain": ("Domain", "DefaultUserSettings.CustomFileSystemConfigs"),
    "shared spaces": ("Domain", "DefaultSpaceSettings.CustomFileSystemConfigs"),
    "profile": ("UserProfile", "UserSettings.CustomFileSystemConfigs"),
    "space": ("Space", "SpaceSettings.CustomFileSystems"),
}
ENCRYPTED, OPEN, GIVEN = {"Ref": "Encrypted"}, {"Ref": "Open"}, {"Ref": "Given"}
NO_VALUE = {"Ref": "AWS::NoValue"}


def mount(kind: str, place: str, where: Any) -> dict[str, Any]:
    return {kind if place == "space" else f"{kind}Config": where}


def efs(place: str, id: Any) -> dict[str, Any]:
    return mount("EFSFileSystem", place, {"FileSystemId": id})


COMPLIANT = [
    pytest.param(lambda place: [efs(place, ENCRYPTED)], id="an encrypted file system"),
    pytest.param(lambda place: [efs(place, {"Ref": "InWords"})], id="encrypted in a word"),
    pytest.param(lambda place: [efs(place, {"Fn::ImportValue": "data:Encrypted"})], id="encrypted in another stack"),
    pytest.param(lambda place: [mount("FSxLustreFileSystem", place, {"FileSystemId": GIVEN})], id="Lustre"),
    pytest.param(lambda place: [mount("S3FileSystem", place, {"S3Uri": "s3://data/research"})], id="S3"),
    pytest.param(
        lambda place: [{"Fn::If": ["IsTest", NO_VALUE, efs(place, ENCRYPTED)]}], id="encrypted, on a condition"
    ),
]
NON_COMPLIANT = [
    pytest.param(lambda place: [efs(place, OPEN)], "", 0, id="an open file system"),
    pytest.param(lambda place: [efs(place, {"Ref": "Unsaid"})], "", 0, id="a file system that does not say"),
    pytest.param(lambda place: [efs(place, ENCRYPTED), efs(place, OPEN)], "", 1, id="an open one after another"),
    pytest.param(lambda place: [efs(place, {"Fn::ImportValue": "data:Open"})], "", 0, id="open in another stack"),
    pytest.param(lambda place: [{"Fn::If": ["IsTest", efs(place, OPEN), NO_VALUE]}], "", 0, id="open on a condition"),
    pytest.param(lambda place: [efs(place, "fs-0123456789abcdef0")], "[Unresolved]", 0, id="an id"),
    pytest.param(lambda place: [efs(place, GIVEN)], "[Unresolved]", 0, id="a parameter"),
    pytest.param(
        lambda place: [efs(place, {"Fn::ImportValue": "a:Files"})], "[Unresolved]", 0, id="an export of no stack"
    ),
    pytest.param(lambda place: [efs(place, {"Fn::If": ["IsTest", OPEN, ENCRYPTED]})], "[Unresolved]", 0, id="a choice"),
]


def judged(place: str, mounted: Any, *, on_condition: bool = False) -> set[tuple[str, str, str]]:
    kind, path = PLACES[place]
    settings, configs = path.split(".")
    value = {"Fn::If": ["IsTest", {configs: mounted}, NO_VALUE]} if on_condition else {configs: mounted}
    resources = {
        "Mounting": resource(kind, **{settings: value}),
        "Encrypted": resource("EFS.FileSystem", Encrypted=True),
        "InWords": resource("EFS.FileSystem", Encrypted="true"),
        "Open": resource("EFS.FileSystem", Encrypted=False),
        "Unsaid": resource("EFS.FileSystem"),
        "Unknown": resource("EFS.FileSystem", Encrypted=GIVEN),
    }
    body = {"Resources": resources, "Parameters": {"Given": {"Type": "String"}}}
    exports = {name: {"Value": {"Ref": name}, "Export": {"Name": f"data:{name}"}} for name in ("Encrypted", "Open")}
    data = {"Resources": {name: resources[name] for name in exports}, "Outputs": exports}
    return {
        (one.id.removeprefix("Studio-"), one.resource.logical_id, one.location.removeprefix("Properties."))
        for one in verdicts(template("Research", body), template("Data", data))
        if one.id.startswith("Studio-FileSystemEncrypted")
    }


@pytest.mark.parametrize("mounted", COMPLIANT)
@pytest.mark.parametrize("place", PLACES)
def test_compliant(place: str, mounted: Any) -> None:
    assert judged(place, mounted(place)) == set()


@pytest.mark.parametrize(("mounted", "detail", "index"), NON_COMPLIANT)
@pytest.mark.parametrize("place", PLACES)
def test_non_compliant(place: str, mounted: Any, detail: str, index: int) -> None:
    path = f"{PLACES[place][1]}.{index}.{next(iter(efs(place, '')))}.FileSystemId"
    assert judged(place, mounted(place)) == {(f"FileSystemEncrypted{detail}", "Mounting", path)}


@pytest.mark.parametrize("place", PLACES)
def test_what_only_the_deployment_knows(place: str) -> None:
    unresolved = "FileSystemEncrypted[Unresolved]"
    assert judged(place, [efs(place, {"Ref": "Unknown"})]) == {(unresolved, "Unknown", "Encrypted")}
    assert {one[:2] for one in judged(place, GIVEN)} == {(unresolved, "Mounting")}


@pytest.mark.parametrize("place", PLACES)
def test_settings_on_a_condition(place: str) -> None:
    path = f"{PLACES[place][1]}.0.{next(iter(efs(place, '')))}.FileSystemId"
    findings = judged(place, [efs(place, OPEN)], on_condition=True)
    assert findings == {("FileSystemEncrypted", "Mounting", path)}
