from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"Maximum": {"Type": "Number", "Default": 100}}
MAXIMUM = "SpaceStorageSettings.DefaultEbsStorageSettings.MaximumEbsVolumeSizeInGb"
USERS, SPACES = f"DefaultUserSettings.{MAXIMUM}", f"DefaultSpaceSettings.{MAXIMUM}"


def up_to(maximum: Any) -> dict[str, Any]:
    volume = {"DefaultEbsVolumeSizeInGb": 5, "MaximumEbsVolumeSizeInGb": maximum}
    return {"SpaceStorageSettings": {"DefaultEbsStorageSettings": volume}}


UNSAID = up_to({"Ref": "AWS::NoValue"})
COMPLIANT = [
    pytest.param(up_to(100), up_to(50), id="for users and shared spaces"),
    pytest.param(up_to("100"), None, id="a number as a string, no shared spaces"),
    pytest.param(up_to(100), {"Ref": "AWS::NoValue"}, id="no value for shared spaces"),
]
NON_COMPLIANT = [
    pytest.param({}, None, {("MaximumVolume", USERS)}, id="nothing for users"),
    pytest.param(UNSAID, None, {("MaximumVolume", USERS)}, id="no value for users"),
    pytest.param(up_to(100), {}, {("MaximumVolume", SPACES)}, id="nothing for shared spaces"),
    pytest.param(up_to(100), UNSAID, {("MaximumVolume", SPACES)}, id="no value for shared spaces"),
    pytest.param(
        {"SpaceStorageSettings": {}},
        {"SecurityGroups": []},
        {("MaximumVolume", USERS), ("MaximumVolume", SPACES)},
        id="nothing for both",
    ),
    pytest.param(up_to({"Ref": "Maximum"}), None, {("MaximumVolume[Unresolved]", USERS)}, id="a parameter"),
    pytest.param(
        up_to(100),
        up_to({"Fn::ImportValue": "a:Maximum"}),
        {("MaximumVolume[Unresolved]", SPACES)},
        id="an export of no stack",
    ),
    pytest.param(
        {"Fn::If": ["IsLimited", up_to(100), {}]},
        None,
        {("MaximumVolume[Unresolved]", USERS)},
        id="a condition around the settings",
    ),
    pytest.param(
        up_to(100),
        {"Fn::If": ["IsShared", up_to(100), {"Ref": "AWS::NoValue"}]},
        {("MaximumVolume[Unresolved]", SPACES)},
        id="a condition for shared spaces",
    ),
]


def judged(users: Any, spaces: Any) -> set[tuple[str, str, str]]:
    shared = {} if spaces is None else {"DefaultSpaceSettings": spaces}
    resources = {"Studio": resource("Domain", DefaultUserSettings=users, **shared)}
    return {one for one in found(resources, Parameters=PARAMETERS) if one[0].startswith("MaximumVolume")}


@pytest.mark.parametrize(("users", "spaces"), COMPLIANT)
def test_compliant(users: Any, spaces: Any) -> None:
    assert judged(users, spaces) == set()


@pytest.mark.parametrize(("users", "spaces", "findings"), NON_COMPLIANT)
def test_non_compliant(users: Any, spaces: Any, findings: set[tuple[str, str]]) -> None:
    assert judged(users, spaces) == {(rule, "Studio", path) for rule, path in findings}
