from __future__ import annotations

from typing import Any

import pytest

from constructs_lib import Domain, StudioImage
from constructs_lib.access.studio_arns import StudioArns
from constructs_lib.access.use import (
    use_of_all_users,
    use_of_images,
    use_of_one_user,
    use_of_repositories,
    use_of_sessions,
    use_of_shared_spaces,
)
from constructs_lib.encryption import VolumeKey
from constructs_lib.environment import Environment
from tests.unit.access.policies import by_sid

ARNS = StudioArns(Environment("123456789012", "eu-west-1"), "d-1")
KEY = "arn:aws:kms:eu-west-1:123456789012:key/abc"


def test_all_that_is_allowed_names_its_resources_but_for_listing() -> None:
    users, spaces, alice, sessions = (
        by_sid(statements)
        for statements in (
            use_of_all_users(ARNS, VolumeKey(KEY)),
            use_of_shared_spaces(ARNS, VolumeKey(KEY)),
            use_of_one_user(ARNS, "alice"),
            use_of_sessions(ARNS, "alice", ["churn"]),
        )
    )

    found = users | alice | sessions
    assert all(one["Effect"] == "Allow" for one in found.values())
    assert [sid for sid, one in found.items() if one["Resource"] == "*"] == ["List"]
    assert {sid: one for sid, one in users.items() if sid in spaces} == spaces
    assert alice["Self"]["Resource"] == ARNS.user_profile("alice")


@pytest.mark.parametrize(
    ("via_sagemaker", "condition"),
    [
        (True, {"StringEquals": {"kms:ViaService": "sagemaker.eu-west-1.amazonaws.com"}}),
        (False, {"Bool": {"kms:GrantIsForAWSResource": "true"}}),
    ],
)
def test_the_volume_key_is_granted_for_volumes_alone(via_sagemaker: bool, condition: dict[str, Any]) -> None:
    found = by_sid(use_of_shared_spaces(ARNS, VolumeKey(KEY, grants_via_sagemaker=via_sagemaker)))

    assert (found["GrantVolumeKey"]["Resource"], found["GrantVolumeKey"]["Condition"]) == (KEY, condition)


def test_without_a_key_of_ours_there_is_nothing_about_keys() -> None:
    assert "kms:" not in str(use_of_all_users(ARNS, None))


def test_sessions_name_no_spaces_where_there_are_none() -> None:
    found = by_sid(use_of_sessions(ARNS, "alice", []))

    assert found.keys() == {"SessionsOnSpacesMadeInStudio"}, "IAM refuses a statement without resources"


def test_signing_in_to_registries_alone_has_no_resource() -> None:
    found = by_sid(use_of_repositories(["arn:aws:ecr:eu-west-1:123456789012:repository/team"]))

    assert [sid for sid, one in found.items() if one["Resource"] == "*"] == ["SignInToRegistry"]
    assert found["SignInToRegistry"]["Action"] == "ecr:GetAuthorizationToken"


def test_images_that_are_not_attached_and_repositories_that_are_not_known_are_not_named(domain: Domain) -> None:
    existing = StudioImage.from_image_attributes(image_name="team", app_image_config_name="team-1")

    assert use_of_images(domain, [StudioImage.distribution_cpu()]) == []
    (statement,) = use_of_images(domain, [existing])
    assert [arn.split(":")[-1] for arn in statement["Resource"]] == [
        "app-image-config/team-1",
        "image/team",
        "image-version/team/*",
    ]
