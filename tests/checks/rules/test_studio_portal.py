from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"Landing": {"Type": "String", "Default": "studio::"}}
MODERN = {"StudioWebPortal": "ENABLED", "DefaultLandingUri": "studio::"}
GIVEN, CLASSIC = {"Ref": "Landing"}, "app:JupyterServer:"
PORTAL, LANDING = "DefaultUserSettings.StudioWebPortal", "DefaultUserSettings.DefaultLandingUri"
COMPLIANT = [
    pytest.param(MODERN, {}, id="left to the domain"),
    pytest.param(MODERN, MODERN, id="the same at the profile"),
    pytest.param({**MODERN, "DefaultLandingUri": "studio::relative/jupyter-lab"}, {}, id="a page of it"),
    pytest.param(
        MODERN,
        {"StudioWebPortal": {"Ref": "AWS::NoValue"}, "DefaultLandingUri": {"Ref": "AWS::NoValue"}},
        id="no value at the profile",
    ),
]
NON_COMPLIANT = [
    pytest.param({}, {}, {("StudioPortal", "Studio", PORTAL), ("StudioPortal", "Studio", LANDING)}, id="nothing"),
    pytest.param({**MODERN, "StudioWebPortal": "DISABLED"}, {}, {("StudioPortal", "Studio", PORTAL)}, id="disabled"),
    pytest.param(
        {**MODERN, "DefaultLandingUri": CLASSIC}, {}, {("StudioPortal", "Studio", LANDING)}, id="Studio Classic"
    ),
    pytest.param(
        MODERN,
        {"StudioWebPortal": "DISABLED"},
        {("StudioPortal", "Alice", "UserSettings.StudioWebPortal")},
        id="disabled for a profile",
    ),
    pytest.param(
        MODERN,
        {"DefaultLandingUri": CLASSIC},
        {("StudioPortal", "Alice", "UserSettings.DefaultLandingUri")},
        id="Studio Classic for a profile",
    ),
    pytest.param(
        {**MODERN, "DefaultLandingUri": GIVEN}, {}, {("StudioPortal[Unresolved]", "Studio", LANDING)}, id="a parameter"
    ),
    pytest.param(
        {**MODERN, "StudioWebPortal": {"Fn::If": ["IsModern", "ENABLED", "DISABLED"]}},
        {},
        {("StudioPortal[Unresolved]", "Studio", PORTAL)},
        id="a condition",
    ),
    pytest.param(
        MODERN,
        {"StudioWebPortal": {"Fn::ImportValue": "a:Portal"}},
        {("StudioPortal[Unresolved]", "Alice", "UserSettings.StudioWebPortal")},
        id="an export of no stack",
    ),
    pytest.param(
        {"StudioWebPortal": GIVEN, "DefaultLandingUri": CLASSIC},
        {},
        {("StudioPortal[Unresolved]", "Studio", PORTAL), ("StudioPortal", "Studio", LANDING)},
        id="a parameter, which hides nothing",
    ),
]


def judged(domain: dict[str, Any], profile: dict[str, Any]) -> set[tuple[str, str, str]]:
    resources = {
        "Studio": resource("Domain", DefaultUserSettings=domain),
        "Alice": resource("UserProfile", DomainId={"Ref": "Studio"}, UserSettings=profile),
    }
    return {one for one in found(resources, Parameters=PARAMETERS) if one[0].startswith("StudioPortal")}


@pytest.mark.parametrize(("domain", "profile"), COMPLIANT)
def test_compliant(domain: dict[str, Any], profile: dict[str, Any]) -> None:
    assert judged(domain, profile) == set()


@pytest.mark.parametrize(("domain", "profile", "findings"), NON_COMPLIANT)
def test_non_compliant(domain: dict[str, Any], profile: dict[str, Any], findings: set[tuple[str, str, str]]) -> None:
    assert judged(domain, profile) == findings
