"""The Studios that the contract speaks of, and who acts in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from tempfile import TemporaryDirectory

import aws_cdk as cdk
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_iam as iam

from constructs_lib import (
    AdministratorFence,
    CodeEditor,
    Domain,
    DomainEncryption,
    InstanceType,
    JupyterLab,
    LifecycleConfig,
    NetworkAccess,
    SpaceSettings,
    StudioImage,
    TeamExecutionRole,
    UserProfile,
    UserSettings,
)
from tests.access.deployment import Deployment, Key
from tests.access.documents import Document
from tests.access.references import ACCOUNT, REGION
from tests.conftest import CONTEXT

ENVIRONMENT = cdk.Environment(account=ACCOUNT, region=REGION)
SCRIPT = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:studio-lifecycle-config/setup"
PINNED = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:image-version/team/3"

KINDS = (
    "DefaultFence",
    "DefaultPolicy",
    "Fence",
    "Grants",
    "NoWayIn",
    "Pull",
    "SessionFence",
    "SpaceFence",
    "SpaceUse",
    "Use",
    "UserFence",
    "UserUse",
)
"""The kinds of policies: the ids of their constructs, whoever has them."""


@dataclass(frozen=True)
class Actor:
    """Somebody who asks: a role, the policies that it carries by kind, and what requests say of the caller."""

    arn: str
    policies: Mapping[str, Document]
    user_profile_name: str = "ghost"
    domain: str = ""
    says: Mapping[str, str] = field(default_factory=dict)
    validated: bool = True


@dataclass(frozen=True)
class Studio:
    """A deployed Studio with another one beside it."""

    actors: Mapping[str, Actor]
    domain_ids: Mapping[str, str]
    key: Key


def studio(name: str) -> Studio:
    """The Studio that a section of the contract names."""
    return _STUDIOS[name]()


@cache
def _plain() -> Studio:
    """A Studio as the library makes it where nothing else is said."""
    return _studio(Domain, members=False, remote_access=False)


@cache
def _strict() -> Studio:
    """One with allow-lists, members and remote access."""

    def domain(stack: cdk.Stack, id: str, *, network: NetworkAccess) -> Domain:
        return Domain(
            stack,
            id,
            network=network,
            encryption=DomainEncryption.customer_managed(grants_via_sagemaker=False),
            allowed_instance_types=[InstanceType.ML_T3_MEDIUM, InstanceType.ML_M5_LARGE],
            allowed_images=[StudioImage.distribution_cpu(), StudioImage.from_image_version_arn(PINNED)],
            allowed_lifecycle_configs=[LifecycleConfig.from_lifecycle_config_arn(SCRIPT)],
            remote_access=True,
        )

    return _studio(domain, members=True, remote_access=True)


def _studio(define_domain: Callable[..., Domain], *, members: bool, remote_access: bool) -> Studio:
    def define(app: cdk.App, network: NetworkAccess) -> None:
        stack, users = cdk.Stack(app, "Studio", env=ENVIRONMENT), cdk.Stack(app, "Users", env=ENVIRONMENT)
        domain = define_domain(stack, "Domain", network=network)
        other = _other_domain(stack, network, remote_access=remote_access)
        alice, bob, _ = (UserProfile(users, name, domain=domain) for name in ("Alice", "Bob", "Carol"))
        lab = alice.add_private_space("Lab", app=JupyterLab())
        alice.add_private_space("Code", app=CodeEditor())
        churn = alice.add_shared_space("Churn", app=JupyterLab(), members=[bob] if members else None)
        alice.add_shared_space("Retro", app=JupyterLab())
        if members:
            bob.add_shared_space("Solo", app=JupyterLab(), members=[])
        eve = UserProfile(users, "Eve", domain=other)
        eve.add_private_space("Lab", app=JupyterLab())
        eve.add_shared_space("Retro", app=JupyterLab())

        launcher, admin, scheduler, laptop, jobs = (
            iam.Role(users, name, assumed_by=iam.AccountRootPrincipal())
            for name in ("Launcher", "Admin", "Scheduler", "Laptop", "Jobs")
        )
        for passable in (jobs, bob.execution_role):
            passable.grant_pass_role(bob)
        jobs.grant_pass_role(admin)
        domain.grant_launch(launcher, [alice], source_vpce="vpce-0a1b2c3d")
        domain.grant_administer(admin)
        AdministratorFence(users, "NoWayIn", domain=domain, roles=[admin])
        churn.grant_use(scheduler)
        if remote_access:
            lab.grant_remote(laptop)

    deployment = _deployed(define)
    actors = {
        "alice": _actor(deployment, "AliceExecutionRole", "alice"),
        "bob": _actor(deployment, "BobExecutionRole", "bob"),
        "carol": _actor(deployment, "CarolExecutionRole", "carol"),
        "eve": replace(_actor(deployment, "EveExecutionRole", "eve"), domain="other"),
        "default": _actor(deployment, "DomainDefaultExecutionRole"),
        "inside": _actor(deployment, "DomainSpaceExecutionRole"),
        "launcher": _actor(deployment, "Launcher"),
        "admin": _actor(deployment, "Admin"),
        "scheduler": _actor(deployment, "Scheduler"),
        "laptop": _actor(deployment, "Laptop"),
        "jobs": _actor(deployment, "Jobs"),
    }
    return Studio(actors, _domain_ids(deployment), deployment.key_policy())


@cache
def _team() -> Studio:
    """One whose users share a role."""

    def define(app: cdk.App, network: NetworkAccess) -> None:
        stack = cdk.Stack(app, "Studio", env=ENVIRONMENT)
        domain = Domain(stack, "Domain", network=network, remote_access=True)
        _other_domain(stack, network)
        role = TeamExecutionRole(stack, "Team", domain=domain)
        alice, _ = (domain.add_user_profile(name, execution_role=role) for name in ("Alice", "Bob"))
        alice.add_private_space("Lab", app=JupyterLab())
        alice.add_shared_space("Churn", app=JupyterLab())

    deployment = _deployed(define)
    actors = {
        "alice": _of_team(deployment, "alice"),
        "bob": _of_team(deployment, "bob"),
        "nameless": _of_team(deployment, None),
    }
    return Studio(actors, _domain_ids(deployment), deployment.key_policy())


@cache
def _members_and_team() -> Studio:
    """One where a team's user is beside members of a space, and no script is allowed."""

    def define(app: cdk.App, network: NetworkAccess) -> None:
        stack = cdk.Stack(app, "Studio", env=ENVIRONMENT)
        domain = Domain(stack, "Domain", network=network, allowed_lifecycle_configs=[])
        _other_domain(stack, network)
        alice, bob = (domain.add_user_profile(name) for name in ("Alice", "Bob"))
        role = TeamExecutionRole(stack, "Team", domain=domain)
        domain.add_user_profile("Tom", execution_role=role).add_private_space("Lab", app=JupyterLab())
        alice.add_shared_space("Churn", app=JupyterLab(), members=[bob])
        alice.add_shared_space("Retro", app=JupyterLab())

    deployment = _deployed(define)
    actors = {
        "alice": _actor(deployment, "DomainAliceExecutionRole", "alice"),
        "bob": _actor(deployment, "DomainBobExecutionRole", "bob"),
        "tom": _of_team(deployment, "tom"),
        "tom, nameless": _of_team(deployment, None),
    }
    return Studio(actors, _domain_ids(deployment), deployment.key_policy())


@cache
def _images() -> Studio:
    """One whose domain attaches images, one of them for shared spaces."""

    def define(app: cdk.App, network: NetworkAccess) -> None:
        stack = cdk.Stack(app, "Studio", env=ENVIRONMENT)
        team = StudioImage.from_ecr_repository(_repository(stack, "team"), "2.1")
        domain = Domain(
            stack,
            "Domain",
            network=network,
            default_user_settings=UserSettings(
                jupyter_lab=JupyterLab(custom_images=[team]), code_editor=CodeEditor(custom_images=[team])
            ),
            default_space_settings=SpaceSettings(jupyter_lab=JupyterLab(custom_images=[_existing(stack, "lab")])),
        )
        _other_domain(stack, network)
        domain.add_user_profile("Alice")

    deployment = _deployed(define)
    actors = {
        "alice": _actor(deployment, "DomainAliceExecutionRole", "alice"),
        "default": _actor(deployment, "DomainDefaultExecutionRole"),
        "inside": _actor(deployment, "DomainSpaceExecutionRole"),
        "sagemaker": _actor(deployment, "DomainCustomImagesteamRole"),
    }
    return Studio(actors, _domain_ids(deployment), deployment.key_policy())


@cache
def _images_of_profiles() -> Studio:
    """One whose domain attaches no image: a user does, and one of a team."""

    def define(app: cdk.App, network: NetworkAccess) -> None:
        stack = cdk.Stack(app, "Studio", env=ENVIRONMENT)
        domain = Domain(stack, "Domain", network=network)
        _other_domain(stack, network)
        role = TeamExecutionRole(stack, "Team", domain=domain)
        domain.add_user_profile("Alice", user_settings=_with(_existing(stack, "own")))
        domain.add_user_profile("Bob")
        domain.add_user_profile("Tom", execution_role=role, user_settings=_with(_existing(stack, "theirs")))

    deployment = _deployed(define)
    actors = {
        "alice": _actor(deployment, "DomainAliceExecutionRole", "alice"),
        "bob": _actor(deployment, "DomainBobExecutionRole", "bob"),
        "tom": _of_team(deployment, "tom"),
    }
    return Studio(actors, _domain_ids(deployment), deployment.key_policy())


_STUDIOS: Mapping[str, Callable[[], Studio]] = {
    "plain": _plain,
    "strict": _strict,
    "team": _team,
    "members-and-team": _members_and_team,
    "images": _images,
    "images-of-profiles": _images_of_profiles,
}


def _repository(stack: cdk.Stack, name: str) -> ecr.IRepository:
    return ecr.Repository.from_repository_name(stack, f"Repository-{name}", name)


def _existing(stack: cdk.Stack, name: str) -> StudioImage:
    return StudioImage.from_image_attributes(
        image_name=name, app_image_config_name=name, repository=_repository(stack, name)
    )


def _with(image: StudioImage) -> UserSettings:
    return UserSettings(jupyter_lab=JupyterLab(custom_images=[image]))


def _other_domain(stack: cdk.Stack, network: NetworkAccess, *, remote_access: bool = False) -> Domain:
    encryption = DomainEncryption.aws_managed()
    return Domain(stack, "Other", network=network, encryption=encryption, remote_access=remote_access)


def _deployed(define: Callable[[cdk.App, NetworkAccess], None]) -> Deployment:
    with TemporaryDirectory() as folder:
        app = cdk.App(outdir=folder, context=CONTEXT, builtin_cloud_formation_validation=False)
        network = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])
        define(app, network)
        return Deployment({stack.stack_name: stack.template for stack in app.synth().stacks})


def _domain_ids(deployment: Deployment) -> dict[str, str]:
    return {"": deployment.domain_id("Domain"), "other": deployment.domain_id("Other")}


def _actor(deployment: Deployment, role: str, user_profile_name: str = "ghost") -> Actor:
    found = deployment.role(role)
    policies = {_kind(logical_id): document for logical_id, document in found.policies.items()}
    assert len(policies) == len(found.policies), f"two policies of one kind on {role}: {sorted(found.policies)}"
    return Actor(found.arn, policies, user_profile_name)


def _of_team(deployment: Deployment, user_profile_name: str | None) -> Actor:
    """Somebody with the team's role, of whom a call says the name or not; the simulator then checks no names."""
    says = {"sagemaker:DomainId": deployment.domain_id("Domain")}
    if user_profile_name is not None:
        says["sagemaker:UserProfileName"] = user_profile_name
    return replace(_actor(deployment, "Team", user_profile_name or "ghost"), says=says, validated=False)


def _kind(logical_id: str) -> str:
    """Return what kind of policy it is: the id of its construct, whoever has it."""
    return max((kind for kind in KINDS if logical_id[:-8].endswith(kind)), key=len)
