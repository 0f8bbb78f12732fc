from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import resource
from tests.checks.rules.roles import ACCOUNT, UNKNOWN, UNKNOWN_TOO, domain, either, found_by, profile, role, role_arn

RULE = "SpaceExecutionRole"
PLACE = "DefaultSpaceSettings.ExecutionRole"
USERS, SPACES = role_arn("Users"), role_arn("Spaces")
OUTSIDE = f"arn:aws:iam::{ACCOUNT}:role/outside"
ROLES = {"Users": role(RoleName="users"), "Spaces": role()}


def _shared_space(**properties: Any) -> dict[str, Any]:
    sharing = {"DomainId": {"Ref": "Domain"}, "SpaceSharingSettings": {"SharingType": "Shared"}}
    return resource("Space", **sharing | properties)


def _domain(space_role: Any, user_role: Any = USERS) -> dict[str, Any]:
    return domain(user_role, DefaultSpaceSettings={"ExecutionRole": space_role})


@pytest.mark.parametrize(
    "resources",
    [
        pytest.param({"Domain": _domain(SPACES), "Team": _shared_space()}, id="role of its own"),
        pytest.param({"Domain": _domain(SPACES), "Alice": profile("alice", ExecutionRole=USERS)}, id="of profile too"),
        pytest.param({"Domain": _domain(SPACES), "Alice": profile("alice")}, id="profile without a role"),
        pytest.param({"Domain": _domain(OUTSIDE)}, id="role from elsewhere"),
        pytest.param({"Domain": domain(USERS)}, id="no shared spaces"),
        pytest.param(
            {"Domain": domain(USERS), "Own": _shared_space(SpaceSharingSettings={"SharingType": "Private"})},
            id="private space",
        ),
        pytest.param({"Domain": domain(USERS), "Team": _shared_space(DomainId="d-2")}, id="space of another domain"),
        pytest.param({"Domain": domain(USERS, DefaultSpaceSettings={"Ref": "AWS::NoValue"})}, id="settings left out"),
    ],
)
def test_role_for_spaces(resources: dict[str, Any]) -> None:
    assert found_by(RULE, ROLES | resources) == set()


@pytest.mark.parametrize(
    "resources",
    [
        pytest.param({"Domain": domain(USERS), "Team": _shared_space()}, id="shared space"),
        pytest.param({"Domain": domain(USERS, DefaultSpaceSettings={"SecurityGroups": ["sg-1"]})}, id="settings"),
        pytest.param({"Domain": _domain({"Ref": "AWS::NoValue"})}, id="left out"),
        pytest.param({"Domain": _domain(USERS)}, id="role of all users"),
        pytest.param({"Domain": _domain(f"arn:aws:iam::{ACCOUNT}:role/users")}, id="role of all users by name"),
        pytest.param({"Domain": _domain(OUTSIDE, OUTSIDE)}, id="role of all users from elsewhere"),
        pytest.param({"Domain": _domain(UNKNOWN, UNKNOWN)}, id="the same whatever it is"),
        pytest.param({"Domain": _domain(SPACES), "Alice": profile("alice", ExecutionRole=SPACES)}, id="role of a user"),
    ],
)
def test_role_of_users(resources: dict[str, Any]) -> None:
    assert found_by(RULE, ROLES | resources) == {(RULE, "Domain", PLACE)}


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(_domain(UNKNOWN), id="role"),
        pytest.param(_domain(UNKNOWN, UNKNOWN_TOO), id="both roles"),
        pytest.param(_domain(either(USERS, SPACES)), id="role if"),
        pytest.param(domain(USERS, DefaultSpaceSettings=either({"ExecutionRole": USERS}, {})), id="settings if"),
    ],
)
def test_unknown(one: dict[str, Any]) -> None:
    assert found_by(RULE, ROLES | {"Domain": one}) == {(f"{RULE}[Unresolved]", "Domain", PLACE)}
