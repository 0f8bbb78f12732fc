from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"Given": {"Type": "String"}}
GIVEN, NO_VALUE = {"Ref": "Given"}, {"Ref": "AWS::NoValue"}
IDENTIFIER, VALUE = "SingleSignOnUserIdentifier", "SingleSignOnUserValue"
USER = {IDENTIFIER: "UserName", VALUE: "alice@example.com"}
STUDIO = {"Ref": "Studio"}
COMPLIANT = [
    pytest.param("SSO", STUDIO, USER, id="a user of Identity Center"),
    pytest.param("SSO", STUDIO, {**USER, VALUE: GIVEN}, id="a user by a parameter"),
    pytest.param("IAM", STUDIO, {}, id="no user"),
    pytest.param("IAM", STUDIO, {IDENTIFIER: NO_VALUE, VALUE: NO_VALUE}, id="a user of no value"),
    pytest.param("SSO", "d-abcdefghijkl", {}, id="a domain elsewhere"),
]
NON_COMPLIANT = [
    pytest.param("SSO", {}, {("", "Alice", IDENTIFIER), ("", "Alice", VALUE)}, id="no user with Identity Center"),
    pytest.param("SSO", {VALUE: "alice"}, {("", "Alice", IDENTIFIER)}, id="a user without what names it"),
    pytest.param("SSO", {**USER, VALUE: NO_VALUE}, {("", "Alice", VALUE)}, id="a user of no value"),
    pytest.param("IAM", USER, {("", "Alice", IDENTIFIER), ("", "Alice", VALUE)}, id="a user with IAM"),
    pytest.param("IAM", {VALUE: GIVEN}, {("", "Alice", VALUE)}, id="a user by a parameter with IAM"),
    pytest.param(GIVEN, USER, {("[Unresolved]", "Studio", "AuthMode")}, id="sign-in by a parameter"),
    pytest.param(
        {"Fn::ImportValue": "a:AuthMode"}, {}, {("[Unresolved]", "Studio", "AuthMode")}, id="sign-in of no stack"
    ),
    pytest.param(
        {"Fn::If": ["IsSso", "SSO", "IAM"]}, USER, {("[Unresolved]", "Studio", "AuthMode")}, id="sign-in on a condition"
    ),
    pytest.param(
        "SSO",
        {**USER, VALUE: {"Fn::If": ["IsSso", "alice", NO_VALUE]}},
        {("[Unresolved]", "Alice", VALUE)},
        id="a user on a condition",
    ),
]


def judged(mode: Any, domain: Any, user: dict[str, Any]) -> set[tuple[str, str, str]]:
    resources = {
        "Studio": resource("Domain", AuthMode=mode),
        "Alice": resource("UserProfile", DomainId=domain, UserProfileName="alice", **user),
    }
    return {one for one in found(resources, Parameters=PARAMETERS) if one[0].startswith("SsoUser")}


@pytest.mark.parametrize(("mode", "domain", "user"), COMPLIANT)
def test_compliant(mode: Any, domain: Any, user: dict[str, Any]) -> None:
    assert judged(mode, domain, user) == set()


@pytest.mark.parametrize(("mode", "user", "findings"), NON_COMPLIANT)
def test_non_compliant(mode: Any, user: dict[str, Any], findings: set[tuple[str, str, str]]) -> None:
    assert judged(mode, STUDIO, user) == {(f"SsoUser{detail}", *place) for detail, *place in findings}
