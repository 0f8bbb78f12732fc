from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"Hidden": {"Type": "CommaDelimitedList", "Default": "JupyterServer"}}
HIDDEN = "StudioWebPortalSettings.HiddenAppTypes"
DOMAIN, PROFILE = ("Studio", f"DefaultUserSettings.{HIDDEN}"), ("Alice", f"UserSettings.{HIDDEN}")


def hiding(*apps: Any) -> dict[str, Any]:
    return {"StudioWebPortalSettings": {"HiddenAppTypes": [*apps]}}


COMPLIANT = [
    pytest.param(hiding("JupyterServer"), None, id="hidden, no settings of the profile"),
    pytest.param(
        hiding("Canvas", "JupyterServer"), {"StudioWebPortal": "ENABLED"}, id="among others, left to the domain"
    ),
    pytest.param(hiding("JupyterServer"), hiding("JupyterServer", "Canvas"), id="hidden at both"),
    pytest.param(
        hiding("JupyterServer"), {"StudioWebPortalSettings": {"Ref": "AWS::NoValue"}}, id="no value at the profile"
    ),
    pytest.param(
        {"StudioWebPortalSettings": {"HiddenAppTypes": {"Fn::Split": [",", "Canvas,JupyterServer"]}}},
        {},
        id="a list that is split",
    ),
]
NON_COMPLIANT = [
    pytest.param({}, {}, "ClassicHidden", DOMAIN, id="nothing"),
    pytest.param(None, hiding("JupyterServer"), "ClassicHidden", DOMAIN, id="no settings of the domain"),
    pytest.param(
        {"StudioWebPortalSettings": {"HiddenMlTools": ["Training"]}}, {}, "ClassicHidden", DOMAIN, id="something else"
    ),
    pytest.param(hiding(), {}, "ClassicHidden", DOMAIN, id="a list of none"),
    pytest.param(
        hiding("JupyterLab"), hiding("JupyterServer"), "ClassicHidden", DOMAIN, id="hidden at the profile alone"
    ),
    pytest.param(
        hiding("JupyterServer"), hiding("Canvas"), "ClassicHidden", PROFILE, id="a list of the profile's in its place"
    ),
    pytest.param(hiding("JupyterServer"), hiding(), "ClassicHidden", PROFILE, id="a list of none at the profile"),
    pytest.param(
        {"StudioWebPortalSettings": {"HiddenAppTypes": {"Ref": "Hidden"}}},
        {},
        "ClassicHidden[Unresolved]",
        DOMAIN,
        id="a parameter",
    ),
    pytest.param(
        {"Fn::If": ["IsModern", hiding("JupyterServer"), {}]},
        {},
        "ClassicHidden[Unresolved]",
        DOMAIN,
        id="a condition around the settings",
    ),
    pytest.param(
        hiding("JupyterServer"),
        {"StudioWebPortalSettings": {"Fn::ImportValue": "portal:Settings"}},
        "ClassicHidden[Unresolved]",
        PROFILE,
        id="an export of no stack",
    ),
    pytest.param(
        hiding("JupyterServer"),
        {"Fn::If": ["IsModern", {}, hiding("Canvas")]},
        "ClassicHidden[Unresolved]",
        PROFILE,
        id="a condition at the profile",
    ),
]


def judged(domain: Any, profile: Any) -> set[tuple[str, str, str]]:
    resources = {
        "Studio": resource("Domain", **({} if domain is None else {"DefaultUserSettings": domain})),
        "Alice": resource(
            "UserProfile", DomainId={"Ref": "Studio"}, **({} if profile is None else {"UserSettings": profile})
        ),
    }
    return {one for one in found(resources, Parameters=PARAMETERS) if one[0].startswith("ClassicHidden")}


@pytest.mark.parametrize(("domain", "profile"), COMPLIANT)
def test_compliant(domain: Any, profile: Any) -> None:
    assert judged(domain, profile) == set()


@pytest.mark.parametrize(("domain", "profile", "rule", "place"), NON_COMPLIANT)
def test_non_compliant(domain: Any, profile: Any, rule: str, place: tuple[str, str]) -> None:
    assert judged(domain, profile) == {(rule, *place)}
