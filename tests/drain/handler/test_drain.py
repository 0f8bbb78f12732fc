"""Custom::StudioDrain: what goes with a stack, in which order, and what is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

import pytest

from constructs_lib.drain.handler.refusal import RefusalError
from tests.drain.handler.aws import DEADLINE, DOMAIN, Aws, request

OTHER_DOMAIN = "d-other"
Json = dict[str, Any]


def whole_domain(**properties: Any) -> Json:
    return drain(WholeDomain="true", **properties)


def users(*names: str, **properties: Any) -> Json:
    return drain(WholeDomain="false", UserProfileNames=list(names), **properties)


def drain(**properties: Any) -> Json:
    event = request("Delete", "Custom::StudioDrain", DomainId=DOMAIN, **{"DeleteUserSpaces": "false", **properties})
    return {**event, "Deadline": DEADLINE}


def app(name: str = "default", *, status: str = "InService", kind: str = "JupyterLab", **where: str) -> Json:
    return {"DomainId": DOMAIN, "AppType": kind, "AppName": name, "Status": status, **where}


def space(name: str, owner: str | None = None, *, status: str = "InService", domain: str = DOMAIN) -> Json:
    owned = {"OwnershipSettingsSummary": {"OwnerUserProfileName": owner}} if owner else {}
    return {"DomainId": domain, "SpaceName": name, "Status": status, **owned}


def has(
    aws: Aws, *, apps: Sequence[Json] = (), spaces: Sequence[Json] = (), profiles: Sequence[str] | None = None
) -> None:
    """The stack is being deleted, and this is the domain; profiles are looked at for a whole domain only."""
    aws.stack_is("DELETE_IN_PROGRESS")
    aws.answers("sagemaker", "describe_domain", {"DomainId": DOMAIN, "Status": "InService"}, DomainId=DOMAIN)
    if profiles is not None:
        pages(aws, "list_user_profiles", "UserProfiles", [{"DomainId": DOMAIN, "UserProfileName": p} for p in profiles])
    pages(aws, "list_apps", "Apps", apps)
    pages(aws, "list_spaces", "Spaces", spaces)


def pages(aws: Aws, operation: str, key: str, things: Sequence[Json]) -> None:
    chunks = [things[first : first + 100] for first in range(0, len(things), 100)] or [[]]
    for number, chunk in enumerate(chunks):
        following = {"NextToken": f"page{number + 1}"} if number + 1 < len(chunks) else {}
        token = {"NextToken": f"page{number}"} if number else {}
        aws.answers("sagemaker", operation, {key: chunk, **following}, DomainIdEquals=DOMAIN, MaxResults=100, **token)


def deletes_app(aws: Aws, name: str = "default", *, kind: str = "JupyterLab", **where: str) -> None:
    aws.answers("sagemaker", "delete_app", DomainId=DOMAIN, AppType=kind, AppName=name, **where)


def deletes_space(aws: Aws, name: str) -> None:
    aws.answers("sagemaker", "delete_space", DomainId=DOMAIN, SpaceName=name)


def left(event: Json, aws: Aws, now: float = DEADLINE + 1) -> str:
    """The reason that CloudFormation gets when a pass ends after the deadline, or is refused."""
    with pytest.raises(RefusalError) as raised:
        aws.is_complete(event, now)
    reason = str(raised.value)
    assert len(reason) < 2000
    assert reason[0].islower() or reason.startswith(f"[{DOMAIN}] ")
    assert not reason.endswith(".")
    return reason


# What goes, and in which order


def test_an_empty_domain_is_complete(aws: Aws) -> None:
    has(aws, profiles=[])
    assert aws.is_complete(whole_domain())


def test_a_second_deletion_finds_no_domain(aws: Aws) -> None:
    aws.stack_is("DELETE_IN_PROGRESS")
    aws.refuses("sagemaker", "describe_domain", "ResourceNotFound", DomainId=DOMAIN)
    assert aws.is_complete(whole_domain())


def test_250_apps_in_three_pages(aws: Aws) -> None:
    has(aws, profiles=[], apps=[app(f"app-{number}", SpaceName="lab") for number in range(250)])
    for number in range(250):
        deletes_app(aws, f"app-{number}", SpaceName="lab")
    assert not aws.is_complete(whole_domain())


def test_250_spaces_in_three_pages(aws: Aws) -> None:
    has(aws, profiles=[], spaces=[space(f"lab-{number}", "alice") for number in range(250)])
    for number in range(250):
        deletes_space(aws, f"lab-{number}")
    assert not aws.is_complete(whole_domain(DeleteUserSpaces="true"))


@pytest.mark.parametrize(
    "kind",
    ["JupyterLab", "CodeEditor", "JupyterServer", "KernelGateway", "Canvas", "RStudioServerPro", "RSessionGateway"],
)
def test_apps_of_every_type_go(aws: Aws, kind: str) -> None:
    has(aws, profiles=["alice"], apps=[app(kind=kind, UserProfileName="alice")])
    deletes_app(aws, kind=kind, UserProfileName="alice")
    assert not aws.is_complete(whole_domain(UserProfileNames=["alice"]))


def test_an_app_in_a_space_is_deleted_by_its_space(aws: Aws) -> None:
    has(aws, profiles=[], apps=[app(SpaceName="lab", UserProfileName="alice")])
    deletes_app(aws, SpaceName="lab")
    assert not aws.is_complete(whole_domain())


@pytest.mark.parametrize("status", ["Deleted", "Failed"])
def test_apps_that_block_nothing_are_passed_over(aws: Aws, status: str) -> None:
    has(aws, profiles=[], apps=[app(SpaceName="lab", status=status)])
    assert aws.is_complete(whole_domain())


def test_an_app_that_is_being_deleted_is_waited_for(aws: Aws) -> None:
    has(aws, profiles=[], apps=[app(SpaceName="lab", status="Deleting")], spaces=[space("lab", "alice")])
    assert not aws.is_complete(whole_domain(DeleteUserSpaces="true"))


def test_spaces_go_only_when_no_app_is_left(aws: Aws) -> None:
    has(aws, profiles=[], apps=[app(SpaceName="lab")], spaces=[space("lab", "alice")])
    deletes_app(aws, SpaceName="lab")
    assert not aws.is_complete(whole_domain(DeleteUserSpaces="true"))


def test_spaces_of_users_go_when_they_may(aws: Aws) -> None:
    has(aws, profiles=[], spaces=[space("lab", "alice"), space("shared"), space("declared", "alice")])
    deletes_space(aws, "lab")
    deletes_space(aws, "shared")
    assert not aws.is_complete(whole_domain(SpaceNames=["declared"], DeleteUserSpaces="true"))


@pytest.mark.parametrize("status", ["Failed", "Pending", "Updating", "Update_Failed", "Delete_Failed"])
def test_spaces_of_every_status_go(aws: Aws, status: str) -> None:
    has(aws, profiles=[], spaces=[space("lab", "alice", status=status)])
    deletes_space(aws, "lab")
    assert not aws.is_complete(whole_domain(DeleteUserSpaces="true"))


def test_a_space_that_is_being_deleted_is_waited_for(aws: Aws) -> None:
    has(aws, profiles=[], spaces=[space("lab", "alice", status="Deleting")])
    assert not aws.is_complete(whole_domain(DeleteUserSpaces="true"))


def test_spaces_that_somebody_else_deletes_are_waited_for(aws: Aws) -> None:
    has(aws, spaces=[space("lab", "alice", status="Deleting"), space("elsewhere", "alice", status="Deleting")])
    assert not aws.is_complete(users("alice", OtherSpaceNames=["elsewhere"]))


def test_declared_spaces_and_profiles_are_left_to_cloudformation(aws: Aws) -> None:
    has(aws, profiles=["alice"], spaces=[space("lab", "alice")])
    assert aws.is_complete(whole_domain(UserProfileNames=["alice"], SpaceNames=["lab"], DeleteUserSpaces="true"))


# What is left alone


def test_things_of_another_domain_are_left_alone(aws: Aws) -> None:
    has(
        aws,
        profiles=[],
        apps=[{**app(SpaceName="lab"), "DomainId": OTHER_DOMAIN}],
        spaces=[space("lab", "alice", domain=OTHER_DOMAIN)],
    )
    assert aws.is_complete(whole_domain(DeleteUserSpaces="true"))


def test_profiles_of_another_domain_are_none_of_ours(aws: Aws) -> None:
    aws.stack_is("DELETE_IN_PROGRESS")
    aws.answers("sagemaker", "describe_domain", {"Status": "InService"}, DomainId=DOMAIN)
    pages(aws, "list_user_profiles", "UserProfiles", [{"DomainId": OTHER_DOMAIN, "UserProfileName": "bob"}])
    pages(aws, "list_apps", "Apps", [])
    pages(aws, "list_spaces", "Spaces", [])
    assert aws.is_complete(whole_domain())


def test_the_stack_of_a_user_leaves_other_users_alone(aws: Aws) -> None:
    has(
        aws,
        apps=[
            app(SpaceName="alices"),
            app(SpaceName="bobs"),
            app(SpaceName="shared"),
            app(kind="Canvas", UserProfileName="alice"),
            app(kind="Canvas", UserProfileName="bob"),
        ],
        spaces=[space("alices", "alice"), space("bobs", "bob"), space("shared")],
    )
    deletes_app(aws, SpaceName="alices")
    deletes_app(aws, kind="Canvas", UserProfileName="alice")
    assert not aws.is_complete(users("alice", DeleteUserSpaces="true"))


def test_the_stack_of_a_user_leaves_spaces_of_others_alone(aws: Aws) -> None:
    has(aws, spaces=[space("alices", "alice"), space("bobs", "bob"), space("shared")])
    deletes_space(aws, "alices")
    assert not aws.is_complete(users("alice", DeleteUserSpaces="true"))


def test_an_app_that_a_user_runs_in_the_space_of_another_stays(aws: Aws) -> None:
    has(aws, apps=[app(SpaceName="bobs", UserProfileName="alice")], spaces=[space("bobs", "bob")])
    assert aws.is_complete(users("alice", DeleteUserSpaces="true"))


def test_a_declared_space_goes_with_its_apps_whoever_owns_it(aws: Aws) -> None:
    has(aws, apps=[app(SpaceName="shared")], spaces=[space("shared", "bob")])
    deletes_app(aws, SpaceName="shared")
    assert not aws.is_complete(users("alice", SpaceNames=["shared"]))


def test_names_that_differ_in_case_are_the_same(aws: Aws) -> None:
    has(
        aws,
        profiles=["Alice"],
        apps=[app(SpaceName="LAB", status="Deleted")],
        spaces=[space("Lab", "ALICE")],
    )
    assert aws.is_complete(whole_domain(UserProfileNames=["alice"], SpaceNames=["LAB"]))
    has(aws, apps=[app(SpaceName="LAB")], spaces=[space("Lab", "ALICE")])
    deletes_app(aws, SpaceName="LAB")
    assert not aws.is_complete(users("Alice", SpaceNames=["lab"]))
    has(aws, apps=[app(kind="Canvas", UserProfileName="ALICE")])
    deletes_app(aws, kind="Canvas", UserProfileName="ALICE")
    assert not aws.is_complete(users("Alice"))


def test_a_drain_of_nothing_touches_nothing(aws: Aws) -> None:
    has(
        aws,
        apps=[app(SpaceName="lab"), app(kind="Canvas", UserProfileName="bob")],
        spaces=[space("lab", "bob"), space("old")],
    )
    assert aws.is_complete(drain())


@pytest.mark.parametrize("domain_id", ["", "Studio", "d-", "d-abc/../def"])
def test_what_is_no_domain_is_not_asked_about(aws: Aws, domain_id: str) -> None:
    aws.stack_is("DELETE_IN_PROGRESS")
    event = whole_domain()
    event["ResourceProperties"]["DomainId"] = domain_id
    assert f"the id of a domain must be one such as d-abc123, got {domain_id!r}" in left(event, aws, now=0)


# What is refused


def test_profiles_of_other_stacks_are_refused_before_anything_is_touched(aws: Aws) -> None:
    aws.stack_is("DELETE_IN_PROGRESS")
    aws.answers("sagemaker", "describe_domain", {"Status": "InService"}, DomainId=DOMAIN)
    names = ["alice", "bob", "carol"]
    pages(aws, "list_user_profiles", "UserProfiles", [{"DomainId": DOMAIN, "UserProfileName": p} for p in names])
    assert left(whole_domain(UserProfileNames=["alice"]), aws, now=0) == (
        "[d-abc123] the user profiles of a domain that is deleted must be of its stack, got bob, carol; delete their "
        "stacks first, or those that were made by hand, then this stack again"
    )


def test_profiles_beyond_the_first_page_are_seen(aws: Aws) -> None:
    aws.stack_is("DELETE_IN_PROGRESS")
    aws.answers("sagemaker", "describe_domain", {"Status": "InService"}, DomainId=DOMAIN)
    names = [f"user-{number}" for number in range(150)]
    pages(aws, "list_user_profiles", "UserProfiles", [{"DomainId": DOMAIN, "UserProfileName": p} for p in names])
    assert "got user-149; delete" in left(whole_domain(UserProfileNames=names[:-1]), aws, now=0)


def test_the_stack_of_a_user_does_not_ask_for_profiles(aws: Aws) -> None:
    has(aws, profiles=None)
    assert aws.is_complete(users("alice"))


@pytest.mark.parametrize("flag", ["false", None])
def test_spaces_of_users_are_refused_unless_they_may_go(aws: Aws, flag: str | None) -> None:
    has(aws, profiles=[], spaces=[space("lab", "alice"), space("shared"), space("declared")])
    event = whole_domain(SpaceNames=["declared"])
    event["ResourceProperties"] = {**event["ResourceProperties"], "DeleteUserSpaces": flag}
    assert left(event, aws, now=0) == (
        "[d-abc123] spaces that users made must be deleted by somebody, with their volumes, got space lab of alice, "
        "space shared; delete them, then this stack again; a stack deployed with delete_user_spaces does that by itself"
    )


@pytest.mark.parametrize("event", [whole_domain(), users("alice", OtherSpaceNames=["lab"], DeleteUserSpaces="true")])
def test_nothing_is_stopped_when_spaces_are_refused(aws: Aws, event: Json) -> None:
    profiles = [] if event["ResourceProperties"]["WholeDomain"] == "true" else None
    has(aws, profiles=profiles, apps=[app(SpaceName="lab")], spaces=[space("lab", "alice")])
    assert "got space lab of alice" in left(event, aws, now=0)


@pytest.mark.parametrize("flag", ["false", "true"])
def test_spaces_of_other_stacks_are_never_deleted(aws: Aws, flag: str) -> None:
    has(aws, spaces=[space("lab", "alice"), space("Elsewhere", "alice")])
    event = users("alice", OtherSpaceNames=["elsewhere"], DeleteUserSpaces=flag)
    assert left(event, aws, now=0) == (
        "[d-abc123] spaces must go before their domain and their owner, got space Elsewhere of alice of other stacks; "
        "delete those stacks first, then this one again"
    )


def test_long_lists_are_cut(aws: Aws) -> None:
    spaces = [space(f"{number:03}", "alice") for number in range(40)]
    has(aws, profiles=[], spaces=spaces)
    text = left(whole_domain(), aws, now=0)
    assert text.count("space 0") == 10
    assert " and 30 more; delete them" in text


# What AWS refuses


def test_an_app_that_is_gone_already_is_done(aws: Aws) -> None:
    has(aws, profiles=[], apps=[app(SpaceName="lab")], spaces=[space("lab", "alice")])
    aws.refuses("sagemaker", "delete_app", "ResourceNotFound")
    deletes_space(aws, "lab")
    assert not aws.is_complete(whole_domain(DeleteUserSpaces="true"))


@pytest.mark.parametrize(
    "message",
    [
        "App [default] has already been deleted",
        "App previously failed and was automatically deleted",
        "Space lab does not exist",
    ],
)
def test_sagemaker_says_gone_in_other_words(aws: Aws, message: str) -> None:
    has(aws, profiles=[], apps=[app(SpaceName="lab")])
    aws.refuses("sagemaker", "delete_app", "ValidationException", message)
    assert aws.is_complete(whole_domain())


def test_a_space_that_is_gone_already_is_done(aws: Aws) -> None:
    has(aws, profiles=[], spaces=[space("lab", "alice")])
    aws.refuses("sagemaker", "delete_space", "ResourceNotFound")
    assert aws.is_complete(whole_domain(DeleteUserSpaces="true"))


def test_a_pending_app_that_refuses_is_not_done(aws: Aws) -> None:
    has(aws, profiles=[], apps=[app(SpaceName="lab", status="Pending")], spaces=[space("lab", "alice")])
    aws.refuses("sagemaker", "delete_app", "ValidationException", "App is Pending")
    assert not aws.is_complete(whole_domain(DeleteUserSpaces="true"))


@pytest.mark.parametrize(
    "code", ["ThrottlingException", "ResourceInUse", "ConflictException", "ValidationException", "InternalFailure"]
)
def test_a_refusal_amid_a_pass_stops_nothing_but_spaces(aws: Aws, code: str) -> None:
    has(
        aws,
        profiles=[],
        apps=[app(name, SpaceName="lab") for name in ("one", "two", "three")],
        spaces=[space("lab", "alice")],
    )
    deletes_app(aws, "one", SpaceName="lab")
    aws.refuses("sagemaker", "delete_app", code, "App is Pending")
    deletes_app(aws, "three", SpaceName="lab")
    assert not aws.is_complete(whole_domain(DeleteUserSpaces="true"))


def test_a_space_that_refuses_is_tried_until_the_deadline(aws: Aws) -> None:
    event = whole_domain(DeleteUserSpaces="true")
    for now in (0, DEADLINE):
        has(aws, profiles=[], spaces=[space("lab", "alice"), space("old", "alice")])
        aws.refuses("sagemaker", "delete_space", "ResourceInUse", "has apps", DomainId=DOMAIN, SpaceName="lab")
        deletes_space(aws, "old")
        assert not aws.is_complete(event, now)
    has(aws, profiles=[], spaces=[space("lab", "alice"), space("old", "alice", status="Deleting")])
    aws.refuses("sagemaker", "delete_space", "ResourceInUse", "has apps", DomainId=DOMAIN, SpaceName="lab")
    assert left(event, aws) == (
        "the drain must end within 55 minutes, got 2 left: space lab of alice (ResourceInUse: has apps), "
        "space old of alice (being deleted); delete them or wait until they are gone, then delete the stack again"
    )


def test_complete_after_the_deadline_is_complete(aws: Aws) -> None:
    has(aws, profiles=[])
    assert aws.is_complete(whole_domain(), now=DEADLINE + 1)


def test_what_remains_of_many_is_cut(aws: Aws) -> None:
    apps = [app(f"{number:063}", SpaceName="s" * 63) for number in range(120)]
    has(aws, profiles=[], apps=apps)
    for _ in apps:
        aws.refuses("sagemaker", "delete_app", "ResourceInUse", "why not, " * 100)
    text = left(whole_domain(), aws)
    shown = text.count("app JupyterLab/0")
    assert 3 <= shown <= 10
    assert "got 120 left: " in text
    assert f" and {120 - shown} more; delete them" in text


@pytest.mark.parametrize("operation", ["list_user_profiles", "list_apps", "list_spaces"])
def test_a_throttled_list_waits_for_the_next_pass(aws: Aws, operation: str) -> None:
    aws.stack_is("DELETE_IN_PROGRESS")
    aws.answers("sagemaker", "describe_domain", {"Status": "InService"}, DomainId=DOMAIN)
    for before, key in (("list_user_profiles", "UserProfiles"), ("list_apps", "Apps"), ("list_spaces", "Spaces")):
        if before == operation:
            break
        pages(aws, before, key, [])
    aws.refuses("sagemaker", operation, "ThrottlingException", "Rate exceeded")
    assert not aws.is_complete(whole_domain())


def test_a_domain_that_is_not_shown_is_not_taken_for_gone(aws: Aws) -> None:
    aws.stack_is("DELETE_IN_PROGRESS")
    aws.refuses("sagemaker", "describe_domain", "ValidationException", "what does not exist")
    assert not aws.is_complete(whole_domain())


@pytest.mark.parametrize("code", ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"])
def test_a_denial_fails_at_the_end_of_the_pass(aws: Aws, code: str) -> None:
    message = f"User: {'u' * 300} is not authorized to perform: sagemaker:DeleteApp {'x' * 3000}"
    has(aws, profiles=[], apps=[app("one", SpaceName="lab"), app("two", SpaceName="lab")])
    aws.refuses("sagemaker", "delete_app", code, message)
    deletes_app(aws, "two", SpaceName="lab")
    text = left(whole_domain(), aws, now=0)
    assert "must be allowed what the drain does, got 2 left: app JupyterLab/one in space lab" in text
    assert f"({code}: {message[:350]}" in text
    assert "app JupyterLab/two in space lab (being deleted); allow it, then delete the stack again" in text


def test_a_denied_list_fails_at_once(aws: Aws) -> None:
    aws.stack_is("DELETE_IN_PROGRESS")
    aws.answers("sagemaker", "describe_domain", {"Status": "InService"}, DomainId=DOMAIN)
    aws.refuses("sagemaker", "list_apps", "AccessDeniedException", "sagemaker:ListApps")
    text = left(users("alice"), aws, now=0)
    assert "what there is (AccessDeniedException: sagemaker:ListApps); allow it, then delete the stack again" in text


def test_a_slow_pass_leaves_the_rest_to_the_next(aws: Aws) -> None:
    minutes = count(step=60)
    has(aws, profiles=[], apps=[app(f"app-{number}", SpaceName="lab") for number in range(9)])
    deletes_app(aws, "app-0", SpaceName="lab")
    deletes_app(aws, "app-1", SpaceName="lab")
    assert not aws.is_complete(whole_domain(), now=lambda: next(minutes))
