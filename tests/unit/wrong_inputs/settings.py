"""Classic, the portal, sharing, Docker, RStudio and Unified Studio, and what apps offer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3

from constructs_lib import (
    AppSecurityGroups,
    AutoMountHomeEfs,
    CodeEditor,
    CustomFileSystem,
    DockerAccess,
    Domain,
    EmrSettings,
    InstanceType,
    JupyterLab,
    LifecycleConfig,
    MlTool,
    NetworkAccess,
    NotebookSharing,
    PortalApp,
    RSession,
    RStudio,
    RStudioAccess,
    SpaceSettings,
    StudioImage,
    StudioPortal,
    UnifiedStudioSettings,
    UserSettings,
)
from tests.unit.wrong_inputs.studio import CPU, EU, G5, NETWORK, T3, Studio

ARN = "arn:aws:sagemaker:eu-west-1:123456789012"
PUBLIC = NetworkAccess.public_internet_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])
TEAM = StudioImage.from_image_attributes(image_name="team", app_image_config_name="team")
SETUP = LifecycleConfig.from_script("#!/bin/bash\n", name="setup")
LAB = "[Research/Studio/Alice/Lab] "
STUDIO = "[Research/Studio] "
ALICE = "[Research/Studio/Alice] "


def attached(number: int) -> StudioImage:
    return StudioImage.from_image_attributes(image_name=f"team-{number}", app_image_config_name=f"team-{number}")


def existing(number: int) -> LifecycleConfig:
    return LifecycleConfig.from_lifecycle_config_arn(f"{ARN}:studio-lifecycle-config/setup-{number}")


def bucket(studio: Studio, name: str = "shared") -> s3.IBucket:
    return s3.Bucket.from_bucket_name(studio.stack, "Shared", name)


def r_studio(studio: Studio, **arguments: Any) -> RStudio:
    role = iam.Role.from_role_arn(studio.stack, "RStudio", "arn:aws:iam::123456789012:role/r-studio")
    return RStudio(domain_execution_role=role, **arguments)


def group(studio: Studio, number: int = 0) -> ec2.ISecurityGroup:
    return ec2.SecurityGroup.from_security_group_id(studio.stack, f"Apps{number}", f"sg-0a1b2c3{number}")


def user(studio: Studio, user_settings: UserSettings, **domain: Any) -> None:
    studio.domain(**domain).add_user_profile("Alice", user_settings=user_settings)


def emr(studio: Studio) -> EmrSettings:
    return EmrSettings(
        execution_roles=[iam.Role.from_role_arn(studio.stack, "Emr", "arn:aws:iam::123456789012:role/emr")]
    )


def two_scripts_of_one_name(studio: Studio) -> None:
    other = LifecycleConfig.from_script("#!/bin/bash\ntrue\n", name="setup")
    studio.domain(default_user_settings=UserSettings(jupyter_lab=JupyterLab(lifecycle_configs=[SETUP, other])))


def file_system(number: int) -> CustomFileSystem:
    return CustomFileSystem.efs_from_id(f"fs-0a1b2c{number:02}")


WRONG: dict[str, tuple[Callable[[Studio], object], str]] = {
    # Studio Classic
    "app of Classic": (lambda s: s.lab(app="JupyterServer"), "app must be of the modern Studio, got 'JupyterServer' of Studio Classic; use JupyterLab or CodeEditor, docs/classic-migration.md says how to come from Classic"),
    # the portal
    "tool twice": (lambda s: StudioPortal(hidden_ml_tools=[MlTool.MODELS, MlTool.MODELS]), "hidden_ml_tools must differ from each other, got <MlTool.MODELS: 'Models'> twice; pass it once"),
    "app twice": (lambda s: StudioPortal(hidden_apps=[PortalApp.CANVAS, PortalApp.CANVAS]), "hidden_apps must differ from each other, got <PortalApp.CANVAS: 'Canvas'> twice; pass it once"),
    "alias of a patch version": (lambda s: StudioPortal(hidden_image_version_aliases=["2.1.0"]), "hidden_image_version_aliases must have the form MAJOR.MINOR, got '2.1.0'; pass one such as '2.1'"),
    "alias with a leading zero": (lambda s: StudioPortal(hidden_image_version_aliases=["02.1"]), "hidden_image_version_aliases must have the form MAJOR.MINOR, got '02.1'; pass one such as '2.1'"),
    "21 aliases": (lambda s: StudioPortal(hidden_image_version_aliases=[f"1.{minor}" for minor in range(21)]), "hidden_image_version_aliases must be at most 20, got 21; leave out 1"),
    "type that a domain cannot hide": (lambda s: s.domain(default_user_settings=UserSettings(portal=StudioPortal(hidden_instance_types=[InstanceType.of("ml.g7.2xlarge")]))), STUDIO + "hidden_instance_types must be types that AWS::SageMaker::Domain can hide, got 'ml.g7.2xlarge'; leave it out, or deny it with the domain's allowed_instance_types"),
    "hidden type that is allowed": (lambda s: s.domain(allowed_instance_types=[T3, G5], default_user_settings=UserSettings(portal=StudioPortal(hidden_instance_types=[G5]))), STUDIO + "hidden_instance_types must be none that the domain allows, got 'ml.g5.xlarge'; leave it out here, or of the domain's allowed_instance_types"),
    "hidden type of a user that is allowed": (lambda s: user(s, UserSettings(portal=StudioPortal(hidden_instance_types=[G5])), allowed_instance_types=[T3, G5]), ALICE + "hidden_instance_types must be none that the domain allows, got 'ml.g5.xlarge'; leave it out here, or of the domain's allowed_instance_types"),
    # sharing
    "prefix with a slash": (lambda s: NotebookSharing.with_output(bucket(s), prefix="/shared"), "prefix must not begin with a slash, got '/shared'; pass 'shared'"),
    "long prefix": (lambda s: NotebookSharing.with_output(bucket(s), prefix="a" * 1013), "prefix must make at most 1024 characters with the bucket, got 1025; pass a shorter one"),
    # Docker
    "trusted account of 11 digits": (lambda s: DockerAccess.enabled(trusted_accounts=["12345678901"]), "trusted_accounts must have 12 digits, got '12345678901'; pass '123456789012' say"),
    "21 trusted accounts": (lambda s: DockerAccess.enabled(trusted_accounts=[f"{account:012}" for account in range(21)]), "trusted_accounts must be at most 20, got 21; leave out 1"),
    "trusted account twice": (lambda s: DockerAccess.enabled(trusted_accounts=["1" * 12, "1" * 12]), "trusted_accounts must differ from each other, got '111111111111' twice; pass it once"),
    "trusted accounts on the internet": (lambda s: s.domain(network=PUBLIC, docker=DockerAccess.enabled(trusted_accounts=["1" * 12])), STUDIO + "trusted_accounts must be with NetworkAccess.vpc_only, got them with public_internet, where SageMaker does not look at them; leave them out, or choose vpc_only"),
    # security groups between apps
    "four groups between apps": (lambda s: AppSecurityGroups.customer_managed([group(s, number) for number in range(4)]), "security_groups must be 1..3, got 4; pass at least one and at most 3"),
    "no groups between apps": (lambda s: AppSecurityGroups.customer_managed([]), "security_groups must be 1..3, got 0; pass at least one and at most 3"),
    "group between apps by its name": (lambda s: AppSecurityGroups.customer_managed([ec2.SecurityGroup.from_security_group_id(s.stack, "Apps", "web")]), "security_groups must be 'sg-' and 8 or 17 hexadecimal digits, got 'web'; pass an id such as sg-0a1b2c3d"),
    "group of users by its name": (lambda s: user(s, UserSettings(security_groups=[ec2.SecurityGroup.from_security_group_id(s.stack, "Apps", "sg-xyz")])), ALICE + "security_groups must be 'sg-' and 8 or 17 hexadecimal digits, got 'sg-xyz'; pass an id such as sg-0a1b2c3d"),
    "group of shared spaces by its name": (lambda s: s.domain(default_space_settings=SpaceSettings(security_groups=[ec2.SecurityGroup.from_security_group_id(s.stack, "Apps", "sg-xyz")])), STUDIO + "security_groups must be 'sg-' and 8 or 17 hexadecimal digits, got 'sg-xyz'; pass an id such as sg-0a1b2c3d"),
    "groups between apps on the internet": (lambda s: s.domain(network=PUBLIC, app_security_groups=AppSecurityGroups.managed_by_sagemaker()), STUDIO + "app_security_groups must be with NetworkAccess.vpc_only, got them with public_internet, where there are none; leave them out"),
    "own groups with RStudio": (lambda s: s.domain(r_studio=r_studio(s), app_security_groups=AppSecurityGroups.customer_managed([group(s)])), STUDIO + "app_security_groups must be managed_by_sagemaker() in a domain with RStudio, got customer_managed; leave them out"),
    # RStudio
    "address without a scheme": (lambda s: r_studio(s, connect_url="connect.example.com"), "connect_url must be an address of HTTP, got 'connect.example.com'; pass https://HOST say"),
    "address with a blank": (lambda s: r_studio(s, package_manager_url="https://a b"), "package_manager_url must be an address of HTTP, got 'https://a b'; pass https://HOST say"),
    "distribution for RStudio": (lambda s: s.domain(r_studio=r_studio(s, image=CPU)), STUDIO + "image must be one for RStudio, got StudioImage.distribution_cpu(); pass StudioImage.from_image_arn(...), or leave it out for SageMaker's own choice"),
    "access without RStudio": (lambda s: s.domain(default_user_settings=UserSettings(r_studio_access=RStudioAccess.user())), STUDIO + "r_studio_access must be in a domain with RStudio, got one without; pass r_studio=RStudio(...) to the domain, or leave it out"),
    "access of a user without RStudio": (lambda s: user(s, UserSettings(r_studio_access=RStudioAccess.administrator())), ALICE + "r_studio_access must be in a domain with RStudio, got one without; pass r_studio=RStudio(...) to the domain, or leave it out"),
    "sessions without RStudio": (lambda s: s.domain(default_user_settings=UserSettings(r_session=RSession(instance_type=T3))), STUDIO + "r_session must be in a domain with RStudio, got one without; pass r_studio=RStudio(...) to the domain, or leave it out"),
    "sessions of a user": (lambda s: user(s, UserSettings(r_session=RSession(instance_type=T3)), r_studio=r_studio(s)), ALICE + "r_session must be left out of a profile, got some: CloudFormation has it for domains alone; pass it in the default_user_settings of the domain"),
    "RStudio on a type that is not allowed": (lambda s: s.domain(allowed_instance_types=[T3], r_studio=r_studio(s, instance_type=G5)), STUDIO + "instance_type must be one that the domain allows (ml.t3.medium), got 'ml.g5.xlarge'; choose one of these, or add it to the domain's allowed_instance_types"),
    "sessions on a type that is not allowed": (lambda s: s.domain(allowed_instance_types=[T3], r_studio=r_studio(s), default_user_settings=UserSettings(r_session=RSession(instance_type=G5))), STUDIO + "instance_type must be one that the domain allows (ml.t3.medium), got 'ml.g5.xlarge'; choose one of these, or add it to the domain's allowed_instance_types"),
    "distribution as the image of sessions": (lambda s: s.domain(r_studio=r_studio(s), default_user_settings=UserSettings(r_session=RSession(image=CPU))), STUDIO + "image must be one for sessions of RStudio, got StudioImage.distribution_cpu(); pass StudioImage.from_image_arn(...), or leave it out for SageMaker's own choice"),
    "201 images for sessions": (lambda s: RSession(custom_images=[attached(number) for number in range(201)]), "custom_images must be at most 200, got 201; leave out 1"),
    "image for sessions twice": (lambda s: RSession(custom_images=[attached(1), attached(1)]), f"custom_images must differ from each other, got {attached(1)!r} twice; pass it once"),
    "distribution for sessions": (lambda s: s.domain(r_studio=r_studio(s), default_user_settings=UserSettings(r_session=RSession(custom_images=[CPU]))), STUDIO + "custom_images must exist for sessions of RStudio, got StudioImage.distribution_cpu(): CloudFormation has no app image configuration for them; make it by the API, and pass StudioImage.from_image_attributes(...)"),
    # Unified Studio
    "Unified Studio of nothing": (lambda s: UnifiedStudioSettings(), "unified_studio must say something, got no setting; leave it out, or pass domain_id say"),
    "domain of Unified Studio": (lambda s: UnifiedStudioSettings(domain_id="d-abc123"), "domain_id must be dzd-ID of at most 36 characters, got 'd-abc123'; copy it from Unified Studio"),
    "long domain of Unified Studio": (lambda s: UnifiedStudioSettings(domain_id=f"dzd-{'a' * 33}"), f"domain_id must be dzd-ID of at most 36 characters, got 'dzd-{'a' * 33}'; copy it from Unified Studio"),
    "project with a slash": (lambda s: UnifiedStudioSettings(project_id="a/b"), "project_id must be 1..36 letters, digits, hyphens and underscores, got 'a/b'; copy it from Unified Studio"),
    "environment of 37 characters": (lambda s: UnifiedStudioSettings(environment_id="a" * 37), f"environment_id must be 1..36 letters, digits, hyphens and underscores, got '{'a' * 37}'; copy it from Unified Studio"),
    "account of Unified Studio": (lambda s: UnifiedStudioSettings(domain_account="1234"), "domain_account must be 12 digits, got '1234'; copy it from Unified Studio"),
    "region of Unified Studio": (lambda s: UnifiedStudioSettings(domain_region="Ireland"), "domain_region must be a region such as eu-west-1, got 'Ireland'; copy it from Unified Studio"),
    "path of Unified Studio": (lambda s: UnifiedStudioSettings(project_s3_path="bucket/churn"), "project_s3_path must be s3://BUCKET/PREFIX of at most 100 characters without a slash at the end, got 'bucket/churn'; copy it from Unified Studio"),
    "path of Unified Studio with a slash": (lambda s: UnifiedStudioSettings(project_s3_path="s3://bucket/"), "project_s3_path must be s3://BUCKET/PREFIX of at most 100 characters without a slash at the end, got 's3://bucket/'; copy it from Unified Studio"),
    "long path of Unified Studio": (lambda s: UnifiedStudioSettings(project_s3_path=f"s3://{'a' * 96}"), f"project_s3_path must be s3://BUCKET/PREFIX of at most 100 characters without a slash at the end, got 's3://{'a' * 96}'; copy it from Unified Studio"),
    # the home file system
    "mount of a home that is not there": (lambda s: s.domain(default_user_settings=UserSettings(auto_mount_home_efs=AutoMountHomeEfs.ENABLED)), STUDIO + "auto_mount_home_efs must be in a domain with a home file system, got one without; pass home_efs=True to the domain, or leave it out"),
    "mount of a home that is not there for a user": (lambda s: user(s, UserSettings(auto_mount_home_efs=AutoMountHomeEfs.ENABLED)), ALICE + "auto_mount_home_efs must be in a domain with a home file system, got one without; pass home_efs=True to the domain, or leave it out"),
    "mount of the home as the domain by the domain": (lambda s: s.domain(home_efs=True, default_user_settings=UserSettings(auto_mount_home_efs=AutoMountHomeEfs.AS_DOMAIN)), STUDIO + "auto_mount_home_efs must be ENABLED or DISABLED on a domain, got AS_DOMAIN; pass one of these, or leave it out"),
    # groups that add up
    "groups of a user with those of the domain": (lambda s: user(s, UserSettings(security_groups=[group(s, number) for number in range(4)])), ALICE + "security_groups must be at most 4 with those of the domain, which a profile adds to, got 4 and 1; leave some out"),
    # what apps offer
    "201 images": (lambda s: JupyterLab(custom_images=[attached(number) for number in range(201)]), "custom_images must be at most 200, got 201; leave out 1"),
    "image twice": (lambda s: JupyterLab(custom_images=[TEAM, TEAM]), f"custom_images must differ from each other, got {TEAM!r} twice; pass it once"),
    "distribution as an image of yours": (lambda s: s.domain(default_user_settings=UserSettings(code_editor=CodeEditor(custom_images=[CPU]))), STUDIO + "CodeEditor: custom_images must be images of yours, got StudioImage.distribution_cpu(); leave it out, or pass StudioImage.from_ecr_repository(...) or .from_image_attributes(...)"),
    "default image that is not attached": (lambda s: s.domain(default_user_settings=UserSettings(jupyter_lab=JupyterLab(image=TEAM))), STUDIO + f"JupyterLab: image must be attached for JupyterLab, got {TEAM!r}, which is not; pass JupyterLab(custom_images=[...]) in the settings of the owner or the domain"),
    "image that is attached for another app": (lambda s: s.domain(default_user_settings=UserSettings(jupyter_lab=JupyterLab(custom_images=[TEAM]))).add_user_profile("Alice").add_private_space("Lab", app=CodeEditor(image=TEAM)), LAB + f"image must be attached for CodeEditor, got {TEAM!r}, which is not; pass CodeEditor(custom_images=[...]) in the settings of the owner or the domain"),
    "attached image that is not allowed": (lambda s: s.domain(allowed_images=[CPU], default_user_settings=UserSettings(jupyter_lab=JupyterLab(custom_images=[TEAM]))), STUDIO + f"JupyterLab: image must be one that the domain allows (StudioImage.distribution_cpu()), got {TEAM!r}; choose one of these, or add it to the domain's allowed_images"),
    "image of another region": (lambda s: Domain(cdk.Stack(s.app, "Fixed", env=EU), "Studio", network=NETWORK, default_user_settings=UserSettings(jupyter_lab=JupyterLab(image=StudioImage.from_image_arn("arn:aws:sagemaker:us-east-1:111111111111:image/team")))), "[Fixed/Studio] JupyterLab: image must be in the domain's region eu-west-1, got StudioImage.from_image_arn('arn:aws:sagemaker:us-east-1:111111111111:image/team') of us-east-1; pass one of eu-west-1"),
    "image of that name in another account": (lambda s: Domain(cdk.Stack(s.app, "Fixed", env=EU), "Studio", network=NETWORK, allowed_images=[TEAM, CPU], default_user_settings=UserSettings(jupyter_lab=JupyterLab(custom_images=[TEAM]))).add_user_profile("Alice").add_private_space("Lab", app=JupyterLab(image=StudioImage.from_image_arn("arn:aws:sagemaker:eu-west-1:999999999999:image/team"))), f"[Fixed/Studio/Alice/Lab] image must be one that the domain allows ({TEAM!r}, StudioImage.distribution_cpu()), got StudioImage.from_image_arn('arn:aws:sagemaker:eu-west-1:999999999999:image/team'); choose one of these, or add it to the domain's allowed_images"),
    "images of a space": (lambda s: s.lab(app=JupyterLab(custom_images=[TEAM])), LAB + "custom_images must be left out of a space, got some: a space has none of its own; pass it in the settings of the owner or the domain"),
    "31 scripts": (lambda s: JupyterLab(lifecycle_configs=[existing(number) for number in range(31)]), "lifecycle_configs must be at most 30, got 31; leave out 1"),
    "31 scripts with the default one": (lambda s: JupyterLab(lifecycle_config=SETUP, lifecycle_configs=[existing(number) for number in range(30)]), "lifecycle_configs must be at most 30 with the default one, got 31; leave out 1"),
    "script twice": (lambda s: JupyterLab(lifecycle_configs=[SETUP, SETUP]), f"lifecycle_configs must differ from each other, got {SETUP!r} twice; pass it once"),
    "two scripts of one name": (two_scripts_of_one_name, STUDIO + "name of a lifecycle config must be unique in the domain, got 'setup' for two scripts of JupyterLab; pass another name to one of them"),
    "scripts of a space": (lambda s: s.lab(app=JupyterLab(lifecycle_configs=[SETUP])), LAB + "lifecycle_configs must be left out of a space, got some: a space has none of its own; pass it in the settings of the owner or the domain"),
    "built-in script of a space": (lambda s: s.lab(app=JupyterLab(built_in_lifecycle_config=SETUP)), LAB + "built_in_lifecycle_config must be left out of a space, got some: a space has none of its own; pass it in the settings of the owner or the domain"),
    "script that is not allowed": (lambda s: s.domain(allowed_lifecycle_configs=[], default_user_settings=UserSettings(jupyter_lab=JupyterLab(lifecycle_config=existing(1)))), STUDIO + f"JupyterLab: lifecycle configurations must be ones that the domain allows (none), got {existing(1)!r}; choose one of these, or add it to the domain's allowed_lifecycle_configs"),
    "training plan by its name": (lambda s: JupyterLab(training_plan_arn="vision"), "training_plan_arn must be arn:PARTITION:sagemaker:REGION:ACCOUNT:training-plan/NAME, got 'vision'; pass such an ARN"),
    "EMR of a domain": (lambda s: s.domain(default_user_settings=UserSettings(jupyter_lab=JupyterLab(emr=emr(s)))), STUDIO + "emr must be left out of a domain, got some: CloudFormation has it for profiles alone; pass it to the profiles, or to DomainSettingsPatch"),
    "EMR of shared spaces": (lambda s: s.domain(default_space_settings=SpaceSettings(jupyter_lab=JupyterLab(emr=emr(s)))), STUDIO + "emr must be left out of a domain, got some: CloudFormation has it for profiles alone; pass it to the profiles, or to DomainSettingsPatch"),
    "EMR of a space": (lambda s: s.lab(app=JupyterLab(emr=emr(s))), LAB + "emr must be left out of a space, got some: a space has none of its own; pass it in the user_settings of the owner"),
    # file systems
    "three file systems of a domain": (lambda s: s.domain(default_user_settings=UserSettings(custom_file_systems=[file_system(number) for number in range(3)])), STUDIO + "custom_file_systems must be at most 2 on a domain, got 3; leave some out, or give them to the profiles that need them"),
    "three file systems of shared spaces": (lambda s: SpaceSettings(custom_file_systems=[file_system(number) for number in range(3)]), "custom_file_systems must be at most 2, got 3; leave out 1"),
    "eleven file systems of a user": (lambda s: UserSettings(custom_file_systems=[file_system(number) for number in range(11)]), "custom_file_systems must be at most 10, got 11; leave out 1"),
    "file system twice": (lambda s: UserSettings(custom_file_systems=[file_system(1), file_system(1)]), f"custom_file_systems must differ from each other, got {file_system(1)!r} and {file_system(1)!r}, which a space cannot tell apart, whatever their paths; permit the directory above both, or use a second file system"),
    "file system that is not permitted": (lambda s: s.lab(custom_file_system=file_system(1)), LAB + f"custom_file_system must be one that the owner's or the domain's settings permit (none), got {file_system(1)!r}; add it to their custom_file_systems"),
    # resources that SageMaker makes with a space
    "profile that SageMaker makes again": (lambda s: s.lab(managed_resources=True), LAB + "managed_resources must be off where the app defines the owner, got 'alice', whose profile SageMaker would make a second time; leave it out"),
}  # fmt: skip


WRONG_TYPES: dict[str, tuple[Callable[[Studio], object], str]] = {
    "portal in words": (lambda s: UserSettings(portal="hidden"), "portal must be of type StudioPortal, got 'hidden'; pass StudioPortal(...)"),
    "tool by its name": (lambda s: StudioPortal(hidden_ml_tools=["JumpStart"]), "hidden_ml_tools must be of type MlTool, got 'JumpStart'; pass MlTool.JUMP_START say"),
    "one hidden app": (lambda s: StudioPortal(hidden_apps=PortalApp.CANVAS), "hidden_apps must be of type list or tuple, got <PortalApp.CANVAS: 'Canvas'>; pass a list such as [PortalApp.CANVAS]"),
    "hidden type by its name": (lambda s: StudioPortal(hidden_instance_types=["ml.p5.48xlarge"]), "hidden_instance_types must be of type InstanceType, got 'ml.p5.48xlarge'; pass InstanceType.ML_P5_48XLARGE say"),
    "alias as a number": (lambda s: StudioPortal(hidden_image_version_aliases=[2.1]), "hidden_image_version_aliases must be of type str, got 2.1; pass '2.1' say"),
    "sharing in words": (lambda s: UserSettings(notebook_sharing="Allowed"), "notebook_sharing must be of type NotebookSharing, got 'Allowed'; pass NotebookSharing.disabled() say"),
    "bucket of shares by its name": (lambda s: NotebookSharing.with_output("shared"), "bucket must not be text, got 'shared'; pass s3.Bucket.from_bucket_name(...) say"),
    "key of shares by its ARN": (lambda s: NotebookSharing.with_output(bucket(s), encryption_key="arn:aws:kms"), "encryption_key must not be text, got 'arn:aws:kms'; pass kms.Key.from_key_arn(...) say"),
    "Docker in words": (lambda s: s.domain(docker="ENABLED"), "docker must be of type DockerAccess, got 'ENABLED'; pass DockerAccess.enabled() say"),
    "trusted account as a number": (lambda s: DockerAccess.enabled(trusted_accounts=[123456789012]), "trusted_accounts must be of type str, got 123456789012; pass the number as text, '123456789012' say"),
    "one trusted account": (lambda s: DockerAccess.enabled(trusted_accounts="123456789012"), "trusted_accounts must be of type list or tuple, got '123456789012'; pass a list of account numbers"),
    "address type in words": (lambda s: s.domain(ip_address_type="dualstack"), "ip_address_type must be of type IpAddressType, got 'dualstack'; pass IpAddressType.DUALSTACK say"),
    "groups between apps in words": (lambda s: s.domain(app_security_groups="Service"), "app_security_groups must be of type AppSecurityGroups, got 'Service'; pass AppSecurityGroups.managed_by_sagemaker() say"),
    "group between apps by its id": (lambda s: AppSecurityGroups.customer_managed(["sg-0a1b2c3d"]), "security_groups must not be text, got 'sg-0a1b2c3d'; pass ec2.SecurityGroup.from_security_group_id(...) say"),
    "RStudio in words": (lambda s: s.domain(r_studio=True), "r_studio must be of type RStudio, got True; pass RStudio(...)"),
    "role of RStudio by its ARN": (lambda s: RStudio(domain_execution_role="arn:aws:iam::123456789012:role/r"), "domain_execution_role must not be text, got 'arn:aws:iam::123456789012:role/r'; pass iam.Role.from_role_arn(...) say"),
    "access to RStudio in words": (lambda s: UserSettings(r_studio_access="ENABLED"), "r_studio_access must be of type RStudioAccess, got 'ENABLED'; pass RStudioAccess.user() say"),
    "sessions in words": (lambda s: UserSettings(r_session="ml.m5.large"), "r_session must be of type RSession, got 'ml.m5.large'; pass RSession(...)"),
    "image of sessions by its name": (lambda s: RSession(custom_images=["team"]), "custom_images must be of type StudioImage, got 'team'; pass StudioImage.from_image_attributes(...) say"),
    "Unified Studio by its id": (lambda s: s.domain(unified_studio="dzd-4abc1def"), "unified_studio must be of type UnifiedStudioSettings, got 'dzd-4abc1def'; pass UnifiedStudioSettings(...)"),
    "access by Unified Studio in words": (lambda s: UnifiedStudioSettings(portal_access="ENABLED"), "portal_access must be of type bool, got 'ENABLED'; pass True or False"),
    "account of Unified Studio as a number": (lambda s: UnifiedStudioSettings(domain_account=123456789012), "domain_account must be of type str, got 123456789012; pass text"),
    "mount of the home in words": (lambda s: UserSettings(auto_mount_home_efs="Enabled"), "auto_mount_home_efs must be of type AutoMountHomeEfs, got 'Enabled'; pass AutoMountHomeEfs.ENABLED say"),
    "script by its name": (lambda s: JupyterLab(lifecycle_config="setup.sh"), "lifecycle_config must be of type LifecycleConfig, got 'setup.sh'; pass LifecycleConfig.from_file(...) say"),
    "scripts by name": (lambda s: JupyterLab(lifecycle_configs=["setup.sh"]), "lifecycle_configs must be of type LifecycleConfig, got 'setup.sh'; pass LifecycleConfig.from_file(...) say"),
    "one image of yours": (lambda s: JupyterLab(custom_images=TEAM), f"custom_images must be of type list or tuple, got {TEAM!r}; pass a list such as [StudioImage.from_ecr_repository(...)]"),
    "training plan by number": (lambda s: JupyterLab(training_plan_arn=7), "training_plan_arn must be of type str, got 7; pass the ARN as text"),
    "EMR by its role": (lambda s: JupyterLab(emr="arn:aws:iam::123456789012:role/emr"), "emr must be of type EmrSettings, got 'arn:aws:iam::123456789012:role/emr'; pass EmrSettings(...)"),
    "file systems by their ids": (lambda s: UserSettings(custom_file_systems=["fs-0a1b2c3d"]), "custom_file_systems must be of type CustomFileSystem, got 'fs-0a1b2c3d'; pass CustomFileSystem.efs(...) say"),
    "one file system": (lambda s: UserSettings(custom_file_systems=file_system(1)), f"custom_file_systems must be of type list or tuple, got {file_system(1)!r}; pass a list such as [CustomFileSystem.efs(...)]"),
    "user numbers as a pair": (lambda s: UserSettings(posix_user=(10001, 1001)), "posix_user must be of type PosixUser, got (10001, 1001); pass PosixUser(uid=10000, gid=1001) say"),
    "file system of a space by its id": (lambda s: s.lab(custom_file_system="fs-0a1b2c3d"), "custom_file_system must be of type CustomFileSystem, got 'fs-0a1b2c3d'; pass CustomFileSystem.efs(...) say"),
    "managed resources in words": (lambda s: s.lab(managed_resources="ENABLED"), "managed_resources must be of type bool, got 'ENABLED'; pass True or False"),
    "Code Editor in the place of JupyterLab": (lambda s: UserSettings(code_editor=JupyterLab()), f"code_editor must be of type CodeEditor, got {JupyterLab()!r}; pass CodeEditor(...)"),
}  # fmt: skip
