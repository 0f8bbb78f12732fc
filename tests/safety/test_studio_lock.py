from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest

from constructs_lib import StudioLock
from constructs_lib.safety import studio_lock
from tests.checks.reports import report, unfailing_app
from tests.safety.apps import Studio, resource, space

LAB = "S/Lab"


def one_space(app: cdk.App, **changed: Any) -> cdk.App:
    space(cdk.Stack(app, "S"), **changed)
    return app


def test_an_app_that_loses_nothing_is_not_in_the_report(studio: Studio) -> None:
    studio.lock(one_space(studio.app()))

    assert studio.findings(one_space(studio.app())) == set()


def test_what_would_be_lost_fails_where_it_is(studio: Studio) -> None:
    studio.lock(one_space(studio.app()))

    found = studio.report(one_space(studio.app(), owner="bob"))

    assert found["conclusion"] == "failure"
    (violation,) = found["violations"]
    assert violation["severity"] == "fatal"
    assert violation["description"].startswith('[S/Lab] OwnershipSettings must stay {"OwnerUserProfileName": "alice"}')
    assert violation["description"].endswith("the 100 GiB volume of space lab.")
    assert violation["suggestedFix"].startswith(
        "take the change back; or accept it, by python -m constructs_lib.safety.lock "
    )
    assert [one["constructPath"] for one in violation["violatingConstructs"]] == [LAB]


def renamed(app: cdk.App) -> None:
    space(cdk.Stack(app, "S"), "Other")


def moved(app: cdk.App) -> None:
    cdk.Stack(app, "S")
    space(cdk.Stack(app, "Else"))


def removed(app: cdk.App) -> None:
    cdk.Stack(app, "S")


def gone(app: cdk.App) -> None:
    cdk.Stack(app, "Else")


def gone_and_elsewhere(app: cdk.App) -> None:
    space(cdk.Stack(app, "Else"))


@pytest.mark.parametrize(
    ("define", "id", "path"),
    [
        (renamed, "Renamed", "S/Other"),
        (moved, "Moved", "Else/Lab"),
        (removed, "Removed", "S"),
        (gone, "StackGone", ""),
        (gone_and_elsewhere, "Moved", ""),
    ],
)
def test_what_is_gone_fails_where_it_was(define: Callable[[cdk.App], None], id: str, path: str, studio: Studio) -> None:
    studio.lock(one_space(studio.app()))
    app = studio.app()
    define(app)

    assert studio.findings(app) == {(id, "fatal", path)}


def test_a_stack_that_is_gone_is_one_finding(studio: Studio) -> None:
    app = studio.app()
    stack = cdk.Stack(app, "S")
    space(stack)
    space(stack, "Code", name="code")
    studio.lock(app)

    app = studio.app()
    cdk.Stack(app, "Other")
    (violation,) = studio.report(app)["violations"]

    assert violation["description"] == (
        "stack S must stay in the app, got none; what it has stays deployed, and nothing watches the 100 GiB volume of "
        "space code; the 100 GiB volume of space lab."
    )
    assert "--accept 'S/*'" in violation["suggestedFix"]


def test_what_is_replaced_with_something_else_is_one_finding_in_each_stack(studio: Studio) -> None:
    def define(auth_mode: str) -> cdk.App:
        app = studio.app()
        domain = resource(cdk.Stack(app, "Studio"), "Domain", "Domain", AuthMode=auth_mode, DomainName="research")
        users = cdk.Stack(app, "Users")
        for name in ("code", "lab"):
            space(users, name, name=name, domain=domain.ref)
        return app

    studio.lock(define("IAM"))
    of_domain, of_spaces = studio.report(define("SSO"))["violations"]

    assert "AuthMode must stay IAM, got SSO" in of_domain["description"]
    assert of_spaces["description"] == (
        "Studio/Domain must stay, got another; with it, in stack Users, CloudFormation replaces the 100 GiB volume of "
        "space code; the 100 GiB volume of space lab."
    )
    assert [one["constructPath"] for one in of_spaces["violatingConstructs"]] == ["Users/code", "Users/lab"]


def test_without_a_lock_there_is_a_warning(studio: Studio) -> None:
    found = studio.report(one_space(studio.app()))

    assert found["conclusion"] == "success"
    assert [(one["ruleName"], one["severity"]) for one in found["violations"]] == [("Missing", "warning")]


def new_space(app: cdk.App) -> None:
    space(cdk.Stack(app, "S"))
    space(app.node.find_child("S"), "New", name="new")


def bigger_volume(app: cdk.App) -> None:
    one_space(app, SpaceStorageSettings={"EbsStorageSettings": {"EbsVolumeSizeInGb": 200}})


def known_region(app: cdk.App) -> None:
    space(cdk.Stack(app, "S", env=cdk.Environment(region="eu-west-1")))


@pytest.mark.parametrize(
    ("define", "key", "path"),
    [
        (new_space, "S/New", "S/New"),
        (bigger_volume, "S/Lab", LAB),
        (known_region, "aws://unknown-account/eu-west-1/S/Lab", LAB),
    ],
)
def test_a_lock_that_is_out_of_date_is_a_warning(
    define: Callable[[cdk.App], None], key: str, path: str, studio: Studio
) -> None:
    studio.lock(one_space(studio.app()))
    app = studio.app()
    define(app)

    found = studio.report(app)

    assert found["conclusion"] == "success"
    (violation,) = found["violations"]
    assert (violation["ruleName"], violation["severity"]) == ("OutOfDate", "warning")
    assert violation["description"].endswith(f"got other values or none for {key}.")
    assert [one["constructPath"] for one in violation["violatingConstructs"]] == [path]


@pytest.mark.parametrize("text", ["", "{}", '{"version": 2, "resources": {}}'])
def test_a_lock_that_cannot_be_read_fails_everywhere(text: str, studio: Studio) -> None:
    studio.file.write_text(text)

    assert studio.findings(one_space(studio.app())) == {("Unreadable", "fatal", "")}


def test_a_lock_that_was_edited_fails_everywhere(studio: Studio) -> None:
    studio.lock(one_space(studio.app()))
    studio.file.write_text(studio.file.read_text().replace("alice", "bob"))

    assert studio.findings(one_space(studio.app(), owner="bob")) == {("Unreadable", "fatal", "")}


def test_a_crash_fails_everywhere(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("a bug")

    studio.lock(one_space(studio.app()))
    monkeypatch.setattr(studio_lock, "compare", crash)

    found = studio.report(one_space(studio.app()))

    assert found["conclusion"] == "failure"
    (violation,) = found["violations"]
    assert violation["description"] == "StudioLock crashed, so nothing was checked: RuntimeError: a bug"
    assert (violation["severity"], violation["violatingConstructs"][0].get("constructPath", "")) == ("fatal", "")


def test_stacks_that_cannot_be_told_apart_fail_everywhere(studio: Studio) -> None:
    app = studio.app()
    for id in ("One", "Two"):
        space(cdk.Stack(cdk.Stage(app, id), "S", stack_name="s"))

    assert studio.findings(app) == {("Crash", "fatal", "")}


@pytest.mark.parametrize("id", ["StudioLock::Replaced", "studiolock::Replaced", "StudioLock::Missing", "StudioLock::x"])
@pytest.mark.parametrize("at", ["app", "stack", "space"])
def test_an_acknowledgement_is_a_finding_and_acknowledges_nothing(id: str, at: str, studio: Studio) -> None:
    studio.lock(one_space(studio.app()))
    app = one_space(studio.app(), owner="bob")
    stack = app.node.find_child("S")
    scope = {"app": app, "stack": stack, "space": stack.node.find_child("Lab")}[at]
    cdk.Validations.of(scope).acknowledge(cdk.Acknowledgment(id=id, reason="we know better"))

    assert studio.findings(app) == {("Acknowledged", "fatal", ""), ("Replaced", "fatal", LAB)}


def test_what_no_template_tells_is_a_warning_that_can_be_acknowledged(studio: Studio) -> None:
    def define(app: cdk.App) -> cdk.CfnResource:
        stack = cdk.Stack(app, "S")
        space(stack)
        return cdk.CfnStack(stack, "Elsewhere", template_url="https://example.com/template.json")

    app = studio.app()
    define(app)
    studio.lock(app)

    seen, acknowledged = studio.app(), studio.app()
    define(seen)
    cdk.Validations.of(define(acknowledged).stack).acknowledge(
        cdk.Acknowledgment(id="StudioLock::Unseen", reason="has no state")
    )

    assert studio.findings(seen) == {("Unseen", "warning", "S")}
    assert studio.findings(acknowledged) == set()


def test_a_stage_can_have_a_lock_of_its_own(studio: Studio, tmp_path: Path) -> None:
    def define(app: cdk.App, owner: str) -> cdk.Stage:
        stage = cdk.Stage(app, "Dev")
        space(cdk.Stack(stage, "Inner"), owner=owner)
        space(cdk.Stack(app, "Top"))
        return stage

    app = studio.app()
    define(app, "alice")
    entries = studio.lock(app)
    studio.file.write_text(json.dumps({"resources": {"Dev-Inner/Lab": entries["Dev-Inner/Lab"]}, "version": 1}))

    app = studio.app()
    stage = define(app, "bob")
    cdk.Validations.of(stage).add_plugins(StudioLock(stage, file=studio.file))

    assert {(one["ruleName"]) for one in report(app, "StudioLock")["violations"]} == {"Replaced"}


def test_it_says_what_it_finds(tmp_path: Path) -> None:
    lock = StudioLock(unfailing_app(tmp_path), file="studio.lock.json")

    assert lock.name == "StudioLock"
    assert lock.version is None
    assert {"Replaced", "Removed", "StackGone", "OutOfDate", "Unreadable"} <= set(lock.rule_ids)


def test_a_scope_that_is_none_is_refused() -> None:
    with pytest.raises(TypeError, match=r"scope must be of type Construct, got 'studio.lock.json'"):
        StudioLock("studio.lock.json", file="studio.lock.json")
