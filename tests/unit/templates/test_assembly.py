"""References in real apps: the rules judge what a stack refers to, wherever that is defined."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_backup as backup
from aws_cdk import aws_iam as iam
from aws_cdk import aws_rds as rds
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk import aws_ssm as ssm
from aws_cdk import cloudformation_include as include
from aws_cdk.aws_ec2 import SubnetSelection, SubnetType, Vpc
from constructs import Construct

from constructs_lib import StudioChecks
from tests.checks.reports import open_findings, unfailing_app

ACCOUNT, OTHER_ACCOUNT = "111122223333", "444455556666"
EUROPE = cdk.Environment(account=ACCOUNT, region="eu-west-1")
AMERICA = cdk.Environment(account=ACCOUNT, region="us-east-1")
ELSEWHERE = f"arn:aws:iam::{ACCOUNT}:role/elsewhere"
FULL_ACCESS = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
TRUST = {
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}]
}
WIDE = {"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}

CROSS_STACK = "@aws-cdk/core:defaultCrossStackReferences"
NO_LOGICAL_IDS = "aws:cdk:disable-logicalId-metadata"

Found = set[tuple[str, str]]


def judged(outdir: Path, **context: Any) -> cdk.App:
    app = unfailing_app(outdir, **context)
    cdk.Validations.of(app).add_plugins(StudioChecks(app))
    return app


def domain(scope: Construct, auth_mode: str = "SSO") -> sagemaker.CfnDomain:
    return sagemaker.CfnDomain(
        scope, "Domain", auth_mode=auth_mode, domain_name="studio", default_user_settings={"executionRole": ELSEWHERE}
    )


def wide_role(scope: Construct) -> iam.Role:
    return iam.Role(
        scope,
        "Role",
        assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"),
        managed_policies=[iam.ManagedPolicy.from_aws_managed_policy_name("AmazonSageMakerFullAccess")],
    )


def user(scope: Construct, domain_id: str, role_arn: str = ELSEWHERE, id: str = "User") -> sagemaker.CfnUserProfile:
    return sagemaker.CfnUserProfile(
        scope, id, domain_id=domain_id, user_profile_name=id.lower(), user_settings={"executionRole": role_arn}
    )


def of(found: Found, rule: str) -> set[str]:
    """Where a rule found something, unresolved or not."""
    return {path for id, path in found if id.removeprefix("Studio-").partition("[")[0] == rule}


def assert_followed(found: Found, *, users: set[str], roles: set[str]) -> None:
    """The domain with SSO is known for each user, and the role with too much is judged."""
    assert of(found, "SsoUser") == users
    assert of(found, "DomainInApp") == set()
    assert of(found, "NoFullAccess") == roles
    assert users.isdisjoint(of(found, "ExecutionRoleInApp"))
    assert of(found, "TemplatesInApp") == set()
    assert "Crash" not in {id for id, _ in found}


def template_of(app: cdk.App, name: str) -> str:
    return (Path(app.outdir) / f"{name}.template.json").read_text()


@pytest.mark.parametrize(
    ("how", "intrinsic"),
    [("weak", "Fn::GetStackOutput"), ("strong", "Fn::ImportValue"), ("both", "Fn::GetStackOutput")],
)
def test_from_stack_to_stack(tmp_path: Path, how: str, intrinsic: str) -> None:
    app = judged(tmp_path, **{CROSS_STACK: how})
    resources, members = cdk.Stack(app, "Resources"), cdk.Stack(app, "Members")
    user(members, domain(resources).attr_domain_id, wide_role(resources).role_arn)
    assert_followed(open_findings(app), users={"Members/User"}, roles={"Resources/Role/Resource"})
    assert intrinsic in template_of(app, "Members")


def test_from_stack_to_stack_without_the_flag(tmp_path: Path) -> None:
    app = judged(tmp_path, **{CROSS_STACK: None})
    resources, members = cdk.Stack(app, "Resources"), cdk.Stack(app, "Members")
    user(members, domain(resources).attr_domain_id, wide_role(resources).role_arn)
    assert_followed(open_findings(app), users={"Members/User"}, roles={"Resources/Role/Resource"})


@pytest.mark.parametrize("how", ["weak", "strong"])
def test_across_regions(tmp_path: Path, how: str) -> None:
    app = judged(tmp_path, **{CROSS_STACK: how})
    resources = cdk.Stack(app, "Resources", env=EUROPE, cross_region_references=True)
    members = cdk.Stack(app, "Members", env=AMERICA, cross_region_references=True)
    user(members, domain(resources).attr_domain_id, wide_role(resources).role_arn)
    assert_followed(open_findings(app), users={"Members/User"}, roles={"Resources/Role/Resource"})
    assert ("Custom::CrossRegionExportReader" in template_of(app, "Members")) == (how == "strong")


@pytest.mark.parametrize("how", ["weak", "strong"])
def test_equal_stack_names_in_two_regions(tmp_path: Path, how: str) -> None:
    app = judged(tmp_path, **{CROSS_STACK: how})
    for env, auth_mode in ((EUROPE, "IAM"), (AMERICA, "SSO")):
        resources = cdk.Stack(app, f"Resources-{env.region}", stack_name="resources", env=env)
        members = cdk.Stack(app, f"Members-{env.region}", stack_name="members", env=env)
        user(members, domain(resources, auth_mode).attr_domain_id, wide_role(resources).role_arn)
    assert_followed(
        open_findings(app),
        users={"Members-us-east-1/User"},
        roles={"Resources-eu-west-1/Role/Resource", "Resources-us-east-1/Role/Resource"},
    )


def test_a_region_is_named_where_two_stacks_have_the_name(tmp_path: Path) -> None:
    app = judged(tmp_path)
    beside = cdk.Stack(app, "Beside", stack_name="resources", env=AMERICA)
    resources = cdk.Stack(app, "Resources", stack_name="resources", env=EUROPE)
    members = cdk.Stack(app, "Members", env=AMERICA, cross_region_references=True)
    domain(beside, "IAM")
    user(members, domain(resources).attr_domain_id, wide_role(resources).role_arn)
    assert_followed(open_findings(app), users={"Members/User"}, roles={"Resources/Role/Resource"})


def test_explicit_stack_names(tmp_path: Path) -> None:
    app = judged(tmp_path)
    resources = cdk.Stack(app, "Resources", stack_name="acme-studio")
    members = cdk.Stack(app, "Members", stack_name="acme-users")
    user(members, domain(resources).attr_domain_id, wide_role(resources).role_arn)
    assert_followed(open_findings(app), users={"Members/User"}, roles={"Resources/Role/Resource"})


def test_stack_ids_with_dots_are_told_apart(tmp_path: Path) -> None:
    app = judged(tmp_path)
    for name in ("studio.dev", "studio.prod"):
        stack = cdk.Stack(app, name, stack_name=name.replace(".", "-"))
        home = domain(stack)
        home.kms_key_id = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/0123"
        if name == "studio.dev":
            file_system = cdk.Fn.get_att("Domain", "HomeEfsFileSystemId").to_string()
            arn = f"arn:aws:elasticfilesystem:eu-west-1:{ACCOUNT}:file-system/{file_system}"
            selection = {"iamRoleArn": ELSEWHERE, "selectionName": "home", "resources": [arn]}
            backup.CfnBackupSelection(stack, "Backup", backup_plan_id="plan", backup_selection=selection)
    assert of(open_findings(app), "HomeEfs") == {"studio.prod/Domain"}


def test_a_policy_in_a_third_stack(tmp_path: Path) -> None:
    app = judged(tmp_path)
    policies, roles, members = (cdk.Stack(app, id) for id in ("Policies", "Roles", "Members"))
    policy = iam.ManagedPolicy(policies, "Policy", statements=[iam.PolicyStatement(actions=["s3:*"], resources=["*"])])
    role = iam.Role(
        roles, "Role", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"), managed_policies=[policy]
    )
    role.add_to_policy(iam.PolicyStatement(actions=["sagemaker:*"], resources=["*"]))
    user(members, domain(members).attr_domain_id, role.role_arn)
    found = open_findings(app)
    assert ("Studio-NoWildcardAction[s3:*]", "Policies/Policy/Resource") in found
    assert ("Studio-NoWildcardAction[sagemaker:*]", "Roles/Role/DefaultPolicy/Resource") in found
    assert of(found, "ExecutionRoleInApp") == {"Members/Domain"}


def test_a_policy_that_another_stack_attaches(tmp_path: Path) -> None:
    app = judged(tmp_path)
    roles, policies = cdk.Stack(app, "Roles"), cdk.Stack(app, "Policies")
    role = iam.Role(roles, "Role", role_name="users", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))
    user(roles, domain(roles).attr_domain_id, role.role_arn)
    iam.CfnManagedPolicy(policies, "ByName", policy_document=WIDE, roles=["users"])
    iam.CfnManagedPolicy(policies, "ByReference", policy_document=WIDE, roles=[role.role_name])
    iam.CfnManagedPolicy(policies, "OfNobody", policy_document=WIDE, roles=["others"])
    assert of(open_findings(app), "NoWildcardAction") == {"Policies/ByName", "Policies/ByReference"}


def test_a_list_by_an_export(tmp_path: Path) -> None:
    app = judged(tmp_path)
    policies, members = cdk.Stack(app, "Policies"), cdk.Stack(app, "Members")
    cdk.CfnOutput(policies, "Arns", value=cdk.Fn.join(",", [FULL_ACCESS, READ_ONLY]), export_name="arns")
    arns = cdk.Fn.split(",", cdk.Fn.import_value("arns"))
    role = iam.CfnRole(members, "Role", assume_role_policy_document=TRUST, managed_policy_arns=arns)
    user(members, domain(members).attr_domain_id, role.attr_arn)
    assert of(open_findings(app), "NoFullAccess") == {"Members/Role"}


def test_by_parameter_store(tmp_path: Path) -> None:
    app = judged(tmp_path)
    resources, members = cdk.Stack(app, "Resources"), cdk.Stack(app, "Members")
    for name, value in {"/domain": domain(resources).attr_domain_id, "/role": wide_role(resources).role_arn}.items():
        ssm.StringParameter(resources, name.strip("/"), parameter_name=name, string_value=value)
    of_type = ssm.StringParameter.value_for_string_parameter(members, "/domain")
    imported = ssm.StringParameter.from_string_parameter_name(members, "Imported", "/domain").string_value
    versioned = cdk.CfnDynamicReference(cdk.CfnDynamicReferenceService.SSM, "/domain:1").to_string()
    user(members, of_type, "{{resolve:ssm:/role}}", "OfType")
    user(members, imported, "{{resolve:ssm:/role:1}}", "Imported1")
    user(members, "{{resolve:ssm:/domain}}", "{{resolve:ssm:/role}}", "Written")
    user(members, versioned, "{{resolve:ssm:/role}}", "Versioned")
    paths = {f"Members/{id}" for id in ("OfType", "Imported1", "Written", "Versioned")}
    assert_followed(open_findings(app), users=paths, roles={"Resources/Role/Resource"})
    assert "AWS::SSM::Parameter::Value<String>" in template_of(app, "Members")


def test_a_list_by_parameter_store(tmp_path: Path) -> None:
    app = judged(tmp_path)
    policies, members = cdk.Stack(app, "Policies"), cdk.Stack(app, "Members")
    ssm.StringListParameter(policies, "Arns", parameter_name="/arns", string_list_value=[FULL_ACCESS, READ_ONLY])
    arns = ssm.StringListParameter.value_for_typed_list_parameter(members, "/arns")
    role = iam.CfnRole(members, "Role", assume_role_policy_document=TRUST, managed_policy_arns=arns)
    user(members, domain(members).attr_domain_id, role.attr_arn)
    assert of(open_findings(app), "NoFullAccess") == {"Members/Role"}


def with_nested_stacks(scope: Construct) -> None:
    outer = cdk.Stack(scope, "Outer")
    first, third = cdk.NestedStack(outer, "First"), cdk.NestedStack(outer, "Third")
    second = cdk.NestedStack(first, "Second")
    domain_id, role_arn = domain(first).attr_domain_id, wide_role(third).role_arn
    for stack in (outer, second):
        user(stack, domain_id, role_arn)


NESTED = {"users": {"Outer/User", "Outer/First/Second/User"}, "roles": {"Outer/Third/Role/Resource"}}


def test_nested_stacks(tmp_path: Path) -> None:
    app = judged(tmp_path)
    with_nested_stacks(app)
    assert_followed(open_findings(app), **NESTED)


@pytest.mark.parametrize(
    "context",
    [
        {"aws:cdk:disable-asset-staging": True},
        {"aws:cdk:enable-path-metadata": False, "aws:cdk:enable-asset-metadata": False},
        {"aws:cdk:disable-metadata-stack-trace": True},
        {"@aws-cdk/core:newStyleStackSynthesis": False},
        {"@aws-cdk/core:suppressTemplateIndentation": True},
    ],
    ids=lambda context: "-".join(one.rpartition(":")[2] for one in context),
)
def test_nested_stacks_whatever_the_assembly_leaves_out(tmp_path: Path, context: dict[str, Any]) -> None:
    app = judged(tmp_path, **context)
    with_nested_stacks(app)
    assert_followed(open_findings(app), **NESTED)


def test_nested_stacks_are_reported_where_the_assembly_tells_no_logical_ids(tmp_path: Path) -> None:
    app = judged(tmp_path, **{NO_LOGICAL_IDS: True})
    with_nested_stacks(app)

    assert of(open_findings(app), "TemplatesInApp") != set()


def test_an_acknowledgement_is_not_stale_without_logical_ids(tmp_path: Path) -> None:
    app = judged(tmp_path, **{NO_LOGICAL_IDS: True})
    public = domain(cdk.Stack(app, "Studio"))
    cdk.Validations.of(public).acknowledge(cdk.Acknowledgment(id="Studio::Studio-VpcOnly", reason="a test"))
    found = open_findings(app)
    assert of(found, "VpcOnly") == set()
    assert of(found, "StaleAcknowledgement") == set()


def test_a_folder_with_spaces(tmp_path: Path) -> None:
    app = judged(tmp_path / "cdk out, of mine")
    with_nested_stacks(app)
    assert_followed(open_findings(app), **NESTED)


def test_parameters_and_outputs_of_a_nested_stack(tmp_path: Path) -> None:
    app = judged(tmp_path)
    outer = cdk.Stack(app, "Outer")
    inner = cdk.NestedStack(outer, "Inner", parameters={"Mode": "SSO"})
    mode = cdk.CfnParameter(inner, "Mode").value_as_string
    home = domain(inner, mode)
    cdk.CfnOutput(inner, "DomainId", value=home.attr_domain_id)
    cdk.CfnOutput(inner, "RoleArn", value=wide_role(inner).role_arn)
    resource = inner.nested_stack_resource
    assert isinstance(resource, cdk.CfnResource)
    outputs = [resource.get_att(f"Outputs.{name}").to_string() for name in ("DomainId", "RoleArn")]
    user(outer, *outputs)
    assert_followed(open_findings(app), users={"Outer/User"}, roles={"Outer/Inner/Role/Resource"})


def test_a_list_as_a_parameter_of_a_nested_stack(tmp_path: Path) -> None:
    app = judged(tmp_path)
    outer = cdk.Stack(app, "Outer")
    inner = cdk.NestedStack(outer, "Inner", parameters={"Arns": cdk.Fn.join(",", [FULL_ACCESS, READ_ONLY])})
    arns = cdk.CfnParameter(inner, "Arns", type="CommaDelimitedList").value_as_list
    role = iam.CfnRole(inner, "Role", assume_role_policy_document=TRUST, managed_policy_arns=arns)
    user(inner, domain(inner).attr_domain_id, role.attr_arn)
    assert of(open_findings(app), "NoFullAccess") == {"Outer/Inner/Role"}


def test_nested_stacks_of_two_stacks(tmp_path: Path) -> None:
    app = judged(tmp_path)
    one, other = (cdk.NestedStack(cdk.Stack(app, id), "Nested") for id in ("One", "Other"))
    user(other, domain(one).attr_domain_id, wide_role(one).role_arn)
    assert_followed(open_findings(app), users={"Other/Nested/User"}, roles={"One/Nested/Role/Resource"})


def test_a_nested_stack_from_elsewhere(tmp_path: Path) -> None:
    app = judged(tmp_path)
    stack = cdk.Stack(app, "Studio")
    elsewhere = cdk.CfnStack(stack, "Elsewhere", template_url="https://s3.amazonaws.com/templates/studio.json")
    user(stack, elsewhere.get_att("Outputs.DomainId").to_string())
    found = open_findings(app)
    assert of(found, "TemplatesInApp") == {"Studio/Elsewhere"}
    assert of(found, "DomainInApp") == {"Studio/User"}


@pytest.mark.parametrize("how", ["weak", "strong"])
def test_each_stage_has_its_own(tmp_path: Path, how: str) -> None:
    app = judged(tmp_path, **{CROSS_STACK: how})
    for id, account, auth_mode in (("Dev", ACCOUNT, "IAM"), ("Prod", OTHER_ACCOUNT, "SSO")):
        stage = cdk.Stage(app, id, env=cdk.Environment(account=account, region="eu-west-1"))
        resources = cdk.Stack(stage, "Resources", stack_name="resources")
        members = cdk.Stack(stage, "Members", stack_name="members")
        cdk.CfnOutput(resources, "Id", value=domain(resources, auth_mode).attr_domain_id, export_name="domain-id")
        role = wide_role(cdk.NestedStack(resources, "Nested"))
        user(members, cdk.Fn.import_value("domain-id"), role.role_arn)
        user(cdk.NestedStack(members, "Nested"), cdk.Fn.import_value("domain-id"), role.role_arn)
    assert_followed(
        open_findings(app),
        users={"Prod/Members/User", "Prod/Members/Nested/User"},
        roles={"Dev/Resources/Nested/Role/Resource", "Prod/Resources/Nested/Role/Resource"},
    )


def test_stages_without_accounts_have_their_own(tmp_path: Path) -> None:
    app = judged(tmp_path)
    for id, auth_mode in (("Dev", "IAM"), ("Prod", "SSO")):
        stage = cdk.Stage(app, id)
        resources = cdk.Stack(stage, "Resources", stack_name="resources")
        members = cdk.Stack(stage, "Members", stack_name="members")
        domain_id = domain(resources, auth_mode).attr_domain_id
        ssm.StringParameter(resources, "Id", parameter_name="/domain", string_value=domain_id)
        iam.CfnRole(
            resources,
            "Role",
            role_name="users",
            assume_role_policy_document=TRUST,
            managed_policy_arns=[FULL_ACCESS],
        )
        user(members, "{{resolve:ssm:/domain}}", f"arn:aws:iam::{ACCOUNT}:role/users")
    assert_followed(
        open_findings(app), users={"Prod/Members/User"}, roles={"Dev/Resources/Role", "Prod/Resources/Role"}
    )


def test_a_stage_in_a_stage(tmp_path: Path) -> None:
    app = judged(tmp_path)
    stage = cdk.Stage(cdk.Stage(app, "Emea"), "Prod")
    resources, members = cdk.Stack(stage, "Resources"), cdk.NestedStack(cdk.Stack(stage, "Members"), "Nested")
    user(members, domain(resources).attr_domain_id, wide_role(resources).role_arn)
    assert_followed(
        open_findings(app), users={"Emea/Prod/Members/Nested/User"}, roles={"Emea/Prod/Resources/Role/Resource"}
    )


def test_the_pack_of_a_stage_alone(tmp_path: Path) -> None:
    app = unfailing_app(tmp_path)
    stage = cdk.Stage(app, "Prod")
    with_nested_stacks(stage)
    with_nested_stacks(app)
    cdk.Validations.of(stage).add_plugins(StudioChecks(stage))
    found = open_findings(app)
    assert_followed(found, users={f"Prod/{one}" for one in NESTED["users"]}, roles={"Prod/Outer/Third/Role/Resource"})
    assert all(path.startswith("Prod/") for _, path in found)


def test_stacks_anywhere_in_the_tree(tmp_path: Path) -> None:
    app = judged(tmp_path)
    outer = cdk.Stack(app, "Outer")
    within, deep = cdk.Stack(outer, "Within"), cdk.Stack(Construct(app, "Group"), "Deep")
    user(within, domain(deep).attr_domain_id, wide_role(outer).role_arn)
    assert_followed(open_findings(app), users={"Outer/Within/User"}, roles={"Outer/Role/Resource"})


@pytest.mark.parametrize(
    "synthesizer", [cdk.LegacyStackSynthesizer, cdk.BootstraplessSynthesizer, cdk.CliCredentialsStackSynthesizer]
)
def test_other_synthesizers(tmp_path: Path, synthesizer: Any) -> None:
    app = judged(tmp_path)
    resources = cdk.Stack(app, "Resources", synthesizer=synthesizer())
    members = cdk.NestedStack(cdk.Stack(app, "Members"), "Nested")
    user(members, domain(resources).attr_domain_id, wide_role(resources).role_arn)
    assert_followed(open_findings(app), users={"Members/Nested/User"}, roles={"Resources/Role/Resource"})


def test_included_templates(tmp_path: Path) -> None:
    profile = {"Type": "AWS::SageMaker::UserProfile", "Properties": {"UserProfileName": "u", "DomainId": {"Ref": "Id"}}}
    settings = {"ExecutionRole": ELSEWHERE}
    home = {"AuthMode": {"Ref": "Mode"}, "DomainName": "d", "DefaultUserSettings": settings}
    child = {"Parameters": {"Id": {"Type": "String"}}, "Resources": {"User": profile}}
    parent = {
        "Parameters": {"Mode": {"Type": "String"}},
        "Resources": {
            "Domain": {"Type": "AWS::SageMaker::Domain", "Properties": home},
            "Child": {
                "Type": "AWS::CloudFormation::Stack",
                "Properties": {"TemplateURL": "child.json", "Parameters": {"Id": {"Ref": "Domain"}}},
            },
        },
    }
    files = [tmp_path / "parent.json", tmp_path / "child.json"]
    for file, body in zip(files, (parent, child), strict=True):
        file.write_text(json.dumps(body))
    app = judged(tmp_path / "out")
    stack, members = cdk.Stack(app, "Studio"), cdk.Stack(app, "Members")
    included = include.CfnInclude(
        stack,
        "Included",
        template_file=str(files[0]),
        parameters={"Mode": "SSO"},
        load_nested_stacks={"Child": include.CfnIncludeProps(template_file=str(files[1]))},
    )
    user(members, included.get_resource("Domain").ref)
    found = open_findings(app)
    assert of(found, "SsoUser") == {"Studio/Included/Child/Child/User", "Members/User"}
    assert of(found, "DomainInApp") == of(found, "TemplatesInApp") == set()


@pytest.mark.parametrize("what", ["nothing", "an empty stage", "an empty stack"])
def test_apps_with_nothing_in_them(tmp_path: Path, what: str) -> None:
    app = judged(tmp_path)
    if what == "an empty stage":
        cdk.Stage(app, "Prod")
    elif what == "an empty stack":
        cdk.Stack(app, "Studio")
    assert open_findings(app) == set()


def test_a_parameter_is_unresolved(tmp_path: Path) -> None:
    app = judged(tmp_path)
    stack = cdk.Stack(app, "Studio")
    mode = cdk.CfnParameter(stack, "Mode", default="SSO").value_as_string
    user(stack, domain(stack, mode).attr_domain_id)
    assert ("Studio-SsoUser[Unresolved]", "Studio/Domain") in open_findings(app)


def test_a_condition_around_a_policy_document(tmp_path: Path) -> None:
    app = judged(tmp_path)
    stack = cdk.Stack(app, "Studio")
    cdk.CfnCondition(stack, "Wide", expression=cdk.Fn.condition_equals(cdk.Aws.REGION, "eu-west-1"))
    document = cdk.Fn.condition_if("Wide", WIDE, {"Statement": []})
    inline = iam.CfnRole.PolicyProperty(policy_name="data", policy_document=document)
    role = iam.CfnRole(stack, "Role", assume_role_policy_document=TRUST, policies=[inline])
    user(stack, domain(stack).attr_domain_id, role.attr_arn)
    assert of(open_findings(app), "NoWildcardAction") == {"Studio/Role"}


def test_a_condition_in_an_iam_condition(tmp_path: Path) -> None:
    app = judged(tmp_path)
    stack = cdk.Stack(app, "Studio")
    cdk.CfnCondition(stack, "Tagged", expression=cdk.Fn.condition_equals(cdk.Aws.REGION, "eu-west-1"))
    tag = {"aws:ResourceTag/team": "research"}
    binding = cdk.Fn.condition_if("Tagged", tag, cdk.Aws.NO_VALUE)
    role = wide_role(stack)
    role.add_to_policy(
        iam.PolicyStatement(actions=["sagemaker:CreateSpace"], resources=["*"], conditions={"StringEquals": binding})
    )
    user(stack, domain(stack).attr_domain_id, role.role_arn)
    found = open_findings(app)
    assert "Crash" not in {id for id, _ in found}
    assert of(found, "OwnerConditions") == {"Studio/Role/DefaultPolicy/Resource"}


def test_a_port_that_a_database_tells(tmp_path: Path) -> None:
    app = judged(tmp_path)
    stack = cdk.Stack(app, "Studio")
    vpc = Vpc(stack, "Vpc", nat_gateways=0, restrict_default_security_group=False)
    database = rds.DatabaseInstance(
        stack,
        "Database",
        engine=rds.DatabaseInstanceEngine.POSTGRES,
        vpc=vpc,
        vpc_subnets=SubnetSelection(subnet_type=SubnetType.PRIVATE_ISOLATED),
    )
    database.connections.allow_default_port_from_any_ipv4()
    assert "Crash" not in {id for id, _ in open_findings(app)}


def test_an_idle_time_that_a_custom_resource_tells(tmp_path: Path) -> None:
    app = judged(tmp_path)
    stack = cdk.Stack(app, "Studio")
    policy = cdk.CustomResource(stack, "Policy", service_token=f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:policy")
    minutes = cdk.Token.as_number(policy.get_att("Minutes"))
    idle = {"idleSettings": {"lifecycleManagement": "ENABLED", "idleTimeoutInMinutes": minutes}}
    settings = {"executionRole": ELSEWHERE, "jupyterLabAppSettings": {"appLifecycleManagement": idle}}
    home = domain(stack)
    home.default_user_settings = settings
    found = open_findings(app)
    assert "Crash" not in {id for id, _ in found}
    assert ("Studio-IdleShutdown[Unresolved]", "Studio/Domain") in found
