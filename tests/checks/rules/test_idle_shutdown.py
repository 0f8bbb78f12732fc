from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.checks.rules.idle_shutdown import idle_shutdown
from tests.checks.judged import resource, template, verdicts

PARAMETERS = {"Minutes": {"Type": "Number", "Default": 60}}
LAB, EDITOR = "JupyterLabAppSettings", "CodeEditorAppSettings"
STATE, TIME, MAXIMUM = "LifecycleManagement", "IdleTimeoutInMinutes", "MaxIdleTimeoutInMinutes"
ON, GIVEN, NO_VALUE = {STATE: "ENABLED"}, {"Ref": "Minutes"}, {"Ref": "AWS::NoValue"}
PLACES = {
    "users": ("Domain", "DefaultUserSettings", LAB),
    "users of Code Editor": ("Domain", "DefaultUserSettings", EDITOR),
    "shared spaces": ("Domain", "DefaultSpaceSettings", LAB),
    "profile": ("UserProfile", "UserSettings", LAB),
    "profile with Code Editor": ("UserProfile", "UserSettings", EDITOR),
    "space": ("Space", "SpaceSettings", LAB),
    "space for Code Editor": ("Space", "SpaceSettings", EDITOR),
}
DEFAULTS, OVERRIDES = list(PLACES)[:3], list(PLACES)[3:]
PROFILES, SPACES = OVERRIDES[:2], OVERRIDES[2:]

COMPLIANT = [
    *(pytest.param(place, {**ON, TIME: 480, MAXIMUM: 480}, id=f"{place}, at the limit") for place in PLACES),
    *(pytest.param(place, {**ON, TIME: "480"}, id=f"{place}, a number as a string") for place in PLACES),
    *(pytest.param(place, {**ON, MAXIMUM: 480}, id=f"{place}, what users may set") for place in DEFAULTS),
    *(pytest.param(place, NO_VALUE, id=f"{place}, left to the domain") for place in OVERRIDES),
    *(pytest.param(place, ON, id=f"{place}, the time left to the domain") for place in PROFILES),
    *(pytest.param(place, {TIME: 60}, id=f"{place}, a time") for place in SPACES),
]
NON_COMPLIANT = [
    *(pytest.param(place, {**ON, TIME: 481}, {("", TIME)}, id=f"{place}, too long") for place in PLACES),
    *(
        pytest.param(place, {**ON, TIME: "10080"}, {("", TIME)}, id=f"{place}, too long as a string")
        for place in PLACES
    ),
    *(
        pytest.param(place, {**ON, TIME: 60, MAXIMUM: 525600}, {("", MAXIMUM)}, id=f"{place}, users may wait")
        for place in PLACES
    ),
    *(
        pytest.param(place, {**ON, TIME: 481, MAXIMUM: 481}, {("", TIME), ("", MAXIMUM)}, id=f"{place}, both")
        for place in PLACES
    ),
    *(
        pytest.param(place, {**ON, TIME: GIVEN}, {("[Unresolved]", TIME)}, id=f"{place}, a parameter")
        for place in PLACES
    ),
    *(
        pytest.param(
            place,
            {**ON, TIME: GIVEN, MAXIMUM: 481},
            {("[Unresolved]", TIME), ("", MAXIMUM)},
            id=f"{place}, a parameter, which hides nothing",
        )
        for place in PLACES
    ),
    *(pytest.param(place, NO_VALUE, {("", STATE)}, id=f"{place}, nothing") for place in DEFAULTS),
    *(pytest.param(place, ON, {("", TIME)}, id=f"{place}, no time") for place in DEFAULTS),
    *(
        pytest.param(place, {STATE: "DISABLED", TIME: 60}, {("", STATE)}, id=f"{place}, disabled")
        for place in DEFAULTS + PROFILES
    ),
    *(pytest.param(place, {TIME: 60}, {("", STATE)}, id=f"{place}, not enabled") for place in DEFAULTS + PROFILES),
    *(
        pytest.param(
            place,
            {STATE: {"Fn::ImportValue": "a:Idle"}},
            {("[Unresolved]", STATE)},
            id=f"{place}, an export of no stack",
        )
        for place in PLACES
    ),
    *(
        pytest.param(
            place,
            {"Fn::If": ["IsTest", NO_VALUE, {**ON, TIME: 60}]},
            {("[Unresolved]", STATE)},
            id=f"{place}, a condition",
        )
        for place in PLACES
    ),
]


def judged(place: str, idle: Any) -> set[tuple[str, str, str]]:
    kind, settings, app = PLACES[place]
    idle_settings = {"AppLifecycleManagement": {"IdleSettings": idle}}
    good = {"AppLifecycleManagement": {"IdleSettings": {**ON, TIME: 60, MAXIMUM: 60}}}
    users = {"DefaultUserSettings": {LAB: good, EDITOR: good}} if kind == "Domain" else {}
    properties = {**users, settings: {**users.get(settings, {}), app: idle_settings}}
    body = {"Resources": {"Judged": resource(kind, **properties)}, "Parameters": PARAMETERS}
    return {
        (one.id.removeprefix("Studio-"), one.resource.logical_id, one.location.removeprefix("Properties."))
        for one in verdicts(template("Research", body), rules=[idle_shutdown(480)])
    }


@pytest.mark.parametrize(("place", "idle"), COMPLIANT)
def test_compliant(place: str, idle: Any) -> None:
    assert judged(place, idle) == set()


@pytest.mark.parametrize(("place", "idle", "findings"), NON_COMPLIANT)
def test_non_compliant(place: str, idle: Any, findings: set[tuple[str, str]]) -> None:
    path = ".".join((*PLACES[place][1:], "AppLifecycleManagement.IdleSettings"))
    assert judged(place, idle) == {(f"IdleShutdown{detail}", "Judged", f"{path}.{name}") for detail, name in findings}


def test_domain_that_says_nothing() -> None:
    findings = verdicts(template("Research", {"Resources": {"Studio": resource("Domain")}}))
    places = {one.location.split(".")[2] for one in findings if one.id == "Studio-IdleShutdown"}
    assert places == {LAB, EDITOR}
