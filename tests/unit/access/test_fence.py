from __future__ import annotations

import itertools

import botocore.session
import pytest

from constructs_lib.access.fence import (
    fence_of_administrator,
    fence_of_all_users,
    fence_of_allow_list,
    fence_of_members,
    fence_of_nameless_calls,
    fence_of_no_user,
    fence_of_one_user,
    fence_of_sessions,
    fence_without_sessions,
)
from constructs_lib.access.policy_document import Statement
from constructs_lib.access.studio_arns import StudioArns
from constructs_lib.environment import Environment
from tests.unit.access.policies import by_sid

ARNS = StudioArns(Environment("123456789012", "eu-west-1"), "d-1")
ROLE = "arn:aws:iam::123456789012:role/alice"
FENCES: dict[str, list[Statement]] = {
    "of one user": fence_of_one_user(ARNS, "alice", [ROLE]),
    "of nameless calls": fence_of_nameless_calls(),
    "of all users": fence_of_all_users(ARNS, remote_access=False),
    "of all users with remote access": fence_of_all_users(ARNS, remote_access=True),
    "of no user": fence_of_no_user(ARNS, ROLE),
    "of members": fence_of_members(ARNS, "alice", ["churn"]),
    "of nobody's members": fence_of_members(ARNS, "alice", []),
    "of sessions": fence_of_sessions(ARNS, "alice", ["churn"]),
    "of no sessions": fence_of_sessions(ARNS, "alice", []),
    "without sessions": fence_without_sessions(),
    "of an administrator": fence_of_administrator(ARNS),
    "of an allow-list": [fence_of_allow_list("OnlyThese", {"Null": {"sagemaker:ImageArns": "false"}})],
}


@pytest.mark.parametrize("name", FENCES)
def test_a_fence_denies_and_says_where(name: str) -> None:
    for sid, statement in by_sid(FENCES[name]).items():
        assert sid.isalnum()
        assert statement["Effect"] == "Deny"
        (where,) = statement.keys() & {"Resource", "NotResource"}
        assert statement[where], "IAM refuses a statement without resources"


@pytest.mark.parametrize("name", FENCES)
def test_a_fence_names_actions_that_there_are(name: str) -> None:
    operations = set(botocore.session.get_session().get_service_model("sagemaker").operation_names)

    actions = [one["Action"] for one in FENCES[name]]
    for action in itertools.chain.from_iterable([one] if isinstance(one, str) else one for one in actions):
        service, _, operation = action.partition(":")
        assert action == "iam:PassRole" or (service == "sagemaker" and operation in operations), action


def test_a_member_of_nothing_is_kept_from_all_shared_spaces_of_others() -> None:
    (kept,) = fence_of_members(ARNS, "alice", [])
    (left_out,) = fence_of_members(ARNS, "alice", ["churn"])

    assert (kept["Resource"], left_out["NotResource"]) == ("*", ARNS.apps("churn"))
    assert kept["Condition"] == left_out["Condition"]


def test_one_user_passes_the_roles_named_and_no_other() -> None:
    other = "arn:aws:iam::123456789012:role/jobs"
    one, two = (
        by_sid(fence_of_one_user(ARNS, "alice", roles))["OnlyPassableRoles"] for roles in ([ROLE], [ROLE, other])
    )

    assert (one["NotResource"], two["NotResource"]) == (ROLE, [ROLE, other])


def test_tags_are_denied_in_whichever_account_and_region() -> None:
    fence = by_sid(fence_of_all_users(ARNS, remote_access=False))

    for sid in ("OnlyTagsOfNewSpaces", "OnlyTagsOfNewApps", "NoTagsOfDomainsNorProfiles"):
        listed = fence[sid]["Resource"]
        for arn in [listed] if isinstance(listed, str) else listed:
            assert ":sagemaker:*:*:" in arn


def test_remote_access_opens_nothing_but_sessions() -> None:
    without, having = (by_sid(fence_of_all_users(ARNS, remote_access=one)) for one in (False, True))

    assert without.keys() - having.keys() == {"NoSpacesWithRemoteAccess"}
    assert having.items() <= without.items()


def test_an_administrator_is_kept_out_of_one_domain_and_not_out_of_others() -> None:
    way_in = by_sid(fence_of_administrator(ARNS))["NoWayIn"]

    assert way_in["Resource"] == [ARNS.apps(), ARNS.domain, ARNS.space("*"), ARNS.user_profile("*")]
