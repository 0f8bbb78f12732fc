from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"AppType": {"Type": "String", "Default": "JupyterLab"}}


def app(app_type: Any) -> dict[str, Any]:
    return {"Run": resource("App", AppName="default", AppType=app_type, UserProfileName="alice")}


def space(app_type: Any) -> dict[str, Any]:
    return {"Run": resource("Space", SpaceName="lab", SpaceSettings={"AppType": app_type})}


COMPLIANT = [
    pytest.param(app("RStudioServerPro"), id="an app of RStudio"),
    pytest.param(app("Canvas"), id="an app of Canvas"),
    pytest.param(space("JupyterLab"), id="a space for JupyterLab"),
    pytest.param(space("CodeEditor"), id="a space for Code Editor"),
    pytest.param({"Run": resource("Space", SpaceName="lab")}, id="a space that does not say"),
]
NON_COMPLIANT = [
    pytest.param(app("JupyterServer"), "NoClassicApp", "AppType", id="a server of Studio Classic"),
    pytest.param(app("KernelGateway"), "NoClassicApp", "AppType", id="a kernel of Studio Classic"),
    pytest.param(space("JupyterServer"), "NoClassicApp", "SpaceSettings.AppType", id="a space of Studio Classic"),
    pytest.param(space("KernelGateway"), "NoClassicApp", "SpaceSettings.AppType", id="a space for kernels"),
    pytest.param(app({"Ref": "AppType"}), "NoClassicApp[Unresolved]", "AppType", id="an app by a parameter"),
    pytest.param(
        space({"Fn::ImportValue": "a:AppType"}),
        "NoClassicApp[Unresolved]",
        "SpaceSettings.AppType",
        id="an export of no stack",
    ),
    pytest.param(
        space({"Fn::If": ["IsModern", "JupyterLab", "JupyterServer"]}),
        "NoClassicApp[Unresolved]",
        "SpaceSettings.AppType",
        id="a condition",
    ),
]


def judged(resources: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {one for one in found(resources, Parameters=PARAMETERS) if one[0].startswith("NoClassicApp")}


@pytest.mark.parametrize("resources", COMPLIANT)
def test_compliant(resources: dict[str, Any]) -> None:
    assert judged(resources) == set()


@pytest.mark.parametrize(("resources", "rule", "path"), NON_COMPLIANT)
def test_non_compliant(resources: dict[str, Any], rule: str, path: str) -> None:
    assert judged(resources) == {(rule, "Run", path)}
