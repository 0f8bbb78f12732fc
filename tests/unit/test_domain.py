from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import Size
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Match, Template

from constructs_lib import (
    AuthMode,
    Domain,
    DomainEncryption,
    ExecutionRole,
    IdleShutdown,
    InstanceType,
    JupyterLab,
    LifecycleConfig,
    NetworkAccess,
    SpaceSettings,
    SpaceStorage,
    TeamExecutionRole,
    UserProfile,
    UserSettings,
)
from tests.templates import properties, resources, template_of
from tests.unit.access.policies import attached_to, policies, role_of

DOMAIN = "AWS::SageMaker::Domain"
NOTHING_OFFERED = {"CustomImages": [], "LifecycleConfigArns": []}


def test_default_name_is_the_id_in_lower_case(stack: cdk.Stack, network: NetworkAccess) -> None:
    Domain(stack, "Research-1", network=network)

    assert properties(template_of(stack), DOMAIN)["DomainName"] == "research-1"


def test_vpc_of_plain_ids_makes_no_warning(stack: cdk.Stack, domain: Domain) -> None:
    rendered = properties(template_of(stack), DOMAIN)

    assert (rendered["VpcId"], rendered["SubnetIds"]) == ("vpc-0a1b2c3d", ["subnet-0a1b2c3d"])
    assert rendered["AppNetworkAccessType"] == "VpcOnly"
    assert cdk.assertions.Annotations.from_stack(stack).find_warning("*", Match.any_value()) == []


def test_vpc_only_in_a_vpc_selects_subnets_and_defines_a_closed_security_group(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    subnets = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED, one_per_az=True)
    Domain(stack, "Studio", network=NetworkAccess.vpc_only(vpc, vpc_subnets=subnets))

    template = template_of(stack)
    (group,) = resources(template, "AWS::EC2::SecurityGroup")
    rendered = properties(template, DOMAIN)
    assert rendered["SubnetIds"] == [
        {"Ref": "VpcIsolatedSubnet1SubnetE48C5737"},
        {"Ref": "VpcIsolatedSubnet2Subnet16364B91"},
    ]
    assert rendered["DefaultUserSettings"]["SecurityGroups"] == [{"Fn::GetAtt": [group, "GroupId"]}]
    assert rendered["DefaultSpaceSettings"]["SecurityGroups"] == [{"Fn::GetAtt": [group, "GroupId"]}]
    assert "SecurityGroupIngress" not in template["Resources"][group]["Properties"]


def test_public_internet_needs_no_security_group(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    Domain(stack, "Studio", network=NetworkAccess.public_internet(vpc))

    rendered = properties(template_of(stack), DOMAIN)
    assert rendered["AppNetworkAccessType"] == "PublicInternetOnly"
    assert "SecurityGroups" not in rendered["DefaultUserSettings"]


def test_a_rule_for_the_domain_stands_with_whoever_asks_for_it(app: cdk.App, stack: cdk.Stack, domain: Domain) -> None:
    other = cdk.Stack(app, "Other")
    vpc = ec2.Vpc.from_vpc_attributes(other, "Vpc", vpc_id="vpc-0a1b2c3d", availability_zones=["eu-west-1a"])
    ec2.SecurityGroup(other, "Database", vpc=vpc).connections.allow_to(domain, ec2.Port.HTTPS)

    assert not resources(template_of(stack), "AWS::EC2::SecurityGroupIngress"), "else this stack needs the other"
    assert len(resources(template_of(other), "AWS::EC2::SecurityGroupIngress")) == 1


def test_connections_open_the_security_groups(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    domain = Domain(stack, "Studio", network=NetworkAccess.vpc_only(vpc))

    domain.connections.allow_from(ec2.Peer.ipv4("10.1.0.0/16"), ec2.Port.HTTPS)
    ec2.SecurityGroup(stack, "Database", vpc=vpc).connections.allow_from(domain, ec2.Port.POSTGRES)

    template = Template.from_stack(stack)
    template.has_resource_properties(
        "AWS::EC2::SecurityGroup", {"SecurityGroupIngress": [Match.object_like({"CidrIp": "10.1.0.0/16"})]}
    )
    template.has_resource_properties("AWS::EC2::SecurityGroupIngress", {"FromPort": 5432})


def test_key_is_customer_managed_and_rotated_by_default(stack: cdk.Stack, domain: Domain) -> None:
    template = template_of(stack)

    (key,) = resources(template, "AWS::KMS::Key")
    assert template["Resources"][key]["Properties"]["EnableKeyRotation"] is True
    assert properties(template, DOMAIN)["KmsKeyId"] == {"Fn::GetAtt": [key, "Arn"]}


def test_given_key_is_used(stack: cdk.Stack, network: NetworkAccess) -> None:
    arn = "arn:aws:kms:eu-west-1:123456789012:key/abc"
    key = kms.Key.from_key_arn(stack, "Key", arn)

    domain = Domain(stack, "Studio", network=network, encryption=DomainEncryption.customer_managed(key))

    template = template_of(stack)
    assert domain.encryption_key is key
    assert properties(template, DOMAIN)["KmsKeyId"] == arn
    assert not resources(template, "AWS::KMS::Key")


def test_aws_managed_key_is_no_key_and_no_statement(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, encryption=DomainEncryption.aws_managed())
    domain.add_user_profile("Alice")

    template = template_of(stack)
    assert domain.encryption_key is None
    assert "KmsKeyId" not in properties(template, DOMAIN)
    assert "kms:" not in str(template)


@pytest.mark.parametrize(("home_efs", "creation"), [(False, "Disabled"), (True, "Enabled")])
def test_home_file_system_is_made_on_demand(
    home_efs: bool, creation: str, stack: cdk.Stack, network: NetworkAccess
) -> None:
    Domain(stack, "Studio", network=network, home_efs=home_efs)

    assert properties(template_of(stack), DOMAIN)["HomeEfsFileSystemCreation"] == creation


def test_portal_is_studio_and_outputs_cannot_be_shared(stack: cdk.Stack, domain: Domain) -> None:
    rendered = properties(template_of(stack), DOMAIN)

    assert rendered["TagPropagation"] == "ENABLED"
    settings = rendered["DefaultUserSettings"]
    assert (settings["StudioWebPortal"], settings["DefaultLandingUri"]) == ("ENABLED", "studio::")
    assert settings["StudioWebPortalSettings"] == {
        "HiddenAppTypes": ["JupyterServer"],
        "HiddenInstanceTypes": [],
        "HiddenMlTools": [],
        "HiddenSageMakerImageVersionAliases": [],
    }
    assert settings["SharingSettings"] == {"NotebookOutputOption": "Disabled"}


def test_default_role_is_fenced_and_allowed_nothing(stack: cdk.Stack, domain: Domain) -> None:
    template = template_of(stack)

    role = properties(template, DOMAIN)["DefaultUserSettings"]["ExecutionRole"]["Fn::GetAtt"][0]
    attached = attached_to(template, role)
    assert attached == {"StudioDefaultFence", "StudioUserFence"}
    found = policies(template)
    assert {statement["Effect"] for path in attached for statement in found[path].values()} == {"Deny"}


def test_shared_spaces_have_a_role_of_their_own_that_has_nothing_of_a_user(stack: cdk.Stack, domain: Domain) -> None:
    template = template_of(stack)

    role = properties(template, DOMAIN)["DefaultSpaceSettings"]["ExecutionRole"]["Fn::GetAtt"][0]
    assert role != properties(template, DOMAIN)["DefaultUserSettings"]["ExecutionRole"]["Fn::GetAtt"][0]
    assert attached_to(template, role) == {"StudioSpaceUse", "StudioSpaceFence", "StudioUserFence"}
    found = policies(template)
    assert found["StudioSpaceUse"].keys() == {"Describe", "Logs", "GrantVolumeKey", "DescribeVolumeKey"}
    assert found["StudioSpaceFence"]["OnlyPassableRoles"]["NotResource"] == {"Fn::GetAtt": [role, "Arn"]}


def test_given_role_of_shared_spaces_is_fenced_and_given_default_role_is_left_alone(
    stack: cdk.Stack, network: NetworkAccess
) -> None:
    Domain(
        stack,
        "Studio",
        network=network,
        default_user_settings=UserSettings(execution_role=ExecutionRole(stack, "User")),
        default_space_settings=SpaceSettings(execution_role=ExecutionRole(stack, "Space")),
    )

    template = template_of(stack)
    assert attached_to(template, role_of(template, "User")) == set()
    assert attached_to(template, role_of(template, "Space")) == {
        "StudioSpaceUse",
        "StudioSpaceFence",
        "StudioUserFence",
    }


def test_fence_that_one_policy_cannot_hold_is_several_that_every_role_carries(
    stack: cdk.Stack, network: NetworkAccess
) -> None:
    arns = [
        f"arn:aws:sagemaker:eu-west-1:123456789012:studio-lifecycle-config/{'a' * 60}{number}" for number in range(40)
    ]
    domain = Domain(
        stack,
        "Studio",
        network=network,
        allowed_lifecycle_configs=[LifecycleConfig.from_lifecycle_config_arn(arn) for arn in arns],
    )
    domain.add_user_profile("Alice")

    template = template_of(stack)
    found = policies(template)
    assert found["StudioUserFence2"].keys() == {"OnlyAllowedLifecycleConfigs"}
    for role in ("StudioDefaultExecutionRole", "StudioSpaceExecutionRole", "StudioAliceExecutionRole"):
        assert attached_to(template, role_of(template, role)) > {"StudioUserFence", "StudioUserFence2"}
    assert [stack.resolve(one.managed_policy_arn)["Ref"][:-8] for one in domain.user_policies] == [
        "StudioUserUse",
        "StudioUserFence",
        "StudioUserFence2",
    ]


def test_given_roles_are_used(stack: cdk.Stack, network: NetworkAccess) -> None:
    user_role, space_role = ExecutionRole(stack, "User"), ExecutionRole(stack, "Space")

    domain = Domain(
        stack,
        "Studio",
        network=network,
        default_user_settings=UserSettings(execution_role=user_role),
        default_space_settings=SpaceSettings(execution_role=space_role),
    )

    assert (domain.default_execution_role, domain.space_execution_role) == (user_role, space_role)
    assert len(resources(template_of(stack), "AWS::IAM::Role")) == 2


def test_settings_that_say_something_keep_the_defaults_of_the_rest(stack: cdk.Stack, network: NetworkAccess) -> None:
    Domain(
        stack,
        "Studio",
        network=network,
        default_user_settings=UserSettings(
            jupyter_lab=JupyterLab(
                instance_type=InstanceType.ML_M5_LARGE, code_repositories=["https://github.com/example/churn"]
            ),
            storage=SpaceStorage(maximum=Size.gibibytes(50)),
        ),
    )

    settings = properties(template_of(stack), DOMAIN)["DefaultUserSettings"]
    idle = {"IdleSettings": {"IdleTimeoutInMinutes": 120, "LifecycleManagement": "ENABLED"}}
    assert settings["JupyterLabAppSettings"] == {
        "AppLifecycleManagement": idle,
        **NOTHING_OFFERED,
        "CodeRepositories": [{"RepositoryUrl": "https://github.com/example/churn"}],
        "DefaultResourceSpec": {"InstanceType": "ml.m5.large"},
    }
    assert settings["CodeEditorAppSettings"] == {"AppLifecycleManagement": idle, **NOTHING_OFFERED}
    assert settings["SpaceStorageSettings"]["DefaultEbsStorageSettings"] == {
        "DefaultEbsVolumeSizeInGb": 20,
        "MaximumEbsVolumeSizeInGb": 50,
    }


def test_idle_shutdown_can_be_disabled(stack: cdk.Stack, network: NetworkAccess) -> None:
    lab = JupyterLab(idle_shutdown=IdleShutdown.disabled())
    Domain(stack, "Studio", network=network, default_user_settings=UserSettings(jupyter_lab=lab))

    settings = properties(template_of(stack), DOMAIN)["DefaultUserSettings"]
    assert settings["JupyterLabAppSettings"]["AppLifecycleManagement"] == {
        "IdleSettings": {"LifecycleManagement": "DISABLED"}
    }


def test_types_that_are_not_allowed_are_hidden_and_denied(stack: cdk.Stack, network: NetworkAccess) -> None:
    allowed = [InstanceType.ML_T3_MEDIUM, InstanceType.of("ml.g9.xlarge")]
    Domain(stack, "Studio", network=network, allowed_instance_types=allowed)

    template = template_of(stack)
    hidden = properties(template, DOMAIN)["DefaultUserSettings"]["StudioWebPortalSettings"]["HiddenInstanceTypes"]
    assert {"ml.t3.medium", "system"}.isdisjoint(hidden)
    assert {"ml.t3.large", "ml.g5.xlarge", "ml.geospatial.interactive"} < set(hidden)
    denial = policies(template)["StudioUserFence"]["OnlyAllowedInstanceTypes"]
    assert denial["Effect"] == "Deny"
    assert denial["Condition"] == {
        "ForAnyValue:StringNotEquals": {"sagemaker:InstanceTypes": ["ml.t3.medium", "ml.g9.xlarge"]}
    }


def test_tags_reach_all_that_is_added(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, tags={"team": "churn"})
    domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab())

    template = template_of(stack)
    for resource_type in (DOMAIN, "AWS::SageMaker::UserProfile", "AWS::SageMaker::Space", "AWS::KMS::Key"):
        assert properties(template, resource_type)["Tags"] == [{"Key": "team", "Value": "churn"}]


def test_attributes_resolve_to_those_of_the_resource(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, auth_mode=AuthMode.SSO, home_efs=True, tag_propagation=False)

    def attribute(value: str) -> object:
        return stack.resolve(value)["Fn::GetAtt"][1]

    assert attribute(domain.domain_id) == "DomainId"
    assert attribute(domain.domain_url) == "Url"
    assert attribute(domain.home_efs_file_system_id) == "HomeEfsFileSystemId"
    assert attribute(domain.single_sign_on_application_arn) == "SingleSignOnApplicationArn"
    assert properties(template_of(stack), DOMAIN)["TagPropagation"] == "DISABLED"


def test_imported_domain_takes_profiles_and_spaces(stack: cdk.Stack) -> None:
    key = kms.Key.from_key_arn(stack, "Key", "arn:aws:kms:eu-west-1:123456789012:key/abc")
    domain = Domain.from_domain_attributes(
        stack,
        "Shared",
        domain_id="d-abc123",
        auth_mode=AuthMode.IAM,
        encryption_key=key,
        allowed_instance_types=[InstanceType.ML_T3_MEDIUM],
    )
    domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab())

    template = template_of(stack)
    assert properties(template, "AWS::SageMaker::UserProfile")["DomainId"] == "d-abc123"
    assert properties(template, "AWS::SageMaker::Space")["DomainId"] == "d-abc123"
    role = role_of(template, "SharedAliceExecutionRole")
    own = {f"SharedAlice{name}" for name in ("Use", "Fence", "UserUse", "UserFence")}
    assert attached_to(template, role) == own == policies(template).keys()
    assert "GrantVolumeKey" in policies(template)["SharedAliceUserUse"]
    assert "OnlyAllowedInstanceTypes" in policies(template)["SharedAliceUserFence"]
    assert not resources(template, DOMAIN)
    assert all(one["DeletionPolicy"] == "RetainExceptOnCreate" for one in template["Resources"].values())


def test_policies_for_users_of_an_import_are_carried_in_place_of_own_ones(stack: cdk.Stack) -> None:
    given = [iam.ManagedPolicy.from_managed_policy_name(stack, name, name) for name in ("use", "fence", "fence2")]
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123", user_policies=given)
    domain.add_user_profile("Alice")
    TeamExecutionRole(stack, "Team", domain=domain)

    template = template_of(stack)
    arns = [stack.resolve(one.managed_policy_arn) for one in given]
    assert domain.user_policies == tuple(given)
    for role in resources(template, "AWS::IAM::Role").values():
        assert role["Properties"]["ManagedPolicyArns"] == arns
    assert policies(template).keys() == {"SharedAliceUse", "SharedAliceFence", "TeamUse", "TeamFence"}


def test_profile_in_another_stack_refers_to_the_domain(app: cdk.App, stack: cdk.Stack, domain: Domain) -> None:
    users = cdk.Stack(app, "Users")
    UserProfile(users, "Alice", domain=domain)

    app.synth()

    assert "Fn::GetStackOutput" in properties(template_of(users), "AWS::SageMaker::UserProfile")["DomainId"]
    assert stack in users.dependencies


def test_imported_role_of_shared_spaces_is_left_as_it_is(stack: cdk.Stack, network: NetworkAccess) -> None:
    arn = "arn:aws:iam::123456789012:role/studio/shared"
    role = ExecutionRole.from_execution_role_arn(stack, "Role", arn)
    Domain(stack, "Studio", network=network, default_space_settings=SpaceSettings(execution_role=role))

    template = template_of(stack)
    assert properties(template, DOMAIN)["DefaultSpaceSettings"]["ExecutionRole"] == arn
    assert policies(template).keys() == {"StudioDefaultFence", "StudioUserUse", "StudioUserFence"}


def test_security_groups_of_settings_take_the_place_of_the_networks(stack: cdk.Stack, network: NetworkAccess) -> None:
    users, spaces = (
        ec2.SecurityGroup.from_security_group_id(stack, name, f"sg-0a1b2c3{digit}")
        for digit, name in enumerate(("users", "spaces"))
    )
    Domain(
        stack,
        "Studio",
        network=network,
        default_user_settings=UserSettings(security_groups=[users]),
        default_space_settings=SpaceSettings(security_groups=[spaces]),
    )

    rendered = properties(template_of(stack), DOMAIN)
    assert rendered["DefaultUserSettings"]["SecurityGroups"] == ["sg-0a1b2c30"]
    assert rendered["DefaultSpaceSettings"]["SecurityGroups"] == ["sg-0a1b2c31"]


def test_rules_between_groups_are_kept_with_them(stack: cdk.Stack, domain: Domain) -> None:
    other = ec2.SecurityGroup.from_security_group_id(stack, "Other", "sg-0a1b2c3d")
    domain.connections.allow_from(other, ec2.Port.HTTPS)
    domain.connections.allow_internally(ec2.Port.HTTPS)

    (rule, *_) = resources(template_of(stack), "AWS::EC2::SecurityGroupIngress").values()
    assert rule["DeletionPolicy"] == "RetainExceptOnCreate"
