"""What the statements mean, each by itself; the snapshots guard the rest of their text."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest

from constructs_lib import InstanceType
from constructs_lib.access.studio_statements import own_statements, shared_space_statements, user_statements
from constructs_lib.environment import Environment

PREFIX = "arn:aws:sagemaker:eu-west-1:123456789012"
APPS, SPACES, ALICE = f"{PREFIX}:app/d-1/*", f"{PREFIX}:space/d-1/*", f"{PREFIX}:user-profile/d-1/alice"
KEY = "arn:aws:kms:eu-west-1:123456789012:key/abc"


@pytest.fixture
def environment(app: cdk.App) -> Environment:
    return Environment.of(cdk.Stack(app, "Fixed", env=cdk.Environment(account="123456789012", region="eu-west-1")))


def by_sid(statements: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    text = str(statements)
    partition = cdk.Aws.PARTITION
    found: list[dict[str, Any]] = eval(text.replace(partition, "aws"))
    return {one["Sid"]: one for one in found}


def test_a_user_signs_in_as_nobody_else_and_writes_no_space_of_another(environment: Environment) -> None:
    found = by_sid(own_statements(environment=environment, domain_id="d-1", user_profile_name="alice"))

    assert found.keys() == {"Self", "OwnSpaces"}
    assert found["Self"]["Resource"] == ALICE
    assert found["OwnSpaces"]["Resource"] == [APPS, SPACES]
    assert found["OwnSpaces"]["Condition"] == {"ArnEquals": {"sagemaker:OwnerUserProfileArn": ALICE}}


def test_all_users_start_and_stop_shared_spaces_and_tag_only_what_they_make(environment: Environment) -> None:
    found = by_sid(user_statements(environment=environment, domain_id="d-1", key_arn=None, allowed_instance_types=None))

    assert found.keys() == {"List", "SharedApps", "TagNewSpaces", "TagNewApps", "Describe", "Logs"}
    assert found["SharedApps"]["Action"] == ["sagemaker:CreateApp", "sagemaker:DeleteApp"]
    assert found["SharedApps"]["Resource"] == APPS
    assert found["SharedApps"]["Condition"] == {"StringEquals": {"sagemaker:SpaceSharingType": "Shared"}}
    assert found["TagNewSpaces"]["Condition"] == {"StringEquals": {"sagemaker:TaggingAction": "CreateSpace"}}
    assert found["TagNewApps"]["Condition"] == {"Null": {"sagemaker:TaggingAction": "false"}}
    assert [sid for sid, one in found.items() if one["Resource"] == "*"] == ["List"]
    assert all(one["Effect"] == "Allow" for one in found.values())


def test_a_type_that_is_not_allowed_is_denied_wherever_one_is_named(environment: Environment) -> None:
    allowed = [InstanceType.ML_T3_MEDIUM]
    found = by_sid(
        user_statements(environment=environment, domain_id="d-1", key_arn=None, allowed_instance_types=allowed)
    )

    denial = found["OnlyAllowedInstanceTypes"]
    assert (denial["Effect"], denial["Resource"]) == ("Deny", "*")
    assert denial["Action"] == ["sagemaker:CreateApp", "sagemaker:CreateSpace", "sagemaker:UpdateSpace"]
    assert denial["Condition"] == {"ForAnyValue:StringNotEquals": {"sagemaker:InstanceTypes": ["ml.t3.medium"]}}


def test_inside_a_shared_space_nobody_starts_or_stops_anything(environment: Environment) -> None:
    found = by_sid(shared_space_statements(environment=environment, domain_id="d-1", key_arn=KEY))

    assert found.keys() == {"Describe", "Logs", "GrantVolumeKey", "DescribeVolumeKey"}
    via = {"StringEquals": {"kms:ViaService": "sagemaker.eu-west-1.amazonaws.com"}}
    assert (found["GrantVolumeKey"]["Resource"], found["GrantVolumeKey"]["Condition"]) == (KEY, via)
    streams = "log-group:/aws/sagemaker/studio:log-stream:d-1/*"
    assert found["Logs"]["Resource"][1] == f"arn:aws:logs:eu-west-1:123456789012:{streams}"
