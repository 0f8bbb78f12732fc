"""Set-ups that a reviewer found the pack wrong about."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_backup as backup
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk import aws_ssm as ssm

from constructs_lib import Domain, DomainEncryption, NetworkAccess, StudioChecks
from constructs_lib.checks.credentials import credentials_in
from constructs_lib.checks.iam.arn_pattern import matches
from tests.checks.judged import found, resource
from tests.checks.reports import open_findings, unfailing_app

PARAMETERS = {"P": {"Type": "String"}}
ROLE = {"Fn::GetAtt": ["Role", "Arn"]}
HIDDEN = {"StudioWebPortalSettings": {"HiddenInstanceTypes": ["ml.p4d.24xlarge"]}}


def domain(**users: Any) -> dict[str, Any]:
    return resource("Domain", AuthMode="IAM", DefaultUserSettings={"ExecutionRole": ROLE, **users})


def role(*statements: dict[str, Any]) -> dict[str, Any]:
    policy = {"PolicyName": "Use", "PolicyDocument": {"Statement": list(statements)}}
    return resource("IAM.Role", AssumeRolePolicyDocument={"Statement": []}, Policies=[policy] if statements else [])


def allow(action: Any, resources: Any = "*") -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resources}


def ids(rule: str, resources: dict[str, Any]) -> set[str]:
    return {id for id, _, _ in found(resources, Parameters=PARAMETERS) if id.partition("[")[0] == rule}


@pytest.fixture
def app(tmp_path: Path) -> cdk.App:
    app = unfailing_app(tmp_path)
    cdk.Validations.of(app).add_plugins(StudioChecks(app))
    return app


def test_a_parameter_that_is_named_by_another(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Research")
    prefix = ssm.StringParameter.value_for_string_parameter(stack, "/org/prefix")
    ssm.StringParameter(stack, "Named", parameter_name=f"{prefix}/x", simple_name=False, string_value="v")
    domain_id = ssm.StringParameter.value_for_string_parameter(stack, "/org/domain")
    sagemaker.CfnUserProfile(stack, "Alice", domain_id=domain_id, user_profile_name="alice")

    assert ("Studio-DomainInApp", "Research/Alice") in open_findings(app)


def test_a_document_as_text_with_a_piece_unknown() -> None:
    text = {"Fn::Sub": '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::${P}"}]}'}
    policy = resource("IAM.ManagedPolicy", Roles=[{"Ref": "Role"}], PolicyDocument=text)

    assert "NoWildcardAction[*]" in ids("NoWildcardAction", {"D": domain(), "Role": role(), "Policy": policy})


def test_what_a_role_of_elsewhere_gets_in_this_app(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Research")
    imported = iam.Role.from_role_arn(stack, "Role", "arn:aws:iam::111122223333:role/studio")
    imported.add_to_principal_policy(iam.PolicyStatement(actions=["s3:*"], resources=["*"]))
    sagemaker.CfnDomain(
        stack,
        "Domain",
        auth_mode="IAM",
        domain_name="d",
        default_user_settings=sagemaker.CfnDomain.UserSettingsProperty(execution_role=imported.role_arn),
    )

    assert "Studio-NoWildcardAction[s3:*]" in {id for id, _ in open_findings(app)}


def test_an_unknown_action_hides_no_known_one() -> None:
    assert ids("NoWildcardAction", {"D": domain(), "Role": role(allow(["s3:*", {"Ref": "P"}]))}) == {
        "NoWildcardAction[s3:*]",
        "NoWildcardAction[Unresolved]",
    }


def test_a_home_file_system_selected_by_the_tag_of_our_domain(app: cdk.App, network: NetworkAccess) -> None:
    studio = Domain(
        cdk.Stack(app, "Research"),
        "Studio",
        network=network,
        home_efs=True,
        encryption=DomainEncryption.customer_managed(),
    )
    plan = backup.BackupPlan.daily35_day_retention(cdk.Stack(app, "Backup"), "Plan")
    tag = backup.BackupResource.from_tag("ManagedByAmazonSageMakerResource", studio.domain_arn)
    plan.add_selection("Home", resources=[tag])

    assert open_findings(app) == set()


def test_sharing_by_a_parameter_needs_a_role_too() -> None:
    space = resource(
        "Space",
        DomainId={"Ref": "D"},
        SpaceSharingSettings={"SharingType": {"Ref": "P"}},
        OwnershipSettings={"OwnerUserProfileName": "a"},
    )

    assert ids("SpaceExecutionRole", {"D": domain(), "Role": role(), "S": space}) == {"SpaceExecutionRole[Unresolved]"}


@pytest.mark.parametrize(
    ("denied", "is_enough"),
    [
        ({"ForAnyValue:StringNotLike": {"sagemaker:InstanceTypes": ["ml.t3.medium"]}}, True),
        ({"ForAnyValue:StringLike": {"sagemaker:InstanceTypes": ["ml.p4d.*"]}}, True),
        ({"ForAnyValue:StringLike": {"sagemaker:InstanceTypes": ["ml.t3.medium"]}}, False),
        ({"ForAnyValue:StringNotLike": {"sagemaker:InstanceTypes": ["ml.*"]}}, False),
        (
            {
                "ForAnyValue:StringNotLike": {"sagemaker:InstanceTypes": ["ml.t3.medium"]},
                "StringEquals": {"aws:RequestedRegion": "us-east-1"},
            },
            False,
        ),
    ],
)
def test_a_denial_counts_if_it_is_about_what_is_hidden(denied: dict[str, Any], is_enough: bool) -> None:
    actions = ["sagemaker:CreateApp", "sagemaker:CreateSpace", "sagemaker:UpdateSpace"]
    denial = {"Effect": "Deny", "Action": actions, "Resource": "*", "Condition": denied}

    resources = {"D": domain(**HIDDEN), "Role": role(allow("sagemaker:CreateApp"), denial)}

    assert ids("InstanceTypesByPolicy", resources) == (set() if is_enough else {"InstanceTypesByPolicy"})


def test_profiles_of_two_domains_share_a_role() -> None:
    profiles = {
        name: resource(
            "UserProfile", DomainId={"Ref": name[0]}, UserProfileName=name, UserSettings={"ExecutionRole": ROLE}
        )
        for name in ("D1", "E1")
    }

    assert ids("RolePerProfile", {"D": domain(), "E": domain(), "Role": role(), **profiles}) == {"RolePerProfile"}


def test_stages_do_not_share_a_role_of_one_name(app: cdk.App) -> None:
    for name in ("Dev", "Prod"):
        stack = cdk.Stack(cdk.Stage(app, name), "Research")
        role_arn = stack.format_arn(service="iam", region="", resource="role", resource_name="studio")
        settings = sagemaker.CfnUserProfile.UserSettingsProperty(execution_role=role_arn)
        sagemaker.CfnUserProfile(stack, "A", domain_id="d-1", user_profile_name="a", user_settings=settings)

    assert not any(id.startswith("Studio-RolePerProfile") for id, _ in open_findings(app))


def test_other_services_share_a_statement() -> None:
    statement = allow(["iam:PassRole", "s3:GetObject"], ["arn:aws:s3:::*", "arn:aws:iam::111122223333:role/x"])

    assert ids("PassRole", {"D": domain(), "Role": role(statement)}) == set()


def test_people_who_sign_in_by_identity_center() -> None:
    policy = {"Statement": [allow("sagemaker:CreatePresignedDomainUrl")]}
    people = resource("SSO.PermissionSet", Name="people", InstanceArn="x", InlinePolicy=policy)

    assert ids("SignInAsSelf", {"P": people}) == {"SignInAsSelf[sagemaker:CreatePresignedDomainUrl]"}


def test_lists_in_lists() -> None:
    statement = allow([{"Fn::Split": [",", "s3:*,ec2:*"]}], [{"Fn::Split": [",", "*,x"]}])

    assert ids("NoWildcardAction", {"D": domain(), "Role": role(statement)}) == {
        "NoWildcardAction[s3:*]",
        "NoWildcardAction[ec2:*]",
    }


def test_an_app_without_a_studio_is_left_alone(app: cdk.App) -> None:
    role = iam.Role(cdk.Stack(app, "Other"), "Role", assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"))
    role.add_to_policy(iam.PolicyStatement(actions=["*"], resources=["*"]))

    assert open_findings(app) == set()


@pytest.mark.parametrize(
    "line",
    [
        "secret" + " " * 16000,
        "pass." * 3200,
        "token-" * 2600,
        "password" * 2000,
        "-eyJ" * 4000,
        "://" * 5000,
        "a:" * 8000,
    ],
    ids=lambda line: line[:6],
)
def test_long_lines_take_no_time(line: str) -> None:
    start = time.perf_counter()

    list(credentials_in(line))

    assert time.perf_counter() - start < 0.2


def test_wildcards_take_no_time() -> None:
    start = time.perf_counter()

    assert not matches("*" * 60 + "b", "sagemaker:CreateNotebookInstanceLifecycleConfig")
    assert not matches("sagemaker:*" + "?*" * 30 + "z", "sagemaker:CreateNotebookInstanceLifecycleConfig")
    assert time.perf_counter() - start < 0.2
