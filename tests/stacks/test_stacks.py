from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from stacks.load_settings import load_settings
from stacks.schema import schema_text
from stacks.settings_file import SettingsFile
from stacks.users import MAXIMUM_RESOURCES, MAXIMUM_USERS, count_resources
from tests.conftest import ROOT
from tests.stacks.test_wrong_settings import many_users
from tests.studios import REFERENCE, TEAMS, synthesized, written
from tests.templates import Template, properties, resources

DOMAIN, PROFILE, SPACE = (f"AWS::SageMaker::{name}" for name in ("Domain", "UserProfile", "Space"))
DRAIN = "Custom::StudioDrain"
ROLE, POLICY = "AWS::IAM::Role", "AWS::IAM::ManagedPolicy"
CDK_WARNS_FROM = 800_000  # bytes of a template; CloudFormation takes 1 MB, and STRICT=1 stops at warnings


def templates_of(keys: str, tmp_path: Path, rest: str = "users: [{name: alice}]") -> dict[str, Template]:
    return synthesized(written(tmp_path, f"domain: {{name: research, {keys}}}\n{rest}"), tmp_path / "out")


def domain_of(keys: str, tmp_path: Path, rest: str = "users: [{name: alice}]") -> dict[str, Any]:
    return properties(templates_of(keys, tmp_path, rest)["research-studio"], DOMAIN)


def test_least_settings_make_three_stacks(tmp_path: Path) -> None:
    templates = templates_of("", tmp_path)

    assert set(templates) == {"research-network", "research-studio", "research-users-1"}


def test_without_users_there_is_no_users_stack(tmp_path: Path) -> None:
    assert set(templates_of("", tmp_path, "")) == {"research-network", "research-studio"}


def test_given_vpc_makes_no_network_stack(tmp_path: Path) -> None:
    vpc = "vpc: {vpc_id: vpc-0a1b2c3d, subnet_ids: [subnet-0a1b2c3d], security_group_ids: [sg-0a1b2c3d]}"
    templates = templates_of(vpc, tmp_path)

    rendered = properties(templates["research-studio"], DOMAIN)
    assert "research-network" not in templates
    assert (rendered["VpcId"], rendered["SubnetIds"]) == ("vpc-0a1b2c3d", ["subnet-0a1b2c3d"])
    assert rendered["DefaultUserSettings"]["SecurityGroups"] == ["sg-0a1b2c3d"]


def test_defined_vpc_has_no_way_out_and_the_endpoints_of_studio(tmp_path: Path) -> None:
    network = templates_of("", tmp_path)["research-network"]

    types = {one["Type"] for one in network["Resources"].values()}
    assert types.isdisjoint({"AWS::EC2::NatGateway", "AWS::EC2::InternetGateway", "AWS::Lambda::Function"})
    assert "AWS::EC2::FlowLog" in types
    assert len(resources(network, "AWS::EC2::Subnet")) == 2
    services = json.dumps(
        [one["Properties"]["ServiceName"] for one in resources(network, "AWS::EC2::VPCEndpoint").values()]
    )
    assert all(name in services for name in (".s3", ".sagemaker.api", ".sagemaker.runtime", ".studio", ".sts", ".logs"))


def test_public_internet_needs_no_endpoints_but_keeps_its_log(tmp_path: Path) -> None:
    network = templates_of("network_access: PublicInternetOnly", tmp_path)["research-network"]

    assert not resources(network, "AWS::EC2::VPCEndpoint")
    assert properties(network, "AWS::Logs::LogGroup")["RetentionInDays"] == 365


def test_endpoints_let_nothing_out_and_the_vpc_in(tmp_path: Path) -> None:
    group = properties(templates_of("", tmp_path)["research-network"], "AWS::EC2::SecurityGroup")

    assert [rule["CidrIp"] for rule in group["SecurityGroupEgress"]] == ["255.255.255.255/32"]
    assert [(rule["CidrIp"], rule["FromPort"]) for rule in group["SecurityGroupIngress"]] == [("10.0.0.0/16", 443)]


def test_keys_of_a_space_mean_what_they_say(tmp_path: Path) -> None:
    keys = "app: CodeEditor, instance_type: ml.m5.large, storage_gb: 30, idle_shutdown_minutes: 90"
    arn = "arn:aws:sagemaker:eu-west-1:123456789012:image-version/team/3"
    rest = f"users: [{{name: alice, spaces: [{{name: lab, {keys}, image: '{arn}'}}]}}]"
    template = templates_of("", tmp_path, rest)["research-users-1"]

    assert properties(template, SPACE)["SpaceSettings"] == {
        "AppType": "CodeEditor",
        "CodeEditorAppSettings": {
            "AppLifecycleManagement": {"IdleSettings": {"IdleTimeoutInMinutes": 90}},
            "DefaultResourceSpec": {"InstanceType": "ml.m5.large", "SageMakerImageVersionArn": arn},
        },
        "SpaceStorageSettings": {"EbsStorageSettings": {"EbsVolumeSizeInGb": 30}},
    }


def test_default_security_group_is_never_used(tmp_path: Path) -> None:
    assert "DefaultSecurityGroup" not in json.dumps(templates_of("", tmp_path))


@pytest.mark.parametrize(
    ("keys", "path", "value"),
    [
        ("", "AuthMode", "IAM"),
        ("", "AppNetworkAccessType", "VpcOnly"),
        ("network_access: PublicInternetOnly", "AppNetworkAccessType", "PublicInternetOnly"),
        ("", "HomeEfsFileSystemCreation", "Disabled"),
        ("home_efs: yes", "HomeEfsFileSystemCreation", "Enabled"),
        ("encryption: {key_arn: 'arn:aws:kms:eu-west-1:123456789012:key/mrk-0123456789abcdef0123456789abcdef'}", "KmsKeyId", "arn:aws:kms:eu-west-1:123456789012:key/mrk-0123456789abcdef0123456789abcdef"),
        ("encryption: AwsManaged", "KmsKeyId", None),
        ("", "DomainSettings/DockerSettings/EnableDockerAccess", "DISABLED"),
        ("", "DomainSettings/ExecutionRoleIdentityConfig", None),
        ("source_identity: true", "DomainSettings/ExecutionRoleIdentityConfig", "USER_PROFILE_NAME"),
        ("storage: {default_gb: 30, maximum_gb: 300}", "DefaultUserSettings/SpaceStorageSettings/DefaultEbsStorageSettings/MaximumEbsVolumeSizeInGb", 300),
        ("storage: {default_gb: 30, maximum_gb: 300}", "DefaultSpaceSettings/SpaceStorageSettings/DefaultEbsStorageSettings/DefaultEbsVolumeSizeInGb", 30),
        ("storage: {maximum_gb: 10}", "DefaultUserSettings/SpaceStorageSettings/DefaultEbsStorageSettings/DefaultEbsVolumeSizeInGb", 10),
        ("storage: {default_gb: 150}", "DefaultUserSettings/SpaceStorageSettings/DefaultEbsStorageSettings/MaximumEbsVolumeSizeInGb", 150),
        ("idle_shutdown_minutes: 90", "DefaultUserSettings/CodeEditorAppSettings/AppLifecycleManagement/IdleSettings/IdleTimeoutInMinutes", 90),
        ("idle_shutdown_minutes: off", "DefaultUserSettings/JupyterLabAppSettings/AppLifecycleManagement/IdleSettings/LifecycleManagement", "DISABLED"),
        ("idle_shutdown_minutes: 'off'", "DefaultSpaceSettings/JupyterLabAppSettings/AppLifecycleManagement/IdleSettings/LifecycleManagement", "DISABLED"),
    ],
)  # fmt: skip
def test_key_of_the_domain_means_what_it_says(keys: str, path: str, value: object, tmp_path: Path) -> None:
    found: Any = domain_of(keys, tmp_path)
    for step in path.split("/"):
        found = found.get(step)

    assert found == value


@pytest.mark.parametrize(
    ("types", "default"),
    [
        ("[ml.m5.large, ml.g5.xlarge]", "ml.m5.large"),
        ("[ml.g5.xlarge, ml.m5.large]", "ml.g5.xlarge"),
        ("[ml.m5.large, ml.t3.medium]", None),
    ],
)
def test_first_type_is_the_default_unless_studios_own_is_among_them(
    types: str, default: str | None, tmp_path: Path
) -> None:
    rest = (
        "users: [{name: alice, spaces: [{name: lab, app: JupyterLab}]}]\n"
        "shared_spaces: [{name: churn, owner: alice, app: JupyterLab}]"
    )
    rendered = domain_of(f"instance_types: {types}", tmp_path, rest)

    specs = [
        rendered[settings][app].get("DefaultResourceSpec")
        for settings, app in (
            ("DefaultUserSettings", "JupyterLabAppSettings"),
            ("DefaultUserSettings", "CodeEditorAppSettings"),
            ("DefaultSpaceSettings", "JupyterLabAppSettings"),
        )
    ]
    assert specs == [None if default is None else {"InstanceType": default}] * 3


def test_a_default_type_gives_remote_access_to_spaces_that_name_none(tmp_path: Path) -> None:
    rest = "users: [{name: alice, spaces: [{name: lab, app: JupyterLab}]}]"
    template = templates_of("remote_access: true, instance_types: [ml.m5.large]", tmp_path, rest)["research-users-1"]

    assert properties(template, SPACE)["SpaceSettings"]["RemoteAccess"] == "ENABLED"


def test_sso_users_are_named(tmp_path: Path) -> None:
    users = "users: [{name: alice, sso_user: alice@example.com}]"
    template = templates_of("auth_mode: SSO", tmp_path, users)["research-users-1"]

    assert properties(template, PROFILE)["SingleSignOnUserValue"] == "alice@example.com"


def statements_of(template: Template, user: str) -> dict[str, Any]:
    """The statements of a user's own policies, or of those of a team's role, by their Sids."""
    return {
        statement["Sid"]: statement
        for logical_id, one in resources(template, POLICY).items()
        if logical_id.startswith(user)
        for statement in one["Properties"]["PolicyDocument"]["Statement"]
    }


def spaces_named(statement: dict[str, Any]) -> list[str]:
    """The ends of the ARNs that a statement allows, or leaves out of a denial."""
    named = statement.get("NotResource", []) if statement["Effect"] == "Deny" else statement["Resource"]
    arns = [named] if isinstance(named, dict) else named
    return [arn["Fn::Join"][1][-1].strip("/*") for arn in arns]


def shared_spaces_of(template: Template, *users: str) -> dict[str, list[str]]:
    """The spaces of others that users are kept to, of those who are."""
    fences = {user: statements_of(template, user).get("OnlySharedSpacesOfMember") for user in users}
    return {user: spaces_named(fence) for user, fence in fences.items() if fence is not None}


def test_members_are_who_may_start_a_shared_space(tmp_path: Path) -> None:
    template = synthesized(REFERENCE, tmp_path)["research-users-1"]

    assert shared_spaces_of(template, "annlee", "bob", "carol") == {
        "annlee": ["retro"],
        "bob": ["churn", "retro"],
        "carol": ["churn", "retro"],
    }


@pytest.mark.parametrize(
    ("members", "kept_to"),
    [
        ("", {}),
        ("members: [], ", {"bob": [], "carol": []}),
        ("members: [alice], ", {"bob": [], "carol": []}),
        ("members: [bob], ", {"bob": ["churn"], "carol": []}),
    ],
)
def test_absent_members_are_everybody_and_no_members_are_nobody(
    members: str, kept_to: dict[str, list[str]], tmp_path: Path
) -> None:
    rest = (
        "users: [{name: alice}, {name: bob}, {name: carol}]\n"
        f"shared_spaces: [{{name: churn, owner: alice, {members}app: JupyterLab}}]"
    )
    template = templates_of("", tmp_path, rest)["research-users-1"]

    assert shared_spaces_of(template, "bob", "carol") == kept_to


def test_users_with_a_role_share_it_and_have_no_other(tmp_path: Path) -> None:
    template = synthesized(written(tmp_path, TEAMS), tmp_path / "out")["research-users-1"]

    roles = {
        one["Properties"]["UserProfileName"]: one["Properties"]["UserSettings"]["ExecutionRole"]["Fn::GetAtt"][0]
        for one in resources(template, PROFILE).values()
    }
    assert roles["carol"] == roles["dan"]
    assert roles["carol"].startswith("analysts")
    (unused,) = resources(template, ROLE).keys() - roles.values()
    assert unused.startswith("nobodyyet")
    outputs = {name: one["Value"]["Fn::GetAtt"][0] for name, one in template["Outputs"].items()}
    assert {name.partition("ExecutionRoleArn")[0]: role for name, role in outputs.items()} == roles


def test_roles_need_no_users(tmp_path: Path) -> None:
    template = templates_of("", tmp_path, "roles: [{name: team}]")["research-users-1"]

    assert len(resources(template, ROLE)) == 1
    assert not resources(template, PROFILE)


def test_remote_access_reaches_spaces_and_roles(tmp_path: Path) -> None:
    templates = synthesized(written(tmp_path, TEAMS), tmp_path / "out")
    users = templates["research-users-1"]

    enabled = {
        one["Properties"]["SpaceName"]
        for one in resources(users, SPACE).values()
        if one["Properties"]["SpaceSettings"].get("RemoteAccess") == "ENABLED"
    }
    assert enabled == {"churn", "lab", "train"}, "the others are too small, or Studio chooses what they run on"
    assert spaces_named(statements_of(users, "alice")["Sessions"]) == ["lab", "train", "attic", "churn", "retro"]
    assert spaces_named(statements_of(users, "bob")["Sessions"]) == ["churn", "retro"]
    assert spaces_named(statements_of(users, "analysts")["Sessions"]) == ["retro"]
    assert "NoSessions" not in json.dumps(templates)


def test_without_remote_access_nobody_opens_sessions(tmp_path: Path) -> None:
    rest = TEAMS.partition("remote_access: true\n")[2]
    template = templates_of("", tmp_path, rest)["research-users-1"]

    for role in ("alice", "bob", "analysts", "nobodyyet"):
        denied = statements_of(template, role)["NoSessions"]
        assert (denied["Effect"], denied["Action"], denied["Resource"]) == ("Deny", "sagemaker:StartSession", "*")
    assert "Sessions" not in statements_of(template, "alice")


@pytest.mark.parametrize(
    ("word", "policy"), [("Retain", "RetainExceptOnCreate"), ("Delete", "Delete"), ("Delete, drain: {}", "Delete")]
)
def test_removal_policy_reaches_every_resource(word: str, policy: str, tmp_path: Path) -> None:
    rest = TEAMS.partition("remote_access: true\n")[2]
    templates = templates_of(f"removal_policy: {word}, remote_access: true", tmp_path, rest)

    found = {id: one["DeletionPolicy"] for stack in templates.values() for id, one in stack["Resources"].items()}
    assert set(found.values()) == {policy}
    assert sum("SessionFence" in logical_id for logical_id in found) == 4


def test_every_stack_of_the_domain_has_its_drain(tmp_path: Path) -> None:
    rest = (
        "users: [{name: alice, spaces: [{name: lab, app: CodeEditor}]}]\n"
        "shared_spaces: [{name: churn, owner: alice, app: JupyterLab}]"
    )
    templates = templates_of("removal_policy: Delete, drain: {delete_user_spaces: true}", tmp_path, rest)

    found = {name: properties(templates[f"research-{name}"], DRAIN) for name in ("studio", "users-1")}
    assert [one["WholeDomain"] for one in found.values()] == ["true", "false"]
    assert [one["DeleteUserSpaces"] for one in found.values()] == ["true", "true"]
    assert [one["OtherSpaceNames"] for one in found.values()] == [["churn", "lab"], []]
    assert found["users-1"]["SpaceNames"] == ["churn", "lab"]
    assert found["users-1"]["UserProfileNames"] == ["alice"]
    assert len(resources(templates["research-studio"], "Custom::StudioLeftovers")) == 1
    assert not resources(templates["research-network"], "AWS::Lambda::Function")


@pytest.mark.parametrize(
    "keys", ["removal_policy: Delete, drain: {}", "removal_policy: Delete, drain: {delete_user_spaces: false}"]
)
def test_a_drain_keeps_what_users_made_unless_told_otherwise(keys: str, tmp_path: Path) -> None:
    templates = templates_of(keys, tmp_path)

    for name in ("research-studio", "research-users-1"):
        assert properties(templates[name], DRAIN)["DeleteUserSpaces"] == "false"


@pytest.mark.parametrize("keys", ["", "removal_policy: Delete"])
def test_there_is_no_drain_unless_it_is_asked_for(keys: str, tmp_path: Path) -> None:
    templates = templates_of(keys, tmp_path)

    assert not [
        one for template in templates.values() for one in template["Resources"].values() if one["Type"] == DRAIN
    ]


def test_names_of_spaces_and_profiles_are_those_of_the_file(tmp_path: Path) -> None:
    rest = (
        "users: [{name: Alice, spaces: [{name: Lab, app: CodeEditor}]}]\n"
        "shared_spaces: [{name: Churn, owner: Alice, app: JupyterLab}]"
    )
    template = templates_of("", tmp_path, rest)["research-users-1"]

    assert properties(template, PROFILE)["UserProfileName"] == "Alice"
    found = {
        one["Properties"]["SpaceName"]: one["Properties"]["SpaceSharingSettings"]["SharingType"]
        for one in resources(template, SPACE).values()
    }
    assert found == {"Lab": "Private", "Churn": "Shared"}


@pytest.mark.parametrize("text", [REFERENCE.read_text(), TEAMS], ids=["reference", "teams"])
def test_order_of_the_file_changes_nothing(text: str, tmp_path: Path) -> None:
    straight = synthesized(written(tmp_path, text), tmp_path / "straight")
    settings = yaml.safe_load(text)
    for user in settings["users"]:
        user.get("spaces", []).reverse()
    for space in settings["shared_spaces"]:
        space.get("members", []).reverse()
    for key in ("roles", "users", "shared_spaces"):
        settings.get(key, []).reverse()

    assert synthesized(written(tmp_path, yaml.safe_dump(settings)), tmp_path / "turned") == straight


def test_outputs_name_domain_and_roles_even_of_names_that_look_alike(tmp_path: Path) -> None:
    templates = templates_of("", tmp_path, "users: [{name: ann-lee}, {name: annlee}]")

    assert {"DomainId", "DomainUrl"} <= templates["research-studio"]["Outputs"].keys()
    outputs = templates["research-users-1"]["Outputs"]
    assert len([name for name in outputs if name.startswith("annleeExecutionRoleArn")]) == 2


@pytest.mark.parametrize("drain", [{}, {"removal_policy": "Delete", "drain": {}}])
@pytest.mark.parametrize("remote_access", [False, True])
@pytest.mark.parametrize("members", [None, [], ["alice"]])
@pytest.mark.parametrize("roles", [0, 2])
@pytest.mark.parametrize("of_a_team", [False, True])
def test_resources_are_counted_as_they_are(
    of_a_team: bool,
    roles: int,
    members: list[str] | None,
    remote_access: bool,
    drain: dict[str, Any],
    tmp_path: Path,
) -> None:
    bob = {"name": "bob", "spaces": [{"name": f"lab{i}", "app": "JupyterLab"} for i in range(2)]}
    settings = {
        "domain": {"name": "research", "remote_access": remote_access, **drain},
        "roles": [{"name": f"team{i}"} for i in range(roles)],
        "users": [{"name": "alice"}, bob | ({"role": "team0"} if of_a_team and roles else {})],
        "shared_spaces": [
            {"name": "retro", "owner": "bob", "app": "JupyterLab"},
            {"name": "churn", "owner": "bob", "app": "JupyterLab"} | ({} if members is None else {"members": members}),
        ],
    }
    path = written(tmp_path, yaml.safe_dump(settings))

    counted = count_resources(load_settings(SettingsFile.read(path)))

    assert counted[-1] == len(synthesized(path, tmp_path / "out")["research-users-1"]["Resources"])
    assert len(counted) == 3


SPACES_OF_ALL = (
    "shared_spaces: [{name: churn, owner: u0, %sapp: JupyterLab}, {name: retro, owner: u0, app: JupyterLab}]"
)


@pytest.mark.parametrize(
    ("users", "spaces", "keys", "rest", "count"),
    [
        (90, 1, "", "", 450),
        (112, 0, "", "", 448),
        (1, 446, "", "", 450),
        (89, 1, "", SPACES_OF_ALL % "members: [u1], ", 447),
        (74, 1, "remote_access: true", SPACES_OF_ALL % "", 446),
        (74, 1, "remote_access: true", SPACES_OF_ALL % "members: [u1], ", 446),
        (MAXIMUM_USERS, 1, "", "roles: [{name: team}]", 403),
        (86, 1, "removal_policy: Delete, drain: {}", "", 447),
        (1, 429, "removal_policy: Delete, drain: {}", "", 450),
    ],
)
def test_users_fit_up_to_the_limit_in_resources_and_in_bytes(
    users: int, spaces: int, keys: str, rest: str, count: int, tmp_path: Path
) -> None:
    text = (
        (many_users(users, spaces) + rest)
        .replace("JupyterLab}", "JupyterLab, image: cpu, instance_type: ml.m5.large, storage_gb: 50}")
        .replace("{name: research}", f"{{name: research, {keys}}}")
    )
    if "team" in rest:
        text = text.replace("spaces: [", "role: team, spaces: [")
    assembly_folder = tmp_path / "out"
    template = synthesized(written(tmp_path, text), assembly_folder)["research-users-1"]

    assert len(template["Resources"]) == count <= MAXIMUM_RESOURCES
    assert (assembly_folder / "research-users-1.template.json").stat().st_size < CDK_WARNS_FROM


def test_two_syntheses_are_equal_byte_for_byte(tmp_path: Path) -> None:
    for name in ("first", "second"):
        synthesized(REFERENCE, tmp_path / name)

    first, second = (
        {path.name: path.read_bytes() for path in sorted((tmp_path / name).glob("*.template.json"))}
        for name in ("first", "second")
    )
    assert first == second
    assert len(first) == 3


def test_templates_do_not_depend_on_who_synthesizes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    anonymous = synthesized(REFERENCE, tmp_path / "anonymous")
    monkeypatch.setenv("CDK_DEFAULT_ACCOUNT", "123456789012")
    monkeypatch.setenv("CDK_DEFAULT_REGION", "us-east-1")

    assert synthesized(REFERENCE, tmp_path / "somebody") == anonymous


def test_committed_schema_is_current() -> None:
    assert (ROOT / "studio.schema.json").read_text() == schema_text(), "run make schema"


def test_committed_context_is_that_of_the_installed_cdk() -> None:
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    installed = json.loads(
        subprocess.run([sys.executable, "-c", READ_FLAGS], check=True, capture_output=True, text=True).stdout
    )

    assert {key: value for key, value in context.items() if key != "cli-telemetry"} == installed
    assert context["cli-telemetry"] is False


READ_FLAGS = """
import sys, tarfile
from importlib.resources import files
(package,) = [one for one in files("aws_cdk._jsii").iterdir() if one.name.endswith(".tgz")]
with package.open("rb") as stream, tarfile.open(fileobj=stream) as archive:
    sys.stdout.write(archive.extractfile("package/recommended-feature-flags.json").read().decode())
"""
