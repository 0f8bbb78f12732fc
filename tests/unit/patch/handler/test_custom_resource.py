"""What is set, taken back and answered, whichever way SageMaker treats members that a request leaves out."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from constructs_lib.patch.handler.patience import PATIENCE, TIMEOUT
from tests.unit.patch.handler.aws import DESCRIBED, DOMAIN, ROLE, ROOT_STACK, STACK, Aws, Settings, client_of, error

PATCH: Settings = {
    "DefaultUserSettings": {
        "CanvasAppSettings": {
            "DirectDeploySettings": {"Status": "ENABLED"},
            "WorkspaceSettings": {"S3ArtifactPath": "s3://artifacts/canvas"},
        },
        "JupyterLabAppSettings": {
            "DefaultResourceSpec": {"SageMakerImageVersionAlias": "3.2"},
            "EmrSettings": {"ExecutionRoleArns": [ROLE]},
        },
        "StudioWebPortalSettings": {"ExecutionRoleSessionNameMode": "USER_IDENTITY"},
    },
    "DefaultSpaceSettings": {"JupyterLabAppSettings": {"EmrSettings": {"AssumableRoleArns": [ROLE]}}},
    "DomainSettings": {
        "DockerSettings": {"RootlessDocker": "ENABLED"},
        "TrustedIdentityPropagationSettings": {"Status": "ENABLED"},
    },
}
ROOTLESS: Settings = {"DomainSettings": {"DockerSettings": {"RootlessDocker": "ENABLED"}}}
STATUSES = client_of("cloudformation").meta.service_model.shape_for("StackStatus").enum


def holds(described: Any, settings: Settings) -> bool:
    return all(
        holds(described[name], value) if isinstance(value, dict) else described[name] == value
        for name, value in settings.items()
    )


def reason(answer: dict[str, Any]) -> str:
    assert answer["Status"] == "FAILED"
    text: str = answer["Reason"]
    return text


def test_create_sets_the_settings_and_loses_nothing(aws: Aws) -> None:
    assert aws.create(PATCH) == {
        "StackId": STACK,
        "RequestId": "5e1f",
        "LogicalResourceId": "Patch5F0A",
        "Status": "SUCCESS",
        "PhysicalResourceId": DOMAIN,
    }

    assert holds(aws.sagemaker.domain, PATCH)
    assert holds(aws.sagemaker.domain, DESCRIBED)
    assert len(aws.sagemaker.updates) == 1


def test_only_settings_that_change_are_sent_and_each_whole(aws: Aws) -> None:
    aws.create(ROOTLESS)

    assert aws.sagemaker.updates == [
        {
            "DomainSettingsForUpdate": {
                "SecurityGroupIds": ["sg-2"],
                "DockerSettings": {
                    "EnableDockerAccess": "ENABLED",
                    "VpcOnlyTrustedAccounts": ["123456789012"],
                    "RootlessDocker": "ENABLED",
                },
                "RStudioServerProDomainSettingsForUpdate": {"DomainExecutionRoleArn": ROLE},
            },
            "AppSecurityGroupManagement": "Service",
        }
    ]


def test_who_manages_security_groups_is_said_again_for_r_studio_alone(aws: Aws) -> None:
    assert aws.sagemaker.domain is not None
    del aws.sagemaker.domain["DomainSettings"]["RStudioServerProDomainSettings"]

    aws.create(ROOTLESS)

    assert aws.sagemaker.updates[0].keys() == {"DomainSettingsForUpdate"}


def test_what_is_set_already_is_not_set_again(aws: Aws) -> None:
    aws.create(PATCH)
    aws.create(PATCH)
    aws.update(PATCH, PATCH)

    assert len(aws.sagemaker.updates) == 1


def test_what_cloudformation_has_dropped_is_set_again(aws: Aws) -> None:
    aws.create(PATCH)
    aws.sagemaker.domain = deepcopy(DESCRIBED)

    assert aws.update(PATCH, PATCH)["Status"] == "SUCCESS"

    assert holds(aws.sagemaker.domain, PATCH)


def test_update_takes_back_what_is_no_longer_set(aws: Aws) -> None:
    aws.create(PATCH)

    answer = aws.update(ROOTLESS, PATCH)

    assert (answer["Status"], answer["PhysicalResourceId"]) == ("SUCCESS", DOMAIN)
    assert aws.sagemaker.domain is not None
    users = aws.sagemaker.domain["DefaultUserSettings"]
    assert users["CanvasAppSettings"]["DirectDeploySettings"] == {"Status": "DISABLED"}
    assert users["JupyterLabAppSettings"]["EmrSettings"] == {"ExecutionRoleArns": []}
    assert users["StudioWebPortalSettings"]["ExecutionRoleSessionNameMode"] == "STATIC"
    assert aws.sagemaker.domain["DomainSettings"]["TrustedIdentityPropagationSettings"] == {"Status": "DISABLED"}
    assert holds(aws.sagemaker.domain, ROOTLESS)
    assert holds(aws.sagemaker.domain, DESCRIBED)


def test_delete_takes_everything_back(aws: Aws) -> None:
    aws.create(PATCH)

    answer = aws.delete(PATCH)

    assert (answer["Status"], answer["PhysicalResourceId"]) == ("SUCCESS", DOMAIN)
    assert aws.sagemaker.domain is not None
    assert aws.sagemaker.domain["DomainSettings"]["DockerSettings"]["RootlessDocker"] == "DISABLED"
    spaces = aws.sagemaker.domain["DefaultSpaceSettings"]
    assert spaces["JupyterLabAppSettings"] == {"EmrSettings": {"AssumableRoleArns": []}}
    assert holds(aws.sagemaker.domain, DESCRIBED)
    assert "SageMakerImageVersionAlias" not in str(aws.sagemaker.updates[-1])
    assert "S3ArtifactPath" not in str(aws.sagemaker.updates[-1])


def test_delete_twice_is_delete_once(aws: Aws) -> None:
    aws.create(ROOTLESS)
    aws.delete(ROOTLESS)

    assert aws.delete(ROOTLESS)["Status"] == "SUCCESS"
    assert len(aws.sagemaker.updates) == 2


def test_delete_leaves_what_somebody_has_changed_since(aws: Aws) -> None:
    aws.create(PATCH)
    assert aws.sagemaker.domain is not None
    aws.sagemaker.domain["DefaultUserSettings"]["JupyterLabAppSettings"]["EmrSettings"] = {
        "ExecutionRoleArns": ["x" * 20]
    }

    aws.delete(PATCH)

    assert aws.sagemaker.domain["DefaultUserSettings"]["JupyterLabAppSettings"]["EmrSettings"] == {
        "ExecutionRoleArns": ["x" * 20]
    }


@pytest.mark.parametrize("nested", [False, True])
def test_delete_with_the_stack_leaves_the_settings(aws: Aws, nested: bool) -> None:
    aws.create(PATCH)
    aws.cloudformation.statuses = {
        STACK: "DELETE_IN_PROGRESS",
        **({ROOT_STACK: "DELETE_IN_PROGRESS"} if nested else {}),
    }

    assert aws.delete(PATCH)["Status"] == "SUCCESS"

    assert holds(aws.sagemaker.domain, PATCH)


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "DELETE_IN_PROGRESS"])
@pytest.mark.parametrize("nested", [False, True])
def test_delete_by_an_update_of_the_stack_or_of_the_outermost_one_takes_back(
    aws: Aws, status: str, nested: bool
) -> None:
    aws.create(ROOTLESS)
    aws.cloudformation.statuses = {STACK: "DELETE_IN_PROGRESS", ROOT_STACK: status} if nested else {STACK: status}

    aws.delete(ROOTLESS)

    assert not holds(aws.sagemaker.domain, ROOTLESS)


def test_a_creation_that_is_refused_has_nothing_to_take_back(aws: Aws) -> None:
    aws.sagemaker.refusals = [error("ValidationException", "Amazon Q must be with SSO")]

    answer = aws.create(PATCH)

    assert "Amazon Q must be with SSO" in reason(answer)
    aws.sagemaker.domain = None
    aws.cloudformation.statuses = {}  # nobody is asked of anything
    assert aws.delete(PATCH, answer["PhysicalResourceId"])["Status"] == "SUCCESS"


def test_a_creation_that_fails_after_it_changed_the_domain_is_taken_back(aws: Aws) -> None:
    aws.sagemaker.statuses = ["InService", *["Updating"] * 1000]
    update = aws.sagemaker.update_domain

    def slow(**request: Any) -> Settings:
        answer = update(**request)
        aws.sagemaker.statuses = ["Updating"] * 1000
        return answer

    aws.sagemaker.update_domain = slow
    answer = aws.create(ROOTLESS)
    assert "must be InService within 13 minutes, got Updating" in reason(answer)
    assert holds(aws.sagemaker.domain, ROOTLESS)
    aws.sagemaker.statuses, aws.clock.seconds = [], 0
    aws.sagemaker.update_domain = update

    assert aws.delete(ROOTLESS, answer["PhysicalResourceId"])["Status"] == "SUCCESS"

    assert not holds(aws.sagemaker.domain, ROOTLESS)


def test_the_function_gives_up_while_it_can_still_answer(aws: Aws) -> None:
    aws.sagemaker.statuses = ["Updating"] * 1000

    assert reason(aws.create(PATCH)).startswith("RefusalError: the domain d-abc123 must be InService within 13 minutes")

    assert PATIENCE < aws.clock.seconds < TIMEOUT - 60


@pytest.mark.parametrize("status", ["Pending", "Updating"])
def test_it_waits_for_what_is_under_way(aws: Aws, status: str) -> None:
    aws.sagemaker.statuses = [status, status]

    assert aws.create(PATCH)["Status"] == "SUCCESS"

    assert aws.clock.seconds == 4 * 5  # two looks before the update, two after it


@pytest.mark.parametrize("code", ["ResourceInUse", "ConflictException"])
def test_an_update_of_somebody_else_comes_first_and_is_not_undone(aws: Aws, code: str) -> None:
    aws.sagemaker.refusals = [error(code)]
    describe, looks = aws.sagemaker.describe_domain, []

    def watched(**request: Any) -> Settings:
        looks.append(request)
        if len(looks) == 2 and aws.sagemaker.domain is not None:  # between the refusal and the second look
            aws.sagemaker.domain["DomainSettings"]["SecurityGroupIds"] = ["sg-3"]
        return describe(**request)

    aws.sagemaker.describe_domain = watched

    assert aws.create(ROOTLESS)["Status"] == "SUCCESS"

    assert aws.sagemaker.updates[0]["DomainSettingsForUpdate"]["SecurityGroupIds"] == ["sg-3"]


def test_a_domain_that_is_always_in_use_fails_in_its_words(aws: Aws) -> None:
    aws.sagemaker.refusals = [error("ResourceInUse", "apps are running")] * 9

    assert "apps are running" in reason(aws.create(ROOTLESS))

    assert len(aws.sagemaker.refusals) == 9 - 5


def test_an_update_that_fails_afterwards_says_why(aws: Aws) -> None:
    aws.sagemaker.fails = True

    answer = aws.create(ROOTLESS)

    assert "must be InService after the update, got Update_Failed: the key is disabled" in reason(answer)
    assert answer["PhysicalResourceId"] == DOMAIN


@pytest.mark.parametrize(("lags", "status"), [(1, "SUCCESS"), (5, "SUCCESS"), (6, "FAILED")])
def test_the_effect_may_show_a_moment_later(aws: Aws, lags: int, status: str) -> None:
    aws.sagemaker.lags = lags

    assert aws.create(ROOTLESS)["Status"] == status


def test_an_update_without_effect_is_no_success(aws: Aws) -> None:
    aws.sagemaker.ignores = True

    assert "DomainSettings.DockerSettings.RootlessDocker is None and not 'ENABLED'" in reason(aws.create(ROOTLESS))


@pytest.mark.parametrize("member", ["Status", "ExecutionRoleSessionNameMode", "ExecutionRoleArns"])
def test_taking_back_without_effect_is_no_success(aws: Aws, member: str) -> None:
    aws.create(PATCH)
    aws.sagemaker.ignores = True

    for answer in (aws.update(ROOTLESS, PATCH), aws.delete(PATCH)):
        assert "that SageMaker took without a word" in reason(answer)
        assert f".{member} is " in reason(answer)


def test_what_is_taken_back_may_be_shown_no_more(aws: Aws) -> None:
    aws.create(PATCH)
    update = aws.sagemaker.update_domain

    def forgetful(**request: Any) -> Settings:
        answer = update(**request)
        aws.sagemaker.domain = deepcopy(DESCRIBED)
        return answer

    aws.sagemaker.update_domain = forgetful

    assert aws.delete(PATCH)["Status"] == "SUCCESS"


def test_lists_have_no_order(aws: Aws) -> None:
    roles = [ROLE, f"{ROLE}2"]
    given, shown = (
        {"DefaultUserSettings": {"JupyterLabAppSettings": {"EmrSettings": {"ExecutionRoleArns": arns}}}}
        for arns in (roles, roles[::-1])
    )
    aws.create(given)

    assert aws.update(shown, given)["Status"] == "SUCCESS"
    assert len(aws.sagemaker.updates) == 1
    assert aws.delete(shown)["Status"] == "SUCCESS"
    assert not holds(aws.sagemaker.domain, given)


@pytest.mark.parametrize("status", [None, "Deleting", "Failed"])
def test_a_domain_that_goes_has_nothing_to_take_back_and_takes_nothing(aws: Aws, status: str | None) -> None:
    aws.sagemaker.domain = None if status is None else {**DESCRIBED, **ROOTLESS, "Status": status}

    assert aws.delete(ROOTLESS)["Status"] == "SUCCESS"
    assert f"must be InService, got {'none' if status is None else status}" in reason(aws.create(ROOTLESS))
    assert f"must be InService, got {'none' if status is None else status}" in reason(aws.update(ROOTLESS, {}))
    assert aws.sagemaker.updates == []


def test_a_domain_that_goes_while_it_is_taken_back_is_gone(aws: Aws) -> None:
    aws.create(ROOTLESS)
    aws.sagemaker.refusals = [error("ResourceInUse", "it is being deleted")]
    describe, looks = aws.sagemaker.describe_domain, []

    def going(**request: Any) -> Settings:
        looks.append(request)
        return describe(**request) if len(looks) < 4 else {**DESCRIBED, "Status": "Deleting"}

    aws.sagemaker.describe_domain = going

    assert aws.delete(ROOTLESS)["Status"] == "SUCCESS"


def test_a_denied_deletion_is_not_passed_over(aws: Aws) -> None:
    aws.create(ROOTLESS)
    aws.sagemaker.refusals = [error("AccessDeniedException", "not authorized to perform iam:PassRole")]

    answer = aws.delete(ROOTLESS)

    assert "iam:PassRole" in reason(answer)
    assert answer["PhysicalResourceId"] == DOMAIN


def test_a_failed_update_keeps_the_id(aws: Aws) -> None:
    aws.create(ROOTLESS)
    aws.sagemaker.refusals = [error("ValidationException")]

    answer = aws.update(PATCH, ROOTLESS)

    assert (answer["Status"], answer["PhysicalResourceId"]) == ("FAILED", DOMAIN)
    assert aws.update(ROOTLESS, PATCH)["Status"] == "SUCCESS"
    assert holds(aws.sagemaker.domain, ROOTLESS)


def test_another_domain_is_another_resource(aws: Aws) -> None:
    """CloudFormation deletes what has the old id afterwards, and takes the settings back there."""
    event = {
        "OldResourceProperties": {"DomainId": "d-before", "Settings": PATCH},
        "ResourceProperties": {"DomainId": DOMAIN, "Settings": ROOTLESS},
        "PhysicalResourceId": "d-before",
        "RequestType": "Update",
        **{name: "..." for name in ("StackId", "RequestId", "LogicalResourceId")},
    }
    assert aws.sagemaker.domain is not None
    aws.sagemaker.domain["DomainSettings"]["TrustedIdentityPropagationSettings"] = {"Status": "ENABLED"}

    assert aws.answer(event)["PhysicalResourceId"] == DOMAIN

    assert aws.sagemaker.domain["DomainSettings"]["TrustedIdentityPropagationSettings"] == {"Status": "ENABLED"}


def test_a_long_reason_is_cut_to_what_cloudformation_takes(aws: Aws) -> None:
    aws.sagemaker.refusals = [error("ValidationException", "word " * 2000)]

    assert len(reason(aws.create(PATCH))) <= 1500
