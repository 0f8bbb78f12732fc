from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import resource, template, verdicts

STUDIO, NAME, NO_VALUE = {"Ref": "Studio"}, {"Ref": "Name"}, {"Ref": "AWS::NoValue"}
OWNER, SHARING = "OwnershipSettings.OwnerUserProfileName", "SpaceSharingSettings.SharingType"
PRIVATE = {"SpaceSharingSettings": {"SharingType": "Private"}}


def profile(name: Any, domain: Any = STUDIO) -> dict[str, Any]:
    return resource("UserProfile", DomainId=domain, UserProfileName=name)


def owned_by(owner: Any) -> dict[str, Any]:
    return {"OwnershipSettings": {"OwnerUserProfileName": owner}, **PRIVATE}


COMPLIANT = [
    pytest.param(STUDIO, owned_by("alice"), id="a profile by its name"),
    pytest.param(
        STUDIO, {**owned_by("alice"), "SpaceSharingSettings": {"SharingType": "Shared"}}, id="shared, with an owner"
    ),
    pytest.param(
        STUDIO,
        owned_by({"Fn::Select": [0, {"Fn::Split": ["|", {"Ref": "Alice"}]}]}),
        id="a profile by the name in its reference",
    ),
    pytest.param(STUDIO, owned_by(NAME), id="a profile that is named by the same parameter"),
    pytest.param({"Fn::ImportValue": "hub:Domain"}, owned_by("carol"), id="a profile of another stack"),
    pytest.param("d-abcdefghijkl", owned_by("mallory"), id="a domain elsewhere"),
]
NON_COMPLIANT = [
    pytest.param(STUDIO, owned_by("mallory"), {("", OWNER)}, id="nobody of that name"),
    pytest.param({"Ref": "Other"}, owned_by("alice"), {("", OWNER)}, id="a profile of another domain"),
    pytest.param({"Ref": "Empty"}, owned_by("alice"), {("", OWNER)}, id="a domain without profiles"),
    pytest.param(
        {"Ref": "Other"}, owned_by({"Ref": "Alice"}), {("", OWNER)}, id="a reference to a profile of another domain"
    ),
    pytest.param(STUDIO, owned_by({"Ref": "Alice"}), {("", OWNER)}, id="a reference, which is name and domain"),
    pytest.param(STUDIO, PRIVATE, {("", OWNER)}, id="no owner"),
    pytest.param(STUDIO, owned_by(NO_VALUE), {("", OWNER)}, id="an owner of no value"),
    pytest.param("d-abcdefghijkl", PRIVATE, {("", OWNER)}, id="no owner in a domain elsewhere"),
    pytest.param(STUDIO, {**owned_by("alice"), "SpaceSharingSettings": NO_VALUE}, {("", SHARING)}, id="no sharing"),
    pytest.param(STUDIO, {}, {("", OWNER), ("", SHARING)}, id="neither"),
    pytest.param(
        STUDIO,
        {**owned_by("mallory"), "SpaceSharingSettings": {}},
        {("", OWNER), ("", SHARING)},
        id="nobody, and no sharing",
    ),
    pytest.param(STUDIO, owned_by({"Ref": "Given"}), {("[Unresolved]", OWNER)}, id="a parameter"),
    pytest.param(
        STUDIO, owned_by({"Fn::ImportValue": "a:Owner"}), {("[Unresolved]", OWNER)}, id="an export of no stack"
    ),
    pytest.param(
        STUDIO,
        {**PRIVATE, "OwnershipSettings": {"Fn::If": ["IsOwned", {"OwnerUserProfileName": "alice"}, NO_VALUE]}},
        {("[Unresolved]", OWNER)},
        id="an owner on a condition",
    ),
    pytest.param(
        STUDIO,
        {**owned_by("alice"), "SpaceSharingSettings": {"Fn::If": ["IsShared", {"SharingType": "Shared"}, NO_VALUE]}},
        {("[Unresolved]", SHARING)},
        id="sharing on a condition",
    ),
    pytest.param(
        {"Fn::ImportValue": "hub:Domain"},
        owned_by(NAME),
        {("[Unresolved]", OWNER)},
        id="another stack's parameter of the same name",
    ),
]


def judged(domain: Any, space: dict[str, Any]) -> set[tuple[str, str, str]]:
    resources = {
        "Studio": resource("Domain"),
        "Alice": profile("alice"),
        "Named": profile(NAME),
        "Other": resource("Domain"),
        "Bob": profile("bob", {"Ref": "Other"}),
        "Empty": resource("Domain"),
        "Lab": resource("Space", DomainId=domain, SpaceName="lab", **space),
    }
    parameters = {"Given": {"Type": "String"}, "Name": {"Type": "String"}}
    hub = {
        "Parameters": parameters,
        "Resources": {
            "Hub": resource("Domain"),
            "Carol": profile("carol", {"Ref": "Hub"}),
            "Named": profile(NAME, {"Ref": "Hub"}),
        },
        "Outputs": {"Domain": {"Value": {"Ref": "Hub"}, "Export": {"Name": "hub:Domain"}}},
    }
    return {
        (one.id.removeprefix("Studio-"), one.resource.logical_id, one.location.removeprefix("Properties."))
        for one in verdicts(
            template("Research", {"Resources": resources, "Parameters": parameters}), template("Hub", hub)
        )
        if one.id.startswith("Studio-SpaceOwner")
    }


@pytest.mark.parametrize(("domain", "space"), COMPLIANT)
def test_compliant(domain: Any, space: dict[str, Any]) -> None:
    assert judged(domain, space) == set()


@pytest.mark.parametrize(("domain", "space", "findings"), NON_COMPLIANT)
def test_non_compliant(domain: Any, space: dict[str, Any], findings: set[tuple[str, str]]) -> None:
    assert judged(domain, space) == {(f"SpaceOwner{detail}", "Lab", path) for detail, path in findings}
