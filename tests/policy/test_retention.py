"""What is kept works on: all that it needs is kept with it, in whichever stack that stands.

A domain that outlives its stack without its users' roles is there, and nobody can work in it. So whatever a kept
resource refers to must be kept, and so must whatever gives it something by referring to it: a policy of a kept role, a
rule of a kept security group, an endpoint of a kept VPC.

``DependsOn`` counts as a reference. An order of creation says that the one cannot do without the other, and where our
templates need it, no property says it in its place: a space names its owner by text alone, and depends on the profile.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from constructs_lib import (
    AdministratorFence,
    AuthMode,
    CustomFileSystem,
    Domain,
    DomainEncryption,
    ExecutionRole,
    IpAddressType,
    JupyterLab,
    LifecycleConfig,
    NetworkAccess,
    SpaceSettings,
    StudioFeature,
    StudioFileSystem,
    StudioImage,
    StudioNetwork,
    TeamExecutionRole,
    UserProfile,
    UserSettings,
)
from constructs_lib.templates.assembly import Assembly, Template
from constructs_lib.templates.references import References
from constructs_lib.templates.unresolved import is_known
from tests.conftest import CONTEXT
from tests.studios import REFERENCE, TEAMS, studio_app, written

Place = tuple[Template, str]
"""A resource: its template and its logical id there."""

NESTED, SPACE, USER_PROFILE = "AWS::CloudFormation::Stack", "AWS::SageMaker::Space", "AWS::SageMaker::UserProfile"

# By which properties a resource gives something to what it names, that has no word of it itself.
GIVES = {
    "AWS::EC2::EgressOnlyInternetGateway": ["VpcId"],
    "AWS::EC2::FlowLog": ["ResourceId"],
    "AWS::EC2::Route": ["RouteTableId"],
    "AWS::EC2::RouteTable": ["VpcId"],
    "AWS::EC2::SecurityGroupEgress": ["GroupId"],
    "AWS::EC2::SecurityGroupIngress": ["GroupId"],
    "AWS::EC2::Subnet": ["VpcId"],
    "AWS::EC2::SubnetRouteTableAssociation": ["RouteTableId", "SubnetId"],
    "AWS::EC2::VPCCidrBlock": ["VpcId"],
    "AWS::EC2::VPCEndpoint": ["VpcId"],
    "AWS::EC2::VPCGatewayAttachment": ["VpcId"],
    "AWS::EFS::MountTarget": ["FileSystemId"],
    "AWS::IAM::ManagedPolicy": ["Roles"],
    "AWS::IAM::Policy": ["Roles"],
    "AWS::KMS::Alias": ["TargetKeyId"],
    "AWS::SageMaker::ImageVersion": ["ImageName"],
}
GIVES_NOTHING = {
    NESTED,
    SPACE,
    USER_PROFILE,
    "AWS::EC2::EIP",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::NatGateway",
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::VPC",
    "AWS::EFS::FileSystem",
    "AWS::IAM::Role",
    "AWS::KMS::Key",
    "AWS::Logs::LogGroup",
    "AWS::SageMaker::AppImageConfig",
    "AWS::SageMaker::Domain",
    "AWS::SageMaker::Image",
    "AWS::SageMaker::StudioLifecycleConfig",
}


class Studio:
    """What an app synthesized, and what in it needs what.

    Attributes:
        resources: the resources, by place.
        kept: those that outlive their stack and their own replacement.
    """

    def __init__(self, app: cdk.App, *of_others: str) -> None:
        stacks = [
            cdk.PolicyValidationStack(stack_construct_path=one.hierarchical_id, template_path=one.template_full_path)
            for one in app.synth().stacks_recursively
        ]
        assembly = Assembly(stacks)
        self._assembly = assembly
        self._references = References(assembly.templates, assembly.nested)
        self._of_others = of_others
        self.resources: dict[Place, dict[str, Any]] = {
            (template, logical_id): body
            for template in assembly.templates
            for logical_id, body in template.resources.items()
        }
        self.kept = {place for place, body in self.resources.items() if is_kept(body)}

    def lost(self, kept: set[Place] | None = None) -> list[str]:
        """Say what is needed by what is kept, and not kept itself."""
        kept = self.kept if kept is None else kept
        return sorted(
            f"{self.name(place)} needs {self.name(needed)}"
            for place in kept
            for needed in self.needs[place] - kept
            if not self.is_of_others(needed)
        )

    @cached_property
    def needs(self) -> dict[Place, set[Place]]:
        """What each resource refers to, and what gives it something."""
        needs: dict[Place, set[Place]] = defaultdict(set)
        for place, body in self.resources.items():
            template, _ = place
            depends_on = body.get("DependsOn", [])
            needs[place].update(
                (template, one) for one in ([depends_on] if isinstance(depends_on, str) else depends_on)
            )
            needs[place].update(self._referred(template, body.get("Properties", {})))
            for name in GIVES.get(body["Type"], ()):
                for taker in self._referred(template, body["Properties"].get(name)):
                    needs[taker].add(place)
        return needs

    def is_of_others(self, place: Place) -> bool:
        """Whether the users of the library define a resource, who decide what becomes of it."""
        path = self.name(place)
        return any(path == one or path.startswith(f"{one}/") for one in self._of_others)

    def name(self, place: Place) -> str:
        return str(self._assembly.construct_path(*place))

    def _referred(self, template: Template, value: Any) -> Iterator[Place]:
        if isinstance(value, list):
            for one in value:
                yield from self._referred(template, one)
        elif isinstance(value, dict):
            for key, one in value.items():
                if key in ("Ref", "Fn::GetAtt"):
                    yield from self._named(
                        template, key, one[0] if isinstance(one, list) else one.partition(".")[0], one
                    )
                elif key in ("Fn::GetStackOutput", "Fn::ImportValue"):
                    yield from self._elsewhere(template, {key: one})
                else:
                    if key == "Fn::Sub":
                        for name in re.findall(r"\$\{([^!}.]+)[^}]*\}", one if isinstance(one, str) else one[0]):
                            yield from self._named(template, "Ref", name, name)
                    yield from self._referred(template, one)

    def _named(self, template: Template, key: str, logical_id: str, argument: Any) -> Iterator[Place]:
        """Yield the resource of a logical id, or what it stands for if it is a parameter or a nested stack."""
        body = template.resources.get(logical_id)
        if body is not None and body["Type"] != NESTED:
            yield template, logical_id
        elif body is not None or logical_id in template.body.get("Parameters", {}):
            yield from self._elsewhere(template, {key: argument})

    def _elsewhere(self, template: Template, value: dict[str, Any]) -> Iterator[Place]:
        """Yield the resources of other templates that a value stands for."""
        text = str(self._references.text(template, value))
        assert is_known(text), f"{template.name}: nobody knows what {value} refers to"
        yield from (self._references.targets[one] for one in re.findall(r"<[^<>]*>", text))


def is_kept(body: dict[str, Any]) -> bool:
    keeps = body.get("DeletionPolicy") in ("Retain", "RetainExceptOnCreate")
    return keeps and body.get("UpdateReplacePolicy") == "Retain"


FROM_IDS = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])


def data_of_others(stack: cdk.Stack) -> s3.Bucket:
    """A bucket with a key that its owner gives up."""
    key = kms.Key(stack, "DataKey", removal_policy=cdk.RemovalPolicy.DESTROY)
    return s3.Bucket(stack, "Data", encryption_key=key, removal_policy=cdk.RemovalPolicy.DESTROY)


def of_settings(text: str, *, context: dict[str, Any] | None = None) -> Callable[[Path], Studio]:
    """The stacks of a settings file."""
    return lambda folder: Studio(studio_app(written(folder, text), folder / "out", context=context))


def of_constructs(define: Callable[[cdk.App], None], *of_others: str, **flags: Any) -> Callable[[Path], Studio]:
    """What a function defines; the paths are of what others define."""

    def studio(folder: Path) -> Studio:
        app = cdk.App(outdir=str(folder), context={**CONTEXT, **flags}, builtin_cloud_formation_validation=False)
        define(app)
        return Studio(app, *of_others)

    return studio


def one_stack(app: cdk.App) -> None:
    """A Studio with all that it can have, in the stack of what its users bring."""
    stack = cdk.Stack(app, "Research")
    vpc = ec2.Vpc(stack, "Vpc", nat_gateways=0, restrict_default_security_group=False)
    domain = Domain(
        stack, "Studio", network=NetworkAccess.vpc_only(vpc), home_efs=True, remote_access=True, tags={"team": "churn"}
    )
    team = TeamExecutionRole(stack, "Team", domain=domain)
    alice, bob = domain.add_user_profile("Alice"), domain.add_user_profile("Bob")
    carol = domain.add_user_profile("Carol", execution_role=team)
    dan = domain.add_user_profile("Dan", execution_role=ExecutionRole(stack, "DansRole"))
    alice.add_private_space("Lab", app=JupyterLab())
    alice.add_shared_space("Churn", app=JupyterLab(), members=[bob])
    carol.add_shared_space("Retro", app=JupyterLab())
    bucket = data_of_others(stack)
    for grantee in (alice, carol, dan, domain.space_execution_role.grant_principal):
        bucket.grant_read_write(grantee)
    domain.connections.allow_internally(ec2.Port.tcp_range(8192, 65535))
    domain.connections.allow_from(ec2.Peer.ipv4("10.0.0.0/8"), ec2.Port.HTTPS)
    administrator = iam.Role(stack, "Administrator", assumed_by=iam.AccountRootPrincipal())
    domain.grant_administer(administrator)
    AdministratorFence(stack, "NoWayIn", domain=domain, roles=[administrator])


def three_stacks(app: cdk.App) -> None:
    """Domain, users and data in a stack each."""
    stack, users, data = (cdk.Stack(app, id) for id in ("Research", "Users", "Lake"))
    domain = Domain(stack, "Studio", network=FROM_IDS, encryption=DomainEncryption.customer_managed())
    team = TeamExecutionRole(users, "Team", domain=domain)
    alice = UserProfile(users, "Alice", domain=domain)
    bob = UserProfile(users, "Bob", domain=domain, execution_role=team)
    alice.add_private_space("Lab", app=JupyterLab())
    alice.add_shared_space("Churn", app=JupyterLab(), members=[])
    bucket = data_of_others(data)
    for grantee in (alice, bob):
        bucket.grant_read(grantee)
    database = ec2.SecurityGroup(data, "Database", vpc=ec2.Vpc(data, "Vpc", restrict_default_security_group=False))
    database.connections.allow_from(domain, ec2.Port.tcp(5432))
    database.connections.allow_to(domain, ec2.Port.tcp(8888))  # the rule stands with the database, and goes with it


def nested_users(app: cdk.App) -> None:
    """Users in a stack that is nested in that of the domain."""
    stack = cdk.Stack(app, "Research")
    domain = Domain(stack, "Studio", network=FROM_IDS)
    users = cdk.NestedStack(stack, "Users")
    UserProfile(users, "Alice", domain=domain).add_private_space("Lab", app=JupyterLab())


def single_sign_on(app: cdk.App) -> None:
    """Roles of the domain that its users bring, and a user of Identity Center."""
    stack = cdk.Stack(app, "Research")
    domain = Domain(
        stack,
        "Studio",
        network=NetworkAccess.public_internet_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"]),
        auth_mode=AuthMode.SSO,
        encryption=DomainEncryption.customer_managed(kms.Key(stack, "TheirKey", alias="studio")),
        default_user_settings=UserSettings(execution_role=ExecutionRole(stack, "UserRole")),
        default_space_settings=SpaceSettings(execution_role=ExecutionRole(stack, "SpaceRole")),
    )
    alice = domain.add_user_profile("Alice", sso_user="alice@example.com")
    alice.add_private_space("Lab", app=JupyterLab())


def imports(app: cdk.App) -> None:
    """A domain, a profile and a role of elsewhere, with what is added to them."""
    stack = cdk.Stack(app, "Research")
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")
    domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab())
    role = ExecutionRole.from_execution_role_arn(stack, "Role", "arn:aws:iam::123456789012:role/studio/bob")
    bob = UserProfile.from_user_profile_attributes(
        stack, "Bob", domain=domain, user_profile_name="bob", execution_role=role
    )
    bob.add_private_space("Lab", app=JupyterLab())
    data_of_others(stack).grant_read(bob)


def plain_roles(app: cdk.App) -> None:
    """Roles of IAM that this app defines, as execution roles."""
    stack, users = cdk.Stack(app, "Research"), cdk.Stack(app, "Users")

    def role(scope: cdk.Stack, id: str) -> iam.Role:
        return iam.Role(scope, id, assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))

    domain = Domain(
        stack,
        "Studio",
        network=FROM_IDS,
        default_user_settings=UserSettings(execution_role=role(stack, "UserRole")),
        default_space_settings=SpaceSettings(execution_role=role(stack, "SpaceRole")),
    )
    bobs = role(users, "BobsRole")
    bob = UserProfile(users, "Bob", domain=domain, execution_role=bobs)
    bucket = data_of_others(users)
    bucket.grant_read(bob)
    bucket.grant_write(bobs)


def companions(app: cdk.App) -> None:
    """Images and scripts that a domain and a user in another stack name."""
    stack, users = cdk.Stack(app, "Research"), cdk.Stack(app, "Users")
    images = ecr.Repository(stack, "Images", removal_policy=cdk.RemovalPolicy.DESTROY)
    image, other = (
        StudioImage.from_ecr_repository(images, tag, image_name=name) for tag, name in (("1", "team"), ("2", "other"))
    )
    setup, own = (LifecycleConfig.from_script("#!/bin/bash\ntrue\n", name=name) for name in ("setup", "own"))
    domain = Domain(
        stack,
        "Studio",
        network=FROM_IDS,
        default_user_settings=UserSettings(
            jupyter_lab=JupyterLab(custom_images=[image], image=image, built_in_lifecycle_config=setup)
        ),
    )
    settings = UserSettings(jupyter_lab=JupyterLab(custom_images=[image, other], lifecycle_config=own))
    alice = UserProfile(users, "Alice", domain=domain, user_settings=settings)
    alice.add_private_space("Lab", app=JupyterLab(image=other, lifecycle_config=setup))


def file_systems(app: cdk.App) -> None:
    """File systems in a stack of their own, that a domain and a user elsewhere mount."""
    files, stack, users = (cdk.Stack(app, id) for id in ("Files", "Research", "Users"))
    vpc = ec2.Vpc(files, "Vpc", nat_gateways=0, restrict_default_security_group=False)
    team = StudioFileSystem(files, "Team", vpc=vpc)
    mount = CustomFileSystem.efs(team)
    domain = Domain(
        stack,
        "Studio",
        network=NetworkAccess.vpc_only(vpc),
        default_user_settings=UserSettings(custom_file_systems=[mount]),
    )
    alice = UserProfile(
        users,
        "Alice",
        domain=domain,
        user_settings=UserSettings(
            security_groups=[ec2.SecurityGroup.from_security_group_id(users, "Apps", "sg-0a1b2c3d")],
            custom_file_systems=[mount],
        ),
    )
    alice.add_private_space("Lab", app=JupyterLab(), custom_file_system=mount)


def network_with_nat(app: cdk.App) -> None:
    """A network of two ways out, and of two kinds of addresses."""
    stack = cdk.Stack(app, "Research")
    network = StudioNetwork(
        stack,
        "Network",
        nat_gateways=1,
        ip_address_type=IpAddressType.DUALSTACK,
        features=[StudioFeature.MLFLOW],
    )
    Domain(stack, "Studio", network=NetworkAccess.vpc_only(network.vpc), ip_address_type=IpAddressType.DUALSTACK)


# A way out follows the code, whatever is kept: docs/decisions/0012.
WAYS_OUT_OF_NETWORK = [
    f"Research/Network/Vpc/{one}"
    for one in (
        "EIGW6",
        "IGW",
        "VPCGW",
        "NatSubnet1",
        "NatSubnet2",
        *(f"IsolatedSubnet{zone}/{route}" for zone in (1, 2) for route in ("DefaultRoute", "DefaultRoute6")),
        "SageMakerExperiments",
    )
]

KEPT = {
    "reference": of_settings(REFERENCE.read_text()),
    "reference without feature flags": of_settings(REFERENCE.read_text(), context={}),
    "teams": of_settings(TEAMS),
    "teams without feature flags": of_settings(TEAMS, context={}),
    "single sign-on": of_settings(
        "domain: {name: research, auth_mode: SSO, network_access: PublicInternetOnly, home_efs: yes}\n"
        "users: [{name: alice, sso_user: alice@example.com, spaces: [{name: lab, app: CodeEditor}]}]"
    ),
    "network of others": of_settings(
        "domain:\n  name: research\n  account: '123456789012'\n  region: eu-west-1\n  encryption: AwsManaged\n"
        "  vpc: {vpc_id: vpc-0a1b2c3d, subnet_ids: [subnet-0a1b2c3d]}\n"
        "users: [{name: alice, spaces: [{name: lab, app: JupyterLab}]}]"
    ),
    "one stack": of_constructs(
        one_stack, "Research/Vpc", "Research/Data", "Research/DataKey", "Research/Administrator", "Research/NoWayIn"
    ),
    "three stacks": of_constructs(three_stacks, "Lake"),
    "three stacks with strong references": of_constructs(
        three_stacks, "Lake", **{"@aws-cdk/core:defaultCrossStackReferences": "strong"}
    ),
    "nested stack": of_constructs(nested_users),
    "roles and key of others": of_constructs(single_sign_on, "Research/TheirKey"),
    "imports": of_constructs(imports, "Research/Data", "Research/DataKey"),
    "companions": of_constructs(companions, "Research/Images"),
    "file systems": of_constructs(file_systems, "Files/Vpc"),
    "network with NAT": of_constructs(network_with_nat, *WAYS_OUT_OF_NETWORK),
    "plain roles": of_constructs(plain_roles, "Users/Data", "Users/DataKey"),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept_needs_nothing_that_is_lost(name: str, tmp_path: Path) -> None:
    studio = KEPT[name](tmp_path)

    assert studio.lost() == []


@pytest.mark.parametrize("name", KEPT)
def test_all_that_is_of_this_library_is_kept(name: str, tmp_path: Path) -> None:
    studio = KEPT[name](tmp_path)

    lost = {place for place in studio.resources.keys() - studio.kept if not studio.is_of_others(place)}

    # A nested stack goes, and leaves behind what it has.
    assert {studio.name(one) for one in lost if studio.resources[one]["Type"] != NESTED} == set()


@pytest.mark.parametrize("name", ["reference", "teams", "single sign-on", "one stack", "three stacks"])
def test_whichever_resource_were_lost_would_be_missed(name: str, tmp_path: Path) -> None:
    studio = KEPT[name](tmp_path)

    unmissed = {place for place in studio.kept if not studio.lost(studio.kept - {place})}

    # Nothing needs these: they are what the rest is there for.
    assert {studio.resources[place]["Type"] for place in unmissed} <= {SPACE, USER_PROFILE}


@pytest.mark.parametrize("name", KEPT)
def test_it_is_known_of_every_type_whether_it_gives_something(name: str, tmp_path: Path) -> None:
    studio = KEPT[name](tmp_path)

    types = {body["Type"] for place, body in studio.resources.items() if not studio.is_of_others(place)}
    assert types <= GIVES.keys() | GIVES_NOTHING


@pytest.mark.parametrize("settings", ["removal_policy: Delete", "removal_policy: Delete, drain: {}"])
def test_of_a_studio_that_is_deleted_nothing_is_kept(settings: str, tmp_path: Path) -> None:
    text = TEAMS.replace("name: research", f"name: research\n  {settings.replace(', ', chr(10) + '  ')}")

    assert of_settings(text)(tmp_path).kept == set()
