from __future__ import annotations

from typing import Any

import pytest

from tests.checks.rules.roles import ACCOUNT, UNKNOWN, UNKNOWN_TOO, domain, found_by, profile, role, role_arn

RULE = "RolePerProfile"
PLACE = "UserSettings.ExecutionRole"
TEAM, ALICE = role_arn("Team"), role_arn("Alices")
ROLES = {"Team": role(RoleName="team"), "Alices": role()}
TEAM_BY_NAME, OUTSIDE = f"arn:aws:iam::{ACCOUNT}:role/team", f"arn:aws:iam::{ACCOUNT}:role/outside"


def _identity(value: Any) -> dict[str, Any]:
    return domain(TEAM, DomainSettings={"ExecutionRoleIdentityConfig": value})


def _profiles(alice: dict[str, Any], bob: dict[str, Any]) -> dict[str, Any]:
    return {"Domain": domain(TEAM), "Alice": profile("alice", **alice), "Bob": profile("bob", **bob)}


def _elsewhere(name: str) -> dict[str, Any]:
    one = profile(name)
    return one | {"Properties": one["Properties"] | {"DomainId": "d-2"}}


@pytest.mark.parametrize(
    "resources",
    [
        pytest.param(_profiles({"ExecutionRole": ALICE}, {"ExecutionRole": TEAM}), id="own roles"),
        pytest.param(_profiles({"ExecutionRole": ALICE}, {}), id="one has the domain's"),
        pytest.param({"Domain": domain(TEAM), "Alice": profile("alice")}, id="one profile"),
        pytest.param(
            {"Domain": domain(TEAM), "Alice": profile("alice", ExecutionRole=UNKNOWN)}, id="one, role unknown"
        ),
        pytest.param({**_profiles({}, {}), "Domain": _identity("USER_PROFILE_NAME")}, id="source identity"),
        pytest.param({**_profiles({}, {}), "Bob": _elsewhere("bob")}, id="another domain with a role of its own"),
    ],
)
def test_roles_of_their_own(resources: dict[str, Any]) -> None:
    assert found_by(RULE, ROLES | resources) == set()


@pytest.mark.parametrize(
    "resources",
    [
        pytest.param(_profiles({}, {}), id="the domain's"),
        pytest.param(_profiles({"ExecutionRole": ALICE}, {"ExecutionRole": ALICE}), id="the same"),
        pytest.param(_profiles({"ExecutionRole": TEAM}, {}), id="the domain's by the one and the other"),
        pytest.param(_profiles({"ExecutionRole": TEAM_BY_NAME}, {"ExecutionRole": TEAM}), id="by name"),
        pytest.param(_profiles({"ExecutionRole": OUTSIDE}, {"ExecutionRole": OUTSIDE}), id="from elsewhere"),
        pytest.param(_profiles({"ExecutionRole": UNKNOWN}, {"ExecutionRole": UNKNOWN}), id="the same whatever it is"),
        pytest.param({**_profiles({}, {}), "Domain": _identity("DISABLED")}, id="source identity disabled"),
        pytest.param({"Alice": _elsewhere("alice"), "Bob": _elsewhere("bob")}, id="of a domain from elsewhere"),
    ],
)
def test_role_in_common(resources: dict[str, Any]) -> None:
    assert found_by(RULE, ROLES | resources) == {(RULE, "Alice", PLACE), (RULE, "Bob", PLACE)}


def test_unknown_source_identity() -> None:
    resources = {**_profiles({}, {}), "Domain": _identity(UNKNOWN)}
    expected = {(f"{RULE}[Unresolved]", "Domain", "DomainSettings.ExecutionRoleIdentityConfig")}
    assert found_by(RULE, ROLES | resources) == expected


def test_unknown_roles() -> None:
    resources = _profiles({"ExecutionRole": UNKNOWN}, {"ExecutionRole": UNKNOWN_TOO})
    expected = {(f"{RULE}[Unresolved]", "Alice", PLACE), (f"{RULE}[Unresolved]", "Bob", PLACE)}
    assert found_by(RULE, ROLES | resources) == expected
