from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"RemoteAccess": {"Type": "String", "Default": "DISABLED"}}
COMPLIANT = [
    pytest.param({"SpaceSettings": {"AppType": "JupyterLab", "RemoteAccess": "DISABLED"}}, id="disabled"),
    pytest.param({"SpaceSettings": {"AppType": "JupyterLab"}}, id="nothing"),
    pytest.param({"SpaceSettings": {"RemoteAccess": {"Ref": "AWS::NoValue"}}}, id="no value"),
    pytest.param({}, id="no settings"),
]
NON_COMPLIANT = [
    pytest.param({"RemoteAccess": "ENABLED"}, "RemoteAccess", id="enabled"),
    pytest.param({"RemoteAccess": {"Ref": "RemoteAccess"}}, "RemoteAccess[Unresolved]", id="a parameter"),
    pytest.param(
        {"RemoteAccess": {"Fn::ImportValue": "a:Remote"}}, "RemoteAccess[Unresolved]", id="an export of no stack"
    ),
    pytest.param(
        {"RemoteAccess": {"Fn::If": ["IsOpen", "ENABLED", {"Ref": "AWS::NoValue"}]}},
        "RemoteAccess[Unresolved]",
        id="a condition",
    ),
    pytest.param(
        {"Fn::If": ["IsOpen", {"RemoteAccess": "ENABLED"}, {}]},
        "RemoteAccess[Unresolved]",
        id="a condition around the settings",
    ),
]


def judged(space: dict[str, Any]) -> set[tuple[str, str, str]]:
    resources = {"Lab": resource("Space", SpaceName="lab", **space)}
    return {one for one in found(resources, Parameters=PARAMETERS) if one[0].startswith("RemoteAccess")}


@pytest.mark.parametrize("space", COMPLIANT)
def test_compliant(space: dict[str, Any]) -> None:
    assert judged(space) == set()


@pytest.mark.parametrize(("settings", "rule"), NON_COMPLIANT)
def test_non_compliant(settings: dict[str, Any], rule: str) -> None:
    assert judged({"SpaceSettings": settings}) == {(rule, "Lab", "SpaceSettings.RemoteAccess")}
