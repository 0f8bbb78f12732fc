from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"Uid": {"Type": "Number"}}
GIVEN, STUDIO = {"Ref": "Uid"}, {"Ref": "Studio"}
UID = "UserSettings.CustomPosixUserConfig.Uid"


def settings(uid: Any) -> dict[str, Any]:
    return {} if uid is None else {"CustomPosixUserConfig": {"Uid": uid, "Gid": 1001}}


def studio(everybody: Any, alice: Any, bob: Any, domain: Any = STUDIO) -> dict[str, Any]:
    return {
        "Studio": resource("Domain", DefaultUserSettings=settings(everybody)),
        "Other": resource("Domain"),
        "Alice": resource("UserProfile", DomainId=STUDIO, UserProfileName="alice", UserSettings=settings(alice)),
        "Bob": resource("UserProfile", DomainId=domain, UserProfileName="bob", UserSettings=settings(bob)),
    }


def elsewhere(alice: Any, bob: Any) -> dict[str, Any]:
    resources = studio(None, alice, bob, "d-abcdefghijkl")
    resources["Alice"]["Properties"]["DomainId"] = "d-abcdefghijkl"
    return resources


COMPLIANT = [
    pytest.param(studio(None, 10001, 10002), id="one each"),
    pytest.param(studio(None, 10001, None), id="one alone"),
    pytest.param(studio(None, 10001, 10001, {"Ref": "Other"}), id="the same in two domains"),
    pytest.param(studio({"Ref": "AWS::NoValue"}, 10001, 10002), id="no value for all"),
    pytest.param(elsewhere(10001, 10002), id="one each in a domain elsewhere"),
]
NON_COMPLIANT = [
    pytest.param(studio(10000, 10001, 10002), {("", "Studio")}, id="one for all"),
    pytest.param(studio(None, 10001, 10001), {("", "Alice"), ("", "Bob")}, id="one for two"),
    pytest.param(studio(None, 10001, "10001"), {("", "Alice"), ("", "Bob")}, id="one for two, once as a string"),
    pytest.param(elsewhere(10001, 10001), {("", "Alice"), ("", "Bob")}, id="one for two in a domain elsewhere"),
    pytest.param(
        studio(10000, 10001, 10001), {("", "Studio"), ("", "Alice"), ("", "Bob")}, id="one for all, and for two"
    ),
    pytest.param(studio(GIVEN, None, None), {("[Unresolved]", "Studio")}, id="a parameter for all"),
    pytest.param(studio(None, GIVEN, 10001), {("[Unresolved]", "Alice")}, id="a parameter"),
    pytest.param(
        studio(None, GIVEN, GIVEN), {("[Unresolved]", "Alice"), ("[Unresolved]", "Bob")}, id="a parameter for two"
    ),
    pytest.param(
        studio(None, 10001, {"Fn::ImportValue": "a:Uid"}), {("[Unresolved]", "Bob")}, id="an export of no stack"
    ),
    pytest.param(
        studio(None, {"Fn::If": ["IsTest", 10001, 10002]}, 10003), {("[Unresolved]", "Alice")}, id="a condition"
    ),
]


def judged(resources: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {one for one in found(resources, Parameters=PARAMETERS) if one[0].startswith("PosixIdentity")}


@pytest.mark.parametrize("resources", COMPLIANT)
def test_compliant(resources: dict[str, Any]) -> None:
    assert judged(resources) == set()


@pytest.mark.parametrize(("resources", "findings"), NON_COMPLIANT)
def test_non_compliant(resources: dict[str, Any], findings: set[tuple[str, str]]) -> None:
    assert judged(resources) == {
        (f"PosixIdentity{detail}", name, f"Default{UID}" if name == "Studio" else UID) for detail, name in findings
    }
