"""Domains, users, their roles and spaces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
from aws_cdk import Duration, Size
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms

from constructs_lib import (
    AdministratorFence,
    AuthMode,
    CodeEditor,
    Domain,
    DomainDrain,
    DomainEncryption,
    ExecutionRole,
    ExecutionRoleSettings,
    IdleShutdown,
    IExecutionRole,
    InstanceType,
    IUserProfile,
    JupyterLab,
    LifecycleConfig,
    NetworkAccess,
    Space,
    SpaceSettings,
    SpaceSharing,
    SpaceStorage,
    StudioChecks,
    StudioImage,
    TeamExecutionRole,
    UserProfile,
    UserSettings,
)
from tests.unit.wrong_inputs.studio import CPU, EU, G5, GPU, T3, Studio


def minutes(count: float) -> Duration:
    return Duration.seconds(count * 60)


def user_of_team(studio: Studio, **domain: Any) -> tuple[UserProfile, UserProfile]:
    alice = studio.user(**domain)
    team = TeamExecutionRole(studio.stack, "Team", domain=alice.domain)
    return alice, alice.domain.add_user_profile("Bob", execution_role=team)


def use_by_a_team(studio: Studio) -> None:
    alice, bob = user_of_team(studio)
    alice.add_shared_space("Churn", app=JupyterLab(), members=[]).grant_use(bob)


def remote_session_of_a_team(studio: Studio) -> None:
    alice, bob = user_of_team(studio, remote_access=True)
    alice.add_private_space("Lab", app=JupyterLab()).grant_remote(bob)


def no_members_of_an_import(studio: Studio) -> None:
    alice = Domain.from_domain_attributes(studio.stack, "Shared", domain_id="d-abc123").add_user_profile("Alice")
    alice.add_shared_space("Churn", app=JupyterLab(), members=[])


def two_domains_with_one_role(studio: Studio) -> None:
    settings = SpaceSettings(execution_role=ExecutionRole(studio.stack, "Role"))
    studio.domain(default_space_settings=settings)
    studio.domain("Other", default_space_settings=settings)


def passing_by_everybody(studio: Studio) -> None:
    role = studio.domain().space_execution_role
    assert isinstance(role, ExecutionRole)
    arn = f"arn:aws:iam::{'1' * 12}:role/jobs"
    role.add_to_principal_policy(iam.PolicyStatement(actions=["iam:passrole"], resources=[arn]))


def domain_with_the_role_of_a_team(studio: Studio) -> None:
    team = TeamExecutionRole(studio.stack, "Team", domain=studio.domain())
    studio.domain("Other", default_space_settings=SpaceSettings(execution_role=team))


def two_labs(studio: Studio) -> None:
    user = studio.user()
    user.add_private_space("Lab", app=JupyterLab())
    user.add_private_space("Lab2", app=JupyterLab(), space_name="ALICE-lab")


def owner_of_another_domain(studio: Studio) -> None:
    alice = studio.user()
    Space(studio.stack, "Lab", domain=studio.domain("Other"), sharing=SpaceSharing.private(alice), app=JupyterLab())


def imported_elsewhere(studio: Studio, **environment: str) -> None:
    elsewhere = studio.in_region("eu-west-1")
    Domain.from_domain_attributes(elsewhere.stack, "Shared", domain_id="d-abc123", **environment)


def profile_elsewhere(studio: Studio) -> None:
    domain = studio.in_region("eu-west-1").domain()
    other = cdk.Stack(studio.app, "Users", env=cdk.Environment(account="1" * 12, region="us-east-1"))
    UserProfile(other, "Alice", domain=domain)


def grant_to_unknown_role(studio: Studio) -> object:
    alice = UserProfile.from_user_profile_attributes(
        studio.stack, "Alice", domain=studio.domain(), user_profile_name="alice"
    )
    return alice.grant_principal


def imported_vpc(stack: cdk.Stack, *, vpc_id: str = "vpc-0a1b2c3d", subnet_id: str = "subnet-0a1b2c3d") -> ec2.IVpc:
    return ec2.Vpc.from_vpc_attributes(
        stack, "Vpc", vpc_id=vpc_id, availability_zones=["a"], private_subnet_ids=[subnet_id]
    )


def public_vpc(stack: cdk.Stack) -> ec2.IVpc:
    public = ec2.SubnetConfiguration(name="Public", subnet_type=ec2.SubnetType.PUBLIC)
    return ec2.Vpc(stack, "Vpc", subnet_configuration=[public], restrict_default_security_group=False)


def space_away_from_its_owner(studio: Studio) -> None:
    domain = studio.domain()
    alice = UserProfile(cdk.Stack(studio.app, "Users"), "Alice", domain=domain)
    Space(studio.stack, "Lab", domain=domain, sharing=SpaceSharing.private(alice), app=JupyterLab())


def imported_profile_elsewhere(studio: Studio) -> None:
    domain = studio.in_region("eu-west-1").domain()
    other = cdk.Stack(studio.app, "Users", env=cdk.Environment(account="1" * 12, region="us-east-1"))
    UserProfile.from_user_profile_attributes(other, "Alice", domain=domain, user_profile_name="alice")


def space_elsewhere(studio: Studio) -> None:
    domain = studio.in_region("eu-west-1").domain()
    alice = domain.add_user_profile("Alice")
    other = cdk.Stack(studio.app, "Spaces", env=cdk.Environment(account="1" * 12, region="us-east-1"))
    Space(other, "Lab", domain=domain, sharing=SpaceSharing.private(alice), app=JupyterLab())


def role_of_alice(studio: Studio) -> ExecutionRole:
    role = ExecutionRole(studio.stack, "Role")
    studio.domain().add_user_profile("Alice", execution_role=role)
    return role


def role_of_a_user_for_a_domain(studio: Studio, settings: str, kind: type[UserSettings | SpaceSettings]) -> None:
    role = role_of_alice(studio)
    studio.domain("Other", **{settings: kind(execution_role=role)})


def role_of_the_domain_for_a_user(studio: Studio, which: str) -> None:
    domain = studio.domain()
    domain.add_user_profile("Alice", execution_role=getattr(domain, which))


def two_users_with_the_role_of_one(studio: Studio) -> None:
    alice = studio.user()
    alice.domain.add_user_profile("Bob", execution_role=alice.execution_role)


def two_users_with_a_given_role(studio: Studio) -> None:
    role = role_of_alice(studio)
    studio.domain("Other").add_user_profile("Bob", user_settings=UserSettings(execution_role=role))


def team_of_another_domain(studio: Studio) -> None:
    team = TeamExecutionRole(studio.stack, "Team", domain=studio.domain("Other"))
    studio.domain().add_user_profile("Alice", execution_role=team)


def member(studio: Studio, of_domain: Callable[[Domain], IUserProfile]) -> None:
    alice = studio.user()
    alice.add_shared_space("Churn", app=JupyterLab(), members=[of_domain(alice.domain)])


def imported_role(studio: Studio) -> IExecutionRole:
    return ExecutionRole.from_execution_role_arn(studio.stack, "Role", "arn:aws:iam::111111111111:role/bob")


def member_of_an_imported_domain(studio: Studio) -> None:
    domain = Domain.from_domain_attributes(studio.stack, "Shared", domain_id="d-abc123")
    bob = domain.add_user_profile("Bob")
    domain.add_user_profile("Alice").add_shared_space("Churn", app=JupyterLab(), members=[bob])


def sixty_spaces_of_a_member(studio: Studio) -> None:
    alice = studio.user()
    bob = alice.domain.add_user_profile("Bob")
    for number in range(60):
        name = f"churn-{number:02}-{'a' * 54}"
        alice.add_shared_space(f"Churn{number}", app=JupyterLab(), space_name=name, members=[bob])


def sixty_spaces_for_sessions(studio: Studio) -> None:
    alice = studio.user(remote_access=True)
    for number in range(60):
        alice.add_private_space(f"Lab{number}", app=JupyterLab(), space_name=f"lab-{number:02}-{'a' * 56}")


def sixty_spaces_of_a_team(studio: Studio) -> None:
    domain = studio.domain(remote_access=True)
    alice = domain.add_user_profile("Alice", execution_role=TeamExecutionRole(studio.stack, "Team", domain=domain))
    for number in range(60):
        alice.add_shared_space(f"Lab{number}", app=JupyterLab(), space_name=f"lab-{number:02}-{'a' * 56}")


def own_image(number: int) -> StudioImage:
    return StudioImage.from_image_arn(f"arn:aws:sagemaker:eu-west-1:111111111111:image/team-{number:02}")


def scheduler(studio: Studio) -> iam.Role:
    return iam.Role(studio.stack, "Scheduler", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))


def use_of_an_import(studio: Studio) -> None:
    space = Space.from_space_attributes(studio.stack, "Lab", domain=studio.domain(), space_name="lab")
    space.grant_use(scheduler(studio))


def use_by_a_user_of_another_domain(studio: Studio) -> None:
    studio.churn().grant_use(studio.domain("Other").add_user_profile("Bob"))


def remote_session_of_no_member(studio: Studio) -> None:
    alice = studio.user(remote_access=True)
    churn = alice.add_shared_space("Churn", app=JupyterLab(), members=[])
    churn.grant_remote(alice.domain.add_user_profile("Bob"))


def launch(studio: Studio, *profiles: IUserProfile, **domain: Any) -> None:
    studio.domain(**domain).grant_launch(scheduler(studio), profiles)


def imported_space(studio: Studio, sharing: Callable[[Domain], SpaceSharing]) -> None:
    domain = studio.domain()
    Space.from_space_attributes(studio.stack, "Lab", domain=domain, space_name="lab", sharing=sharing(domain))


def members_of_an_imported_space(studio: Studio) -> None:
    alice = studio.imported_user()
    sharing = SpaceSharing.shared(alice, members=[])
    Space.from_space_attributes(studio.stack, "Lab", domain=alice.domain, space_name="lab", sharing=sharing)


def launch_through(studio: Studio, endpoint: str) -> None:
    alice = studio.user()
    alice.domain.grant_launch(scheduler(studio), [alice], source_vpce=endpoint)


def fixed(studio: Studio) -> cdk.Stack:
    return studio.in_region("eu-west-1").stack


def administrator_elsewhere(studio: Studio) -> None:
    role = iam.Role(fixed(studio), "Role", assumed_by=iam.AccountRootPrincipal())
    studio.domain().grant_administer(role)


def role_of_another_account(studio: Studio) -> None:
    other = cdk.Stack(studio.app, "Roles", env=cdk.Environment(account="2" * 12, region="eu-west-1"))
    studio.in_region("eu-west-1").domain().add_user_profile("Alice", execution_role=ExecutionRole(other, "Role"))


def administration_by_a_domain(studio: Studio) -> None:
    domain = studio.domain()
    role = domain.space_execution_role
    assert isinstance(role, iam.Role)
    domain.grant_administer(role)


NOT_OF_STUDIO = "grantee must not be a role of Studio, whose fence denies this, got "
PASS_OUTSIDE = "; pass a role that people or services take on outside Studio"
LAB = "[Research/Studio/Alice/Lab] "
CHURN = "[Research/Studio/Alice/Churn] "
IMPORTED_LAB = "[Research/Shared/Alice/Lab] "

WRONG: dict[str, tuple[Callable[[Studio], object], str]] = {
    # the domain
    "domain name": (lambda s: s.domain(domain_name="my_studio"), "[Research/Studio] domain_name must be 1..63 letters, digits and inner hyphens, got 'my_studio'; pass domain_name=... to choose it"),
    "domain name from the id": (lambda s: s.domain("My_Studio"), "[Research/My_Studio] domain_name must be 1..63 letters, digits and inner hyphens, got 'my_studio'; pass domain_name=... to choose it"),
    "domain name too long": (lambda s: s.domain(domain_name="a" * 64), f"[Research/Studio] domain_name must be 1..63 letters, digits and inner hyphens, got '{'a' * 64}'; pass domain_name=... to choose it"),
    "region without domains": (lambda s: s.in_region("ca-west-1").domain(), "[Elsewhere/Studio] AWS::SageMaker::Domain must be in a region where CloudFormation has it, got ca-west-1; deploy the stack to another region"),
    "no allowed types": (lambda s: s.domain(allowed_instance_types=[]), "[Research/Studio] allowed_instance_types must name at least one type, got none; leave the argument out to allow all"),
    "allowed type that runs no space": (lambda s: s.domain(allowed_instance_types=[InstanceType.SYSTEM]), "[Research/Studio] allowed_instance_types must run spaces, got 'system'; leave it out, no space can use it"),
    "default type that is not allowed": (lambda s: s.domain(allowed_instance_types=[T3], default_user_settings=UserSettings(jupyter_lab=JupyterLab(instance_type=G5))), "[Research/Studio] JupyterLab: instance_type must be one that the domain allows (ml.t3.medium), got 'ml.g5.xlarge'; choose one of these, or add it to the domain's allowed_instance_types"),
    "default image on the wrong machine": (lambda s: s.domain(default_space_settings=SpaceSettings(jupyter_lab=JupyterLab(instance_type=G5, image=CPU))), "[Research/Studio] JupyterLab: image must be the GPU one on ml.g5.xlarge, which has GPUs, got the CPU one; pass StudioImage.distribution_gpu(), or an instance type without GPUs"),
    "tag of AWS": (lambda s: s.domain(tags={"aws:team": "x"}), "[Research/Studio] tags must not start with 'aws:', got 'aws:team'; that prefix belongs to AWS, choose another key"),
    "empty tag": (lambda s: s.domain(tags={"team": ""}), "[Research/Studio] the value of a tag must be 1..128 letters, digits, spaces and _.:/=+-@, got ''; change the value, CloudFormation takes no other characters"),
    "tag with a comma": (lambda s: s.domain(tags={"a,b": "x"}), "[Research/Studio] the key of a tag must be 1..128 letters, digits, spaces and _.:/=+-@, got 'a,b'; change the key, CloudFormation takes no other characters"),
    "too many tags": (lambda s: s.domain(tags={str(i): "x" for i in range(51)}), "[Research/Studio] tags must be at most 50, got 51; leave out 1"),
    "home file system that is off": (lambda s: s.domain().home_efs_file_system_id, "[Research/Studio] home_efs must be on for home_efs_file_system_id, got off; pass home_efs=True"),
    "application of an IAM domain": (lambda s: s.domain().single_sign_on_application_arn, "[Research/Studio] auth_mode must be AuthMode.SSO for single_sign_on_application_arn, got AuthMode.IAM; pass auth_mode=AuthMode.SSO, which makes it another domain"),
    "connections without a security group": (lambda s: s.domain(network=NetworkAccess.public_internet_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])).connections, "[Research/Studio] security_groups must be given for connections, got none; pass them to NetworkAccess.public_internet"),
    "imported by its name": (lambda s: Domain.from_domain_attributes(s.stack, "Shared", domain_id="research"), "[Research/Shared] domain_id must look like d-abc123, got 'research'; pass the id, not name or ARN"),
    "imported from another region": (lambda s: imported_elsewhere(s, region="us-east-1"), "[Elsewhere/Shared] the stack that imports a domain must be in the region of the domain, us-east-1, got eu-west-1; give both stacks the same env"),
    "imported from another account": (lambda s: imported_elsewhere(s, account="2" * 12), "[Elsewhere/Shared] the stack that imports a domain must be in the account of the domain, 222222222222, got 111111111111; give both stacks the same env"),
    # the network
    "no subnets": (lambda s: NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=[]), "subnet_ids must be 1..16, got 0; pass at least one and at most 16"),
    "too many subnets": (lambda s: NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=[f"subnet-{i:08x}" for i in range(17)]), "subnet_ids must be 1..16, got 17; pass at least one and at most 16"),
    "VPC by its name": (lambda s: NetworkAccess.vpc_only_from_ids(vpc_id="main", subnet_ids=["subnet-0a1b2c3d"]), "vpc_id must be 'vpc-' and 8 or 17 hexadecimal digits, got 'main'; pass an id such as vpc-0a1b2c3d"),
    "subnet by its name": (lambda s: NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["a"]), "subnet_ids must be 'subnet-' and 8 or 17 hexadecimal digits, got 'a'; pass an id such as subnet-0a1b2c3d"),
    "security group by its name": (lambda s: NetworkAccess.public_internet_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"], security_group_ids=["web"]), "security_group_ids must be 'sg-' and 8 or 17 hexadecimal digits, got 'web'; pass an id such as sg-0a1b2c3d"),
    "no security groups": (lambda s: NetworkAccess.vpc_only(ec2.Vpc.from_vpc_attributes(s.stack, "V", vpc_id="vpc-1", availability_zones=["a"]), security_groups=[]), "security_groups must be 1..4, got 0; pass at least one and at most 4"),
    "no security groups in settings": (lambda s: UserSettings(security_groups=[]), "security_groups must be 1..4, got 0; leave the argument out for those of the domain's network"),
    # user profiles
    "profile name": (lambda s: s.domain().add_user_profile("Alice", user_profile_name="alice@example.com"), "[Research/Studio/Alice] user_profile_name must be 1..63 letters, digits and inner hyphens, got 'alice@example.com'; pass user_profile_name=... to choose it"),
    "profile name with a hyphen at its end": (lambda s: s.domain().add_user_profile("Alice-"), "[Research/Studio/Alice-] user_profile_name must be 1..63 letters, digits and inner hyphens, got 'alice-'; pass user_profile_name=... to choose it"),
    "two profiles that differ in case": (lambda s: s.user().domain.add_user_profile("Bob", user_profile_name="ALICE"), "[Research/Studio/Bob] user_profile_name must be unique in the domain whatever its case, got 'ALICE' beside 'alice'; pass another user_profile_name"),
    "no SSO user": (lambda s: s.user(auth_mode=AuthMode.SSO), "[Research/Studio/Alice] sso_user must be given in a domain with AuthMode.SSO, got none; pass the user's name in Identity Center"),
    "SSO user in an IAM domain": (lambda s: s.domain().add_user_profile("Alice", sso_user="alice"), "[Research/Studio/Alice] sso_user must be left out in a domain with AuthMode.IAM, got 'alice'; leave it out"),
    "empty SSO user": (lambda s: s.domain(auth_mode=AuthMode.SSO).add_user_profile("Alice", sso_user=""), "[Research/Studio/Alice] sso_user must be 1..256 characters, got 0; pass the user's name"),
    "two roles": (lambda s: s.domain().add_user_profile("Alice", execution_role=ExecutionRole(s.stack, "A"), user_settings=UserSettings(execution_role=ExecutionRole(s.stack, "B"))), "[Research/Studio/Alice] execution_role must be given once, got one beside that in user_settings; leave out one of the two"),
    "profile's type that is not allowed": (lambda s: s.domain(allowed_instance_types=[T3]).add_user_profile("Alice", user_settings=UserSettings(code_editor=CodeEditor(instance_type=G5))), "[Research/Studio/Alice] CodeEditor: instance_type must be one that the domain allows (ml.t3.medium), got 'ml.g5.xlarge'; choose one of these, or add it to the domain's allowed_instance_types"),
    "profile in another region": (profile_elsewhere, "[Users/Alice] a user profile must be in the region of the domain, eu-west-1, got us-east-1; give both stacks the same env"),
    "region without profiles": (lambda s: s.in_region("ap-south-2").user(), "[Elsewhere/Studio/Alice] AWS::SageMaker::UserProfile must be in a region where CloudFormation has it, got ap-south-2; deploy the stack to another region"),
    "grant to a profile whose role is unknown": (grant_to_unknown_role, "[Research/Alice] execution_role must be known to grant something to an imported profile, got none; pass execution_role=... to from_user_profile_attributes"),
    "role by a token without its name": (lambda s: ExecutionRole.from_execution_role_arn(s.stack, "Role", cdk.Fn.import_value("Role")), "[Research/Role] role_name must be given with an ARN that is a token, got none; pass role_name=... without the path, which cannot be cut out of a token"),
    # spaces
    "space name": (lambda s: s.lab(space_name="my lab"), LAB + "space_name must be 1..63 letters, digits and inner hyphens, got 'my lab'; pass space_name=... to choose it"),
    "two spaces that differ in case": (two_labs, "[Research/Studio/Alice/Lab2] space_name must be unique in the domain whatever its case, got 'ALICE-lab' beside 'alice-lab'; pass another space_name"),
    "id of a role of the profile's": (lambda s: s.user().add_private_space("ExecutionRole", app=JupyterLab()), "[Research/Studio/Alice] id must not be 'ExecutionRole', which is an id of the construct's own; pass another id"),
    "id of a policy of the profile's": (lambda s: s.user().add_shared_space("Use", app=JupyterLab()), "[Research/Studio/Alice] id must not be 'Use', which is an id of the construct's own; pass another id"),
    "id of the domain's key": (lambda s: s.domain().add_user_profile("Key"), "[Research/Studio] id must not be 'Key', which is an id of the construct's own; pass another id"),
    "space of an imported profile elsewhere": (imported_profile_elsewhere, "[Users/Alice] a user profile must be in the region of the domain, eu-west-1, got us-east-1; give both stacks the same env"),
    "space elsewhere": (space_elsewhere, "[Spaces/Lab] a space must be in the region of the domain, eu-west-1, got us-east-1; give both stacks the same env"),
    "SSO user of 257 characters": (lambda s: s.domain(auth_mode=AuthMode.SSO).add_user_profile("Alice", sso_user="a" * 257), "[Research/Studio/Alice] sso_user must be 1..256 characters, got 257; pass the user's name"),
    "display name of 65 characters": (lambda s: s.lab(space_display_name="a" * 65), LAB + f"space_display_name must be 1..64 characters of one line, not only spaces, got '{'a' * 65}'; pass a shorter one, or none"),
    "minimum alone for one space": (lambda s: s.lab(app=JupyterLab(idle_shutdown=IdleShutdown.after(minutes(90), minimum=minutes(90)))), LAB + "idle shutdown must be a time alone, got IdleShutdown.after(Duration.minutes(90), minimum=Duration.minutes(90)): CloudFormation has no bounds for one space; give minimum and maximum on the domain or the owner"),
    "imported domain's odd id": (lambda s: Domain.from_domain_attributes(s.stack, "Shared", domain_id="d-ABC"), "[Research/Shared] domain_id must look like d-abc123, got 'd-ABC'; pass the id, not name or ARN"),
    "default storage of an import": (lambda s: Domain.from_domain_attributes(s.stack, "Shared", domain_id="d-a", default_user_settings=UserSettings(storage=SpaceStorage(maximum=Size.gibibytes(10)))).add_user_profile("Alice").add_private_space("Lab", app=JupyterLab(), storage=Size.gibibytes(11)), "[Research/Shared/Alice/Lab] storage must be at most 10 GiB, as the owner or the domain allows, got 11; pass a smaller size, or SpaceStorage(maximum=Size.gibibytes(11)) there"),
    "shared default storage of an import": (lambda s: Domain.from_domain_attributes(s.stack, "Shared", domain_id="d-a", default_space_settings=SpaceSettings(storage=SpaceStorage(maximum=Size.gibibytes(10)))).add_user_profile("Alice").add_shared_space("Lab", app=JupyterLab(), storage=Size.gibibytes(11)), "[Research/Shared/Alice/Lab] storage must be at most 10 GiB, as the owner or the domain allows, got 11; pass a smaller size, or SpaceStorage(maximum=Size.gibibytes(11)) there"),
    "image of a profile on the domain's type": (lambda s: s.domain(default_user_settings=UserSettings(jupyter_lab=JupyterLab(instance_type=T3))).add_user_profile("Alice", user_settings=UserSettings(jupyter_lab=JupyterLab(image=GPU))), "[Research/Studio/Alice] JupyterLab: image must be the CPU one on ml.t3.medium, which has no GPU, got the GPU one; pass StudioImage.distribution_cpu(), or an instance type of the families g or p"),
    "blank display name": (lambda s: s.lab(space_display_name=" "), LAB + "space_display_name must be 1..64 characters of one line, not only spaces, got ' '; pass a shorter one, or none"),
    "shared Code Editor": (lambda s: s.churn(app=CodeEditor()), CHURN + "app must be JupyterLab in a shared space, got CodeEditor, which SageMaker does not share; pass app=JupyterLab(...), or make the space private"),
    "owner of another domain": (owner_of_another_domain, "[Research/Lab] owner must be a user profile of the space's domain, got 'alice' of another; pass the same domain to both"),
    "region without spaces": (lambda s: s.in_region("us-gov-west-1").lab(), "[Elsewhere/Studio/Alice/Lab] AWS::SageMaker::Space must be in a region where CloudFormation has it, got us-gov-west-1; deploy the stack to another region"),
    "volume too small": (lambda s: s.lab(storage=Size.gibibytes(2)), LAB + "storage must be 5..16384 GiB, got 2; pass Size.gibibytes(5) or more"),
    "volume too large": (lambda s: s.lab(storage=Size.tebibytes(17)), LAB + "storage must be 5..16384 GiB, got 17408; pass Size.gibibytes(16384) or less"),
    "volume of half a GiB more": (lambda s: s.lab(storage=Size.mebibytes(5632)), LAB + "storage must be 5..16384 GiB, got 5.5; pass Size.gibibytes(5)"),
    "volume above the domain's maximum": (lambda s: s.lab(storage=Size.gibibytes(101)), LAB + "storage must be at most 100 GiB, as the owner or the domain allows, got 101; pass a smaller size, or SpaceStorage(maximum=Size.gibibytes(101)) there"),
    "volume above the owner's maximum": (lambda s: s.lab(UserSettings(storage=SpaceStorage(maximum=Size.gibibytes(30))), storage=Size.gibibytes(40)), LAB + "storage must be at most 30 GiB, as the owner or the domain allows, got 40; pass a smaller size, or SpaceStorage(maximum=Size.gibibytes(40)) there"),
    "shared volume above the domain's maximum": (lambda s: s.churn(SpaceSettings(storage=SpaceStorage(maximum=Size.gibibytes(30))), storage=Size.gibibytes(40)), CHURN + "storage must be at most 30 GiB, as the owner or the domain allows, got 40; pass a smaller size, or SpaceStorage(maximum=Size.gibibytes(40)) there"),
    "default volume above its maximum": (lambda s: SpaceStorage(default=Size.gibibytes(50), maximum=Size.gibibytes(40)), "default of storage must be at most its maximum of 40 GiB, got 50; pass maximum=Size.gibibytes(50) or more"),
    "maximum volume too large": (lambda s: SpaceStorage(maximum=Size.gibibytes(16385)), "maximum of storage must be 5..16384 GiB, got 16385; pass Size.gibibytes(16384) or less"),
    # roles and their settings
    "path without slashes": (lambda s: ExecutionRoleSettings(path="studio"), "path must be at most 512 characters that begin and end with a slash, got 'studio'; pass '/studio/' say"),
    "path without its last slash": (lambda s: ExecutionRoleSettings(path="/studio"), "path must be at most 512 characters that begin and end with a slash, got '/studio'; pass '/studio/' say"),
    "identity propagation in an IAM domain": (lambda s: s.domain(execution_role_settings=ExecutionRoleSettings(trusted_identity_propagation=True)), "[Research/Studio] trusted_identity_propagation must be with AuthMode.SSO, got AuthMode.IAM; leave it out of execution_role_settings, or pass auth_mode=AuthMode.SSO"),
    "role that was made for another user": (two_users_with_the_role_of_one, "[Research/Studio/Bob] execution_role must be a role that nobody else has, got that of user 'alice'; pass another role, or a TeamExecutionRole to all profiles that share one"),
    "role that was given to another user": (two_users_with_a_given_role, "[Research/Other/Bob] execution_role must be a role that nobody else has, got that of user 'alice'; pass another role, or a TeamExecutionRole to all profiles that share one"),
    "default role of the domain for a user": (lambda s: role_of_the_domain_for_a_user(s, "default_execution_role"), "[Research/Studio/Alice] execution_role must be a role that nothing else has, got one that a domain has for everybody; pass another role, or none for one that is made for this profile"),
    "role of shared spaces for a user": (lambda s: role_of_the_domain_for_a_user(s, "space_execution_role"), "[Research/Studio/Alice] execution_role must be a role that nothing else has, got one that a domain has for everybody; pass another role, or none for one that is made for this profile"),
    "role of a user for everybody": (lambda s: role_of_a_user_for_a_domain(s, "default_user_settings", UserSettings), "[Research/Other] execution_role must be a role that no user has, got that of user 'alice', as whom others would act; pass another role, or none for one that is made for this"),
    "role of a user for shared spaces": (lambda s: role_of_a_user_for_a_domain(s, "default_space_settings", SpaceSettings), "[Research/Other] execution_role must be a role that no user has, got that of user 'alice', as whom others would act; pass another role, or none for one that is made for this"),
    "team of another domain": (team_of_another_domain, "[Research/Studio/Alice] execution_role must be a TeamExecutionRole of the profile's domain, got one of another; pass the same domain to both"),
    # what is allowed
    "no allowed images": (lambda s: s.domain(allowed_images=[]), "[Research/Studio] allowed_images must name at least one image, got none; leave the argument out to allow all"),
    "no allowed images of an import": (lambda s: Domain.from_domain_attributes(s.stack, "Shared", domain_id="d-a", allowed_images=[]), "[Research/Shared] allowed_images must name at least one image, got none; leave the argument out to allow all"),
    "more images than a policy names": (lambda s: s.domain(allowed_images=[own_image(number) for number in range(99)]), "[Research/Studio] allowed_images must be few enough for a policy of 6144 characters, got 6890 characters; name fewer"),
    "default image that is not allowed": (lambda s: s.domain(allowed_images=[CPU], default_user_settings=UserSettings(code_editor=CodeEditor(image=GPU))), "[Research/Studio] CodeEditor: image must be one that the domain allows (StudioImage.distribution_cpu()), got StudioImage.distribution_gpu(); choose one of these, or add it to the domain's allowed_images"),
    "image that is not allowed in shared spaces": (lambda s: s.domain(allowed_images=[CPU], default_space_settings=SpaceSettings(jupyter_lab=JupyterLab(image=GPU))), "[Research/Studio] JupyterLab: image must be one that the domain allows (StudioImage.distribution_cpu()), got StudioImage.distribution_gpu(); choose one of these, or add it to the domain's allowed_images"),
    "profile's image that is not allowed": (lambda s: s.domain(allowed_images=[CPU]).add_user_profile("Alice", user_settings=UserSettings(jupyter_lab=JupyterLab(image=GPU))), "[Research/Studio/Alice] JupyterLab: image must be one that the domain allows (StudioImage.distribution_cpu()), got StudioImage.distribution_gpu(); choose one of these, or add it to the domain's allowed_images"),
    "image that is not allowed": (lambda s: s.user(allowed_images=[CPU, own_image(1)]).add_private_space("Lab", app=CodeEditor(image=own_image(2))), LAB + "image must be one that the domain allows (StudioImage.distribution_cpu(), StudioImage.from_image_arn('arn:aws:sagemaker:eu-west-1:111111111111:image/team-01')), got StudioImage.from_image_arn('arn:aws:sagemaker:eu-west-1:111111111111:image/team-02'); choose one of these, or add it to the domain's allowed_images"),
    "Studio's type that is not allowed": (lambda s: s.imported_user(allowed_instance_types=[G5]).add_private_space("Lab", app=JupyterLab()), IMPORTED_LAB + "instance_type must be one that the domain allows (ml.g5.xlarge), got none, which means ml.t3.medium; choose one of these, or add it to the domain's allowed_instance_types"),
    "Studio's image that is not allowed": (lambda s: s.imported_user(allowed_images=[GPU]).add_private_space("Lab", app=JupyterLab()), IMPORTED_LAB + "image must be one that the domain allows (StudioImage.distribution_gpu()), got none, which means StudioImage.distribution_cpu(); choose one of these, or add it to the domain's allowed_images"),
    "Studio's image on a GPU that is not allowed": (lambda s: s.user(allowed_images=[CPU]).add_shared_space("Churn", app=JupyterLab(instance_type=G5)), CHURN + "image must be one that the domain allows (StudioImage.distribution_cpu()), got none, which means StudioImage.distribution_gpu(); choose one of these, or add it to the domain's allowed_images"),
    # members and grants
    "member of another domain": (lambda s: member(s, lambda domain: s.domain("Other").add_user_profile("Bob")), CHURN + "members must be user profiles of the space's domain, got 'bob' of another; pass profiles of the same domain"),
    "member with an imported role": (lambda s: member(s, lambda domain: domain.add_user_profile("Bob", execution_role=imported_role(s))), CHURN + "members must have execution roles of their own that this app defines, got 'bob', who has an imported one or shares one with a team; give this user a role of its own, or leave members out"),
    "member of a team": (lambda s: member(s, lambda domain: domain.add_user_profile("Bob", execution_role=TeamExecutionRole(s.stack, "Team", domain=domain))), CHURN + "members must have execution roles of their own that this app defines, got 'bob', who has an imported one or shares one with a team; give this user a role of its own, or leave members out"),
    "imported member": (lambda s: member(s, lambda domain: UserProfile.from_user_profile_attributes(s.stack, "Bob", domain=domain, user_profile_name="bob")), CHURN + "members must have execution roles of their own that this app defines, got 'bob', who has an imported one or shares one with a team; give this user a role of its own, or leave members out"),
    "member of an imported domain": (member_of_an_imported_domain, "[Research/Shared/Alice/Churn] members must be left out in a domain that another app defines, which alone knows who else uses it, got ['bob']; declare the space in that app, or leave them out"),
    "no members of an imported domain": (no_members_of_an_import, "[Research/Shared/Alice/Churn] members must be left out in a domain that another app defines, which alone knows who else uses it, got []; declare the space in that app, or leave them out"),
    "private space with members": (lambda s: SpaceSharing(s.user(), is_shared=False, members=()), "members must be left out of a private space, got some; pass SpaceSharing.shared(...)"),
    "use of a space with members by a team": (use_by_a_team, CHURN + "grantee must not be a role of Studio, whose fence denies this, got that of a team; pass a role that people or services take on outside Studio"),
    "remote session of a team on a private space": (remote_session_of_a_team, LAB + "grantee must not be a role of Studio, whose fence denies this, got that of a team; pass a role that people or services take on outside Studio"),
    "launch by a user": (lambda s: s.domain().grant_launch(s.domain("Other").add_user_profile("Bob"), []), "[Research/Studio] grantee must not be a role of Studio, whose fence denies this, got that of user 'bob'; pass a role that people or services take on outside Studio"),
    "administration by a user": (lambda s: s.domain().grant_administer(s.domain("Other").add_user_profile("Bob").execution_role), "[Research/Studio] grantee must not be a role of Studio, whose fence denies this, got that of user 'bob'; pass a role that people or services take on outside Studio"),
    "role of shared spaces for two domains": (two_domains_with_one_role, "[Research/Other] execution_role must be a role that no other domain has, got one that has; pass another role, or none for one that is made for this"),
    "passing of a role by everybody": (passing_by_everybody, "[Research/Studio/SpaceExecutionRole] roles must be passed by users, got a role that a domain has for everybody, whose fence denies it; grant the passing to profiles"),
    "administrator fence on a user": (lambda s: AdministratorFence(s.stack, "NoWayIn", domain=s.domain(), roles=[s.domain("Other").add_user_profile("Bob").execution_role]), "[Research] roles must not be roles of Studio, whose users could not work then, got one; pass roles that administrators take on"),
    "role of a team for a domain": (domain_with_the_role_of_a_team, "[Research/Other] execution_role must be a role that no user has, got that of a team, as whom others would act; pass another role, or none for one that is made for this"),
    "allowed image that the region lacks": (lambda s: s.in_region("eu-central-2").domain(allowed_images=[CPU]), "[Elsewhere/Studio] image must be one that eu-central-2 has, got SageMaker Distribution, whose account there AWS does not publish; pass StudioImage.from_image_arn(...), or no image, for Studio's own choice"),
    "identity propagation of an import by IAM": (lambda s: Domain.from_domain_attributes(s.stack, "Shared", domain_id="d-abc123", auth_mode=AuthMode.IAM, execution_role_settings=ExecutionRoleSettings(trusted_identity_propagation=True)), "[Research/Shared] trusted_identity_propagation must be with AuthMode.SSO, got AuthMode.IAM; leave it out of execution_role_settings, or pass auth_mode=AuthMode.SSO"),
    "more spaces than a member's policy names": (sixty_spaces_of_a_member, "[Research/Studio/Alice/Churn33] spaces must be few enough for a policy of 6144 characters to name those of user 'bob', got 6278; declare fewer spaces or members, or grant the passing of fewer roles"),
    "more spaces than a policy for sessions names": (sixty_spaces_for_sessions, "[Research/Studio/Alice/Lab33] spaces must be few enough for a policy of 6144 characters to name those of user 'alice', got 6159; declare fewer spaces or members, or grant the passing of fewer roles"),
    "more spaces than a team's policy names": (sixty_spaces_of_a_team, "[Research/Studio/Alice/Lab33] spaces must be few enough for a policy of 6144 characters to name those of a team, got 6228; declare fewer spaces or members, or grant the passing of fewer roles"),
    "use of a private space": (lambda s: s.lab().grant_use(scheduler(s)), LAB + "space must be shared for grant_use, got 'alice-lab', which is private; nobody but its owner starts a private space"),
    "use of a space of unknown sharing": (use_of_an_import, "[Research/Lab] space must be shared for grant_use, got 'lab', which is of unknown sharing; nobody but its owner starts a private space"),
    "use of a space by a user of another domain": (use_by_a_user_of_another_domain, CHURN + "grantee must not be a role of Studio, whose fence denies this, got that of user 'bob'; pass a role that people or services take on outside Studio"),
    "remote session without remote access": (lambda s: s.lab().grant_remote(scheduler(s)), LAB + "remote_access must be on in the domain for grant_remote, got off; pass remote_access=True to the domain"),
    "remote session of no member": (remote_session_of_no_member, CHURN + "grantee must be one who may start 'churn', got user 'bob', whose role is fenced off from it; make this user a member if the space is shared, or pass the owner"),
    "launch of nobody": (lambda s: launch(s), "[Research/Studio] profiles must name at least one user, got none; pass the profiles whose URLs may be made"),
    "launch of a user of another domain": (lambda s: launch(s, s.domain("Other").add_user_profile("Bob")), "[Research/Studio] profiles must be of this domain, got 'bob' of another; call grant_launch on that domain"),
    "launch of users of Identity Center": (lambda s: launch(s, auth_mode=AuthMode.SSO), "[Research/Studio] auth_mode must be AuthMode.IAM for grant_launch, got AuthMode.SSO, where SageMaker makes no such URLs; assign the users to the domain's application in IAM Identity Center"),
    "id of a fence of the domain's": (lambda s: s.domain().add_user_profile("UserFence"), "[Research/Studio] id must not be 'UserFence', which is an id of the construct's own; pass another id"),
    "id of a second policy of the domain's": (lambda s: s.domain().add_user_profile("SpaceUse2"), "[Research/Studio] id must not be 'SpaceUse2', which is an id of the construct's own; pass another id"),
    "id of a fence of the profile's": (lambda s: s.user().add_private_space("SessionFence", app=JupyterLab()), "[Research/Studio/Alice] id must not be 'SessionFence', which is an id of the construct's own; pass another id"),
    "imported space of another domain's user": (lambda s: imported_space(s, lambda domain: SpaceSharing.shared(s.domain("Other").add_user_profile("Alice"))), "[Research/Lab] owner must be a user profile of the space's domain, got 'alice' of another; pass the same domain to both"),
    "imported private space of another domain's user": (lambda s: imported_space(s, lambda domain: SpaceSharing.private(s.domain("Other").add_user_profile("Alice"))), "[Research/Lab] owner must be a user profile of the space's domain, got 'alice' of another; pass the same domain to both"),
    "member of another domain of an imported space": (lambda s: imported_space(s, lambda domain: SpaceSharing.shared(domain.add_user_profile("Alice"), members=[s.domain("Other").add_user_profile("Bob")])), "[Research/Lab] members must be user profiles of the space's domain, got 'bob' of another; pass profiles of the same domain"),
    "members of an imported space of an import": (members_of_an_imported_space, "[Research/Lab] members must be left out in a domain that another app defines, which alone knows who else uses it, got []; declare the space in that app, or leave them out"),
    "endpoint by its service": (lambda s: launch_through(s, "com.amazonaws.eu-west-1.sagemaker.api"), "[Research/Studio] source_vpce must be the id of a VPC endpoint, got 'com.amazonaws.eu-west-1.sagemaker.api'; pass vpce-0a1b2c3d4e5f67890 say"),
    "VPC in place of an endpoint": (lambda s: launch_through(s, "vpc-0a1b2c3d"), "[Research/Studio] source_vpce must be the id of a VPC endpoint, got 'vpc-0a1b2c3d'; pass vpce-0a1b2c3d4e5f67890 say"),
    "endpoint with more behind its id": (lambda s: launch_through(s, "vpce-0a1b2c3d*"), "[Research/Studio] source_vpce must be the id of a VPC endpoint, got 'vpce-0a1b2c3d*'; pass vpce-0a1b2c3d4e5f67890 say"),
    "no endpoint": (lambda s: launch_through(s, ""), "[Research/Studio] source_vpce must be the id of a VPC endpoint, got ''; pass vpce-0a1b2c3d4e5f67890 say"),
    "administrator of a fixed stack in a domain of an open one": (administrator_elsewhere, "[Research/Studio] a grantee must leave the account open as the domain does, whose ARNs it would misread, got 111111111111; give both stacks the same env"),
    "fence of a fixed stack around a domain of an open one": (lambda s: AdministratorFence(fixed(s), "Fence", domain=s.domain()), "[Elsewhere] an AdministratorFence must leave the account open as the domain does, whose ARNs it would misread, got 111111111111; give both stacks the same env"),
    "administration by a domain": (administration_by_a_domain, "[Research/Studio] " + NOT_OF_STUDIO + "one that a domain has for everybody" + PASS_OUTSIDE),
    "use of a space by a domain": (lambda s: s.churn().grant_use(s.domain("Other").default_execution_role), CHURN + NOT_OF_STUDIO + "one that a domain has for everybody" + PASS_OUTSIDE),
    "use of a space for all by a team": (lambda s: user_of_team(s)[0].add_shared_space("Churn", app=JupyterLab()).grant_use(s.stack.node.find_child("Team")), CHURN + NOT_OF_STUDIO + "that of a team" + PASS_OUTSIDE),
    "role of a stack in another account": (role_of_another_account, "[Elsewhere/Studio/Alice] execution_role must be of the domain's account 111111111111, got one of 222222222222; pass a role of that account"),
    "path of 513 characters": (lambda s: ExecutionRoleSettings(path=f"/{'a' * 511}/"), f"path must be at most 512 characters that begin and end with a slash, got '/{'a' * 511}/'; pass '/studio/' say"),
    "more scripts than a policy names": (lambda s: s.domain(allowed_lifecycle_configs=[LifecycleConfig.from_lifecycle_config_arn(f"arn:aws:sagemaker:eu-west-1:111111111111:studio-lifecycle-config/{'a' * 60}{number}") for number in range(10, 70)]), "[Research/Studio] allowed_lifecycle_configs must be few enough for a policy of 6144 characters, got 8069 characters; name fewer"),
    "Studio's choices at the domain": (lambda s: s.domain(allowed_instance_types=[G5], default_space_settings=SpaceSettings(jupyter_lab=JupyterLab(instance_type=G5))), "[Research/Studio] default_user_settings: JupyterLab: instance_type must be one that the domain allows (ml.g5.xlarge), got none, which means ml.t3.medium; choose one of these, or add it to the domain's allowed_instance_types\n[Research/Studio] default_user_settings: CodeEditor: instance_type must be one that the domain allows (ml.g5.xlarge), got none, which means ml.t3.medium; choose one of these, or add it to the domain's allowed_instance_types"),
    # instance types and images
    "instance type without ml": (lambda s: InstanceType.of("t3.medium"), "instance type must start with 'ml.', got 't3.medium'; use InstanceType.of('ml.t3.medium')"),
    "no instance type": (lambda s: InstanceType.of("large"), "instance type must have the form ml.FAMILY.SIZE, got 'large'; pass one such as ml.m5.large"),
    "system type": (lambda s: s.lab(app=JupyterLab(instance_type=InstanceType.SYSTEM)), LAB + "instance_type must be one that runs JupyterLab, got 'system'; pass one such as InstanceType.ML_T3_MEDIUM"),
    "geospatial type": (lambda s: s.lab(app=CodeEditor(instance_type=InstanceType.ML_GEOSPATIAL_INTERACTIVE)), LAB + "instance_type must be one that runs CodeEditor, got 'ml.geospatial.interactive'; pass one such as InstanceType.ML_T3_MEDIUM"),
    "type that is not allowed": (lambda s: s.user(allowed_instance_types=[T3, InstanceType.ML_M5_LARGE]).add_private_space("Lab", app=JupyterLab(instance_type=G5)), LAB + "instance_type must be one that the domain allows (ml.m5.large, ml.t3.medium), got 'ml.g5.xlarge'; choose one of these, or add it to the domain's allowed_instance_types"),
    "CPU image on a GPU": (lambda s: s.lab(app=JupyterLab(instance_type=G5, image=CPU)), LAB + "image must be the GPU one on ml.g5.xlarge, which has GPUs, got the CPU one; pass StudioImage.distribution_gpu(), or an instance type without GPUs"),
    "GPU image without a GPU": (lambda s: s.lab(app=CodeEditor(instance_type=T3, image=GPU)), LAB + "image must be the CPU one on ml.t3.medium, which has no GPU, got the GPU one; pass StudioImage.distribution_cpu(), or an instance type of the families g or p"),
    "GPU image on the owner's machine": (lambda s: s.lab(UserSettings(jupyter_lab=JupyterLab(instance_type=T3)), app=JupyterLab(image=GPU)), LAB + "image must be the CPU one on ml.t3.medium, which has no GPU, got the GPU one; pass StudioImage.distribution_cpu(), or an instance type of the families g or p"),
    "region without a published image": (lambda s: s.in_region("eu-central-2").lab(app=JupyterLab(image=CPU)), "[Elsewhere/Studio/Alice/Lab] image must be one that eu-central-2 has, got SageMaker Distribution, whose account there AWS does not publish; pass StudioImage.from_image_arn(...), or no image, for Studio's own choice"),
    "image by its name": (lambda s: StudioImage.from_image_arn("team-image"), "image_arn must be arn:PARTITION:sagemaker:REGION:ACCOUNT:image/NAME with a lower case name, got 'team-image'; pass such an ARN, or a version's to StudioImage.from_image_version_arn"),
    "image with an upper case name": (lambda s: StudioImage.from_image_arn("arn:aws:sagemaker:eu-west-1:123456789012:image/Team"), "image_arn must be arn:PARTITION:sagemaker:REGION:ACCOUNT:image/NAME with a lower case name, got 'arn:aws:sagemaker:eu-west-1:123456789012:image/Team'; pass such an ARN, or a version's to StudioImage.from_image_version_arn"),
    "image in place of its version": (lambda s: StudioImage.from_image_version_arn("arn:aws:sagemaker:eu-west-1:123456789012:image/team"), "image_version_arn must be arn:PARTITION:sagemaker:REGION:ACCOUNT:image-version/NAME/NUMBER with a lower case name, got 'arn:aws:sagemaker:eu-west-1:123456789012:image/team'; pass such an ARN, or an image's to StudioImage.from_image_arn"),
    "eleven repositories": (lambda s: JupyterLab(code_repositories=["https://example.com/a"] * 11), "code_repositories must be at most 10, got 11; leave out 1"),
    "repository over SSH": (lambda s: JupyterLab(code_repositories=["git@example.com:a/b.git"]), "code_repositories must be https:// URLs of at most 256 letters, digits, dots, hyphens, underscores and slashes, got 'git@example.com:a/b.git'; pass the HTTPS address without user, port or query"),
    # idle shutdown
    "idle too short": (lambda s: IdleShutdown.after(minutes(59)), "idle shutdown must be 60..525600 minutes, got 59; pass Duration.minutes(60) or more"),
    "limit of idleness too short": (lambda s: StudioChecks(maximum_idle_time=minutes(59)), "maximum_idle_time must be 60..525600 minutes, got 59; pass Duration.minutes(60) or more"),
    "limit of idleness in seconds": (lambda s: StudioChecks(maximum_idle_time=Duration.seconds(5_430)), "maximum_idle_time must be 60..525600 minutes, got 90.5; pass Duration.minutes(90)"),
    "idle too long": (lambda s: IdleShutdown.after(Duration.days(366)), "idle shutdown must be 60..525600 minutes, got 527040; pass Duration.minutes(525600) or less"),
    "idle of half a minute more": (lambda s: IdleShutdown.after(minutes(60.5)), "idle shutdown must be 60..525600 minutes, got 60.5; pass Duration.minutes(60)"),
    "minimum idle too short": (lambda s: IdleShutdown.after(minutes(90), minimum=minutes(30)), "minimum of idle shutdown must be 60..525600 minutes, got 30; pass Duration.minutes(60) or more"),
    "idle below its own minimum": (lambda s: IdleShutdown.after(minutes(60), minimum=minutes(90)), "idle shutdown must be 90..525600 minutes, its own minimum and maximum, got 60 minutes; pass IdleShutdown.after a duration between them"),
    "minimum idle above the maximum": (lambda s: IdleShutdown.after(minutes(100), minimum=minutes(120), maximum=minutes(90)), "minimum of idle shutdown must be at most its maximum of 90 minutes, got 120; pass maximum=Duration.minutes(120) or more"),
    "idle disabled for one space": (lambda s: s.lab(app=JupyterLab(idle_shutdown=IdleShutdown.disabled())), LAB + "idle shutdown must be a time, got IdleShutdown.disabled(): CloudFormation has only the time of a space; leave it out, disable it in the user_settings of the owner, or pass IdleShutdown.after(...)"),
    "bounds for one space": (lambda s: s.lab(app=JupyterLab(idle_shutdown=IdleShutdown.after(minutes(90), maximum=minutes(90)))), LAB + "idle shutdown must be a time alone, got IdleShutdown.after(Duration.minutes(90), maximum=Duration.minutes(90)): CloudFormation has no bounds for one space; give minimum and maximum on the domain or the owner"),
    "idle where the owner disabled it": (lambda s: s.lab(UserSettings(jupyter_lab=JupyterLab(idle_shutdown=IdleShutdown.disabled())), app=JupyterLab(idle_shutdown=IdleShutdown.after(minutes(90)))), LAB + "idle shutdown must be left out, got 90 minutes: it is disabled for the owner or the domain, and a space has only a time of its own; enable it there"),
    "idle outside the owner's bounds": (lambda s: s.lab(UserSettings(code_editor=CodeEditor(idle_shutdown=IdleShutdown.after(minutes(90), minimum=minutes(80), maximum=minutes(100)))), app=CodeEditor(idle_shutdown=IdleShutdown.after(minutes(120)))), LAB + "idle shutdown must be 80..100 minutes, as the owner or the domain allows, got 120 minutes; leave it out, or pass IdleShutdown.after a duration between them"),
    "shared idle outside the domain's bounds": (lambda s: s.churn(SpaceSettings(jupyter_lab=JupyterLab(idle_shutdown=IdleShutdown.after(minutes(90), minimum=minutes(80)))), app=JupyterLab(idle_shutdown=IdleShutdown.after(minutes(60)))), CHURN + "idle shutdown must be 80..525600 minutes, as the owner or the domain allows, got 60 minutes; leave it out, or pass IdleShutdown.after a duration between them"),
    "removal policy": (lambda s: s.domain(removal_policy=cdk.RemovalPolicy.SNAPSHOT), "[Research/Studio] removal_policy must be RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got 'SNAPSHOT'; CloudFormation takes no snapshots of a Studio, pass RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE"),
    "drain of what is kept": (lambda s: s.drain(), "[Research/Drain] removal_policy of a domain with a drain must be RemovalPolicy.DESTROY, got 'RETAIN_ON_UPDATE_OR_DELETE'; pass RemovalPolicy.DESTROY to the domain, or leave out the drain"),
    "drain of an import that is kept": (lambda s: DomainDrain(s.stack, "Drain", domain=s.imported()), "[Research/Drain] removal_policy of a domain with a drain must be RemovalPolicy.DESTROY, got 'RETAIN_ON_UPDATE_OR_DELETE'; pass RemovalPolicy.DESTROY to the domain, or leave out the drain"),
    "drained domain that is kept after all": (lambda s: s.drained().apply_removal_policy(cdk.RemovalPolicy.RETAIN), "[Research/Studio] removal_policy of a domain with a drain must be RemovalPolicy.DESTROY, got 'RETAIN'; pass RemovalPolicy.DESTROY to the domain, or leave out the drain"),
    "drained domain with a policy in words": (lambda s: s.drained().apply_removal_policy("retain"), "[Research/Studio] removal_policy of a domain with a drain must be RemovalPolicy.DESTROY, got 'retain'; pass RemovalPolicy.DESTROY to the domain, or leave out the drain"),
    "second drain": (lambda s: DomainDrain(s.stack, "Other", domain=s.drained()), "[Research/Other] domain must have one drain in a stack, got a second; leave out one of the two"),
    "drain in another region": (lambda s: DomainDrain(s.in_region("eu-west-1").stack, "Drain", domain=s.drained()), "[Elsewhere/Drain] a drain must be in the account of the domain, which is open, got 111111111111; give both stacks the same env"),
    "removal policy of a space": (lambda s: s.lab(removal_policy=cdk.RemovalPolicy.SNAPSHOT), LAB + "removal_policy must be RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got 'SNAPSHOT'; CloudFormation takes no snapshots of a Studio, pass RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE"),
    "alias of a key": (lambda s: s.domain(encryption=DomainEncryption.customer_managed(kms.Key.from_key_arn(s.stack, "K", "arn:aws:kms:eu-west-1:123456789012:alias/studio"))), "[Research/Studio] encryption must have a key, got the alias 'arn:aws:kms:eu-west-1:123456789012:alias/studio': policies cannot name an alias; pass the key, kms.Key.from_key_arn(...) say"),
    "key of another region": (lambda s: s.in_region("eu-west-1").key_of("us-east-1"), "[Elsewhere/Studio] key must be in the domain's region eu-west-1, got one in us-east-1; pass a key of eu-west-1"),
    "tags that differ in case": (lambda s: s.domain(tags={"team": "a", "Team": "b"}), "[Research/Studio] tags must not differ in case only, got 'Team' beside 'team'; IAM takes both for one, drop one"),
    "profile of an open stack in a domain of a fixed one": (lambda s: UserProfile(s.stack, "Alice", domain=s.in_region("eu-west-1").domain()), "[Research/Alice] a user profile must be in the account of the domain, 111111111111, got none; give both stacks the same env"),
    "profile of a fixed stack in a domain of an open one": (lambda s: UserProfile(s.in_region("eu-west-1").stack, "Alice", domain=s.domain()), "[Elsewhere/Alice] a user profile must be in the account of the domain, which is open, got 111111111111; give both stacks the same env"),
    "VPC of another region": (lambda s: Domain(cdk.Stack(s.app, "Here", env=EU), "Studio", network=NetworkAccess.vpc_only(public_vpc(s.in_region("us-east-1").stack))), "[Here/Studio] vpc must be in the domain's region eu-west-1, got one in us-east-1; pass a vpc of eu-west-1"),
    "role of another account": (lambda s: s.in_region("eu-west-1").domain().add_user_profile("Alice", execution_role=ExecutionRole.from_execution_role_arn(s.stack, "R", "arn:aws:iam::222222222222:role/alice")), "[Elsewhere/Studio/Alice] execution_role must be of the domain's account 111111111111, got one of 222222222222; pass a role of that account"),
    "space in an imported domain of a region without spaces": (lambda s: Domain.from_domain_attributes(s.stack, "Shared", domain_id="d-a", region="cn-north-1").add_user_profile("Alice").add_private_space("Lab", app=JupyterLab()), "[Research/Shared/Alice/Lab] AWS::SageMaker::Space must be in a region where CloudFormation has it, got cn-north-1; deploy the stack to another region"),
    "tag that is a number": (lambda s: s.domain(tags={"cost": 42}), "[Research/Studio] the value of a tag must be text, got 42 for 'cost'; pass str(42)"),
    "removal policy in words": (lambda s: s.domain(removal_policy="destroy"), "[Research/Studio] removal_policy must be RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got 'destroy'; CloudFormation takes no snapshots of a Studio, pass RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE"),
    "VPC with public subnets alone": (lambda s: s.domain(network=NetworkAccess.vpc_only(public_vpc(s.stack))), "[Research/Studio] vpc must have private or isolated subnets, got public ones alone, where apps have no public address; give the VPC private subnets, or choose these with vpc_subnets"),
    "more subnets of a VPC than a domain takes": (lambda s: s.domain(network=NetworkAccess.vpc_only(public_vpc(s.stack), vpc_subnets=ec2.SubnetSelection(subnets=[ec2.Subnet.from_subnet_attributes(s.stack, f"S{i}", subnet_id=f"subnet-{i}", availability_zone="a", route_table_id="r") for i in range(17)]))), "[Research/Studio] vpc_subnets must be 1..16, got 17; pass at least one and at most 16"),
    "imported VPC with an id of another form": (lambda s: s.domain(network=NetworkAccess.vpc_only(imported_vpc(s.stack, vpc_id="main"))), "[Research/Studio] vpc must be 'vpc-' and 8 or 17 hexadecimal digits, got 'main'; pass an id such as vpc-0a1b2c3d"),
    "imported VPC with a subnet of another form": (lambda s: s.domain(network=NetworkAccess.vpc_only(imported_vpc(s.stack, subnet_id="private"))), "[Research/Studio] vpc_subnets must be 'subnet-' and 8 or 17 hexadecimal digits, got 'private'; pass an id such as subnet-0a1b2c3d"),
    "group of the network with an id of another form": (lambda s: s.domain(network=NetworkAccess.vpc_only(imported_vpc(s.stack), security_groups=[ec2.SecurityGroup.from_security_group_id(s.stack, "Group", "apps")])), "security_groups must be 'sg-' and 8 or 17 hexadecimal digits, got 'apps'; pass an id such as sg-0a1b2c3d"),
    "key with a malformed ARN": (lambda s: DomainEncryption.customer_managed(kms.Key.from_key_arn(s.stack, "Key", "arn:aws:kms:eu-west-1:1:key/abc")), "key must have an ARN such as arn:PARTITION:kms:REGION:ACCOUNT:key/ID, got 'arn:aws:kms:eu-west-1:1:key/abc'; pass a key with such an ARN"),
    "same subnet twice": (lambda s: NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"] * 2), "subnet_ids must differ from each other, got 'subnet-0a1b2c3d' twice; pass it once"),
    "token for a list of security groups": (lambda s: NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"], security_group_ids=cdk.CfnParameter(s.stack, "G", type="List<AWS::EC2::SecurityGroup::Id>").value_as_list), "security_group_ids must be a list whose length is known, got a token for a list; pass the ids one by one, with Fn.select(0, ...) for the first"),
    "imported profile's name": (lambda s: UserProfile.from_user_profile_attributes(s.stack, "Alice", domain=s.domain(), user_profile_name="a b"), "[Research/Alice] user_profile_name must be 1..63 letters, digits and inner hyphens, got 'a b'; pass user_profile_name=... to choose it"),
    "imported space's name": (lambda s: Space.from_space_attributes(s.stack, "Lab", domain=s.domain(), space_name=""), "[Research/Lab] space_name must be 1..63 letters, digits and inner hyphens, got ''; pass space_name=... to choose it"),
    "role that is a user": (lambda s: ExecutionRole.from_execution_role_arn(s.stack, "Role", "arn:aws:iam::123456789012:user/alice"), "[Research/Role] execution_role_arn must be arn:PARTITION:iam::ACCOUNT:role/PATH/NAME, got 'arn:aws:iam::123456789012:user/alice'; pass the ARN of the role"),
    "role in a path that SageMaker does not take": (lambda s: ExecutionRole.from_execution_role_arn(s.stack, "Role", "arn:aws:iam::123456789012:role/a~b/alice"), "[Research/Role] execution_role_arn must be arn:PARTITION:iam::ACCOUNT:role/PATH/NAME, got 'arn:aws:iam::123456789012:role/a~b/alice'; pass the ARN of the role"),
    "profile's role in a path that SageMaker does not take": (lambda s: s.domain().add_user_profile("Alice", execution_role=iam.Role.from_role_arn(s.stack, "Role", "arn:aws:iam::123456789012:role/a~b/alice")), "[Research/Studio/Alice] execution_role must have an ARN such as arn:PARTITION:iam::ACCOUNT:role/PATH/NAME, got 'arn:aws:iam::123456789012:role/a~b/alice'; pass a role with such an ARN"),
    "domain's role with a malformed ARN": (lambda s: s.domain(default_user_settings=UserSettings(execution_role=iam.Role.from_role_arn(s.stack, "Role", "arn:aws:iam::1:role/studio"))), "[Research/Studio] execution_role must have an ARN such as arn:PARTITION:iam::ACCOUNT:role/PATH/NAME, got 'arn:aws:iam::1:role/studio'; pass a role with such an ARN"),
    "role with two names": (lambda s: ExecutionRole.from_execution_role_arn(s.stack, "Role", "arn:aws:iam::123456789012:role/team/alice", role_name="bob"), "[Research/Role] role_name must be 'alice', as in the ARN, got 'bob'; leave it out"),
    "space beside its domain, away from its owner": (space_away_from_its_owner, "[Research/Lab] scope must not be in the domain's stack, since the owner 'alice' is in another, which needs the domain first; define the space in the owner's stack, with add_private_space say"),
    "constructor past the door": (lambda s: InstanceType("m5.large"), "instance type must start with 'ml.', got 'm5.large'; use InstanceType.of('ml.m5.large')"),
    "two mistakes in one space": (lambda s: s.lab(app=JupyterLab(instance_type=G5, image=CPU), storage=Size.gibibytes(200)), LAB + "image must be the GPU one on ml.g5.xlarge, which has GPUs, got the CPU one; pass StudioImage.distribution_gpu(), or an instance type without GPUs\n" + LAB + "storage must be at most 100 GiB, as the owner or the domain allows, got 200; pass a smaller size, or SpaceStorage(maximum=Size.gibibytes(200)) there"),
}  # fmt: skip


WRONG_TYPES: dict[str, tuple[Callable[[Studio], object], str]] = {
    "instance type as text": (lambda s: JupyterLab(instance_type="ml.m5.large"), "instance_type must be of type InstanceType, got 'ml.m5.large'; pass InstanceType.of('ml.m5.large') say"),
    "image as text": (lambda s: CodeEditor(image="cpu"), "image must be of type StudioImage, got 'cpu'; pass StudioImage.distribution_cpu() say"),
    "idle shutdown as a number": (lambda s: JupyterLab(idle_shutdown=60), "idle_shutdown must be of type IdleShutdown, got 60; pass IdleShutdown.after(Duration.hours(2)) say"),
    "one repository": (lambda s: JupyterLab(code_repositories="https://example.com/a"), "code_repositories must be of type list or tuple, got 'https://example.com/a'; pass a list of URLs"),
    "auth mode as text": (lambda s: s.domain(auth_mode="SSO"), "auth_mode must be of type AuthMode, got 'SSO'; pass AuthMode.IAM or AuthMode.SSO"),
    "allowed type as text": (lambda s: s.domain(allowed_instance_types=["ml.m5.large"]), "allowed_instance_types must be of type InstanceType, got 'ml.m5.large'; pass InstanceType.of('ml.m5.large') say"),
    "one allowed type": (lambda s: s.domain(allowed_instance_types=T3), f"allowed_instance_types must be of type list or tuple, got {T3!r}; pass a list of instance types"),
    "volume as a number": (lambda s: s.lab(storage=50), "storage must be of type Size, got 50; pass Size.gibibytes(50) say"),
    "home file system in words": (lambda s: s.domain(home_efs="false"), "home_efs must be of type bool, got 'false'; pass True or False"),
    "role by its ARN": (lambda s: s.domain().add_user_profile("Alice", execution_role="arn:aws:iam::123456789012:role/alice"), "execution_role must not be text, got 'arn:aws:iam::123456789012:role/alice'; pass ExecutionRole.from_execution_role_arn(...) say"),
    "security group by its id": (lambda s: UserSettings(security_groups=["sg-1"]), "security_groups must not be text, got 'sg-1'; pass ec2.SecurityGroup.from_security_group_id(...) say"),
    "key by its ARN": (lambda s: DomainEncryption.customer_managed("arn:aws:kms:eu-west-1:123456789012:key/abc"), "key must not be text, got 'arn:aws:kms:eu-west-1:123456789012:key/abc'; pass kms.Key.from_key_arn(...) say"),
    "VPC by its id": (lambda s: NetworkAccess.vpc_only("vpc-1"), "vpc must not be text, got 'vpc-1'; pass an ec2.IVpc, or ids to vpc_only_from_ids"),
    "one subnet": (lambda s: NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids="subnet-0a1b2c3d"), "subnet_ids must not be text, got 'subnet-0a1b2c3d'; pass a list of ids"),
    "owner by name": (lambda s: SpaceSharing.private("alice"), "owner must name a user profile, got 'alice'; pass the profile itself"),
    "settings of spaces for a user": (lambda s: s.domain().add_user_profile("Alice", user_settings=SpaceSettings()), f"user_settings must be of type UserSettings, got {SpaceSettings()!r}; pass UserSettings(...)"),
    "drain of a domain by its id": (lambda s: DomainDrain(s.stack, "Drain", domain="d-abc123"), "domain must be a Domain, got 'd-abc123'; pass the domain itself"),
    "drain of no domain": (lambda s: DomainDrain(s.stack, "Drain", domain=None), "domain must be a Domain, got None; pass the domain itself"),
    "drain that may delete in words": (lambda s: s.drain("false", removal_policy=cdk.RemovalPolicy.DESTROY), "delete_user_spaces must be of type bool, got 'false'; pass True or False"),
    "idle time as a number": (lambda s: IdleShutdown.after(120), "duration must be of type Duration, got 120; pass Duration.minutes(120) say"),
    "maximum as a number": (lambda s: SpaceStorage(maximum=100), "maximum must be of type Size, got 100; pass Size.gibibytes(50) say"),
    "no name of a type": (lambda s: InstanceType.of(7), "name must be of type str, got 7; pass one such as 'ml.m5.large'"),
    "network by its name": (lambda s: s.domain(network="VpcOnly"), "network must be of type NetworkAccess, got 'VpcOnly'; pass NetworkAccess.vpc_only(vpc) say"),
    "encryption by its name": (lambda s: s.domain(encryption="AwsManaged"), "encryption must be of type DomainEncryption, got 'AwsManaged'; pass DomainEncryption.customer_managed(key) say"),
    "sharing by its name": (lambda s: Space(s.stack, "Lab", domain=s.domain(), sharing="Private", app=JupyterLab()), "sharing must be of type SpaceSharing, got 'Private'; pass SpaceSharing.private(owner) or SpaceSharing.shared(owner)"),
    "app as a class": (lambda s: s.lab(app=JupyterLab), f"app must be of type App, got {JupyterLab!r}; pass JupyterLab() or CodeEditor()"),
    "members as text": (lambda s: s.churn(members="bob"), "members must be of type list or tuple, got 'bob'; pass a list of profiles"),
    "member by name": (lambda s: s.churn(members=["bob"]), "members must name a user profile, got 'bob'; pass the profile itself"),
    "member by number": (lambda s: SpaceSharing.shared(s.user(), members=[7]), "members must name a user profile, got 7; pass the profile itself"),
    "remote access in words": (lambda s: s.domain(remote_access="yes"), "remote_access must be of type bool, got 'yes'; pass True or False"),
    "remote access of an import in words": (lambda s: Domain.from_domain_attributes(s.stack, "Shared", domain_id="d-a", remote_access="yes"), "remote_access must be of type bool, got 'yes'; pass True or False"),
    "settings of roles as a mapping": (lambda s: s.domain(execution_role_settings={}), "execution_role_settings must be of type ExecutionRoleSettings, got {}; pass ExecutionRoleSettings(...)"),
    "settings of one role as a mapping": (lambda s: ExecutionRole(s.stack, "Role", settings={"path": "/studio/"}), "settings must be of type ExecutionRoleSettings, got {'path': '/studio/'}; pass ExecutionRoleSettings(...)"),
    "boundary by its ARN": (lambda s: ExecutionRoleSettings(permissions_boundary="arn:aws:iam::123456789012:policy/boundary"), "permissions_boundary must not be text, got 'arn:aws:iam::123456789012:policy/boundary'; pass iam.ManagedPolicy.from_managed_policy_arn(...) say"),
    "source identity in words": (lambda s: ExecutionRoleSettings(source_identity="USER_PROFILE_NAME"), "source_identity must be of type bool, got 'USER_PROFILE_NAME'; pass True or False"),
    "identity propagation in words": (lambda s: ExecutionRoleSettings(trusted_identity_propagation="yes"), "trusted_identity_propagation must be of type bool, got 'yes'; pass True or False"),
    "own account by its number": (lambda s: ExecutionRoleSettings(confused_deputy_prevention="123456789012"), "confused_deputy_prevention must be of type bool, got '123456789012'; pass True or False"),
    "allowed image as text": (lambda s: s.domain(allowed_images=["cpu"]), "allowed_images must be of type StudioImage, got 'cpu'; pass StudioImage.distribution_cpu() say"),
    "one allowed image": (lambda s: s.domain(allowed_images=CPU), "allowed_images must be of type list or tuple, got StudioImage.distribution_cpu(); pass a list of images"),
    "one allowed lifecycle configuration": (lambda s: s.domain(allowed_lifecycle_configs="setup.sh"), "allowed_lifecycle_configs must be of type list or tuple, got 'setup.sh'; pass a list of lifecycle configurations"),
    "allowed lifecycle configuration by its ARN": (lambda s: s.domain(allowed_lifecycle_configs=["arn:aws:sagemaker"]), "allowed_lifecycle_configs must be of type LifecycleConfig, got 'arn:aws:sagemaker'; pass LifecycleConfig.from_file(...) say"),
    "grants of the key in words": (lambda s: DomainEncryption.customer_managed(grants_via_sagemaker="no"), "grants_via_sagemaker must be of type bool, got 'no'; pass True or False"),
    "launch of a user by name": (lambda s: s.domain().grant_launch(scheduler(s), "alice"), "profiles must be of type list or tuple, got 'alice'; pass a list of profiles"),
    "member that is nobody": (lambda s: SpaceSharing.shared(s.user(), members=[None]), "members must name a user profile, got None; pass the profile itself"),
    "member that is an app": (lambda s: SpaceSharing.shared(s.user(), members=[T3]), f"members must name a user profile, got {T3!r}; pass the profile itself"),
    "path by number": (lambda s: ExecutionRoleSettings(path=5), "path must be of type str, got 5; pass '/studio/' say"),
    "policies of an import by name": (lambda s: Domain.from_domain_attributes(s.stack, "Shared", domain_id="d-abc123", user_policies="arn"), "user_policies must be of type list or tuple, got 'arn'; pass a list of managed policies"),
    "launch of users by name": (lambda s: s.domain().grant_launch(scheduler(s), ["alice"]), "profiles must name a user profile, got 'alice'; pass the profile itself"),
    "role that is to come": (lambda s: s.domain().add_user_profile("Alice", execution_role=iam.LazyRole(s.stack, "Role", assumed_by=iam.AccountRootPrincipal())), "execution_role must be a role that exists, got an iam.LazyRole; pass an iam.Role"),
    "sharing in words": (lambda s: SpaceSharing(s.user(), is_shared="yes"), "is_shared must be of type bool, got 'yes'; pass True or False"),
    "endpoint by number": (lambda s: s.domain().grant_launch(scheduler(s), [], source_vpce=7), "source_vpce must be of type str, got 7; pass the id of a VPC endpoint"),
    "fence around a domain by its id": (lambda s: AdministratorFence(s.stack, "Fence", domain="d-abc123"), "domain must be of type Resource, got 'd-abc123'; pass a Domain"),
    "scope of a pack by its name": (lambda s: StudioChecks("app"), "scope must be of type Construct, got 'app'; pass an App or a Stage"),
    "talk of a pack in words": (lambda s: StudioChecks(verbose="yes"), "verbose must be of type bool, got 'yes'; pass True or False"),
    "limit of idleness by number": (lambda s: StudioChecks(maximum_idle_time=60), "maximum_idle_time must be of type Duration, got 60; pass Duration.hours(8) say"),
    "image from nowhere": (lambda s: StudioImage(), "an image comes from a method: StudioImage.distribution_cpu(), or another of the class"),
}  # fmt: skip
