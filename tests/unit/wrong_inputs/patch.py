"""Patches of what CloudFormation lacks, and what they set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager

from constructs_lib import (
    AmazonQ,
    AuthMode,
    CanvasFeature,
    CanvasOAuth,
    CanvasSettings,
    CanvasWorkspace,
    Domain,
    DomainSettingsPatch,
    EmrSettings,
    ExecutionRoleSessionNameMode,
    JupyterLab,
    StudioImage,
    UserSettings,
)
from tests.unit.wrong_inputs.studio import Studio

ARN = "arn:aws:iam::111111111111:role/"
IMAGE = "arn:aws:sagemaker:eu-west-1:111111111111:image/team"
BY_USER = {"execution_role_session_name_mode": ExecutionRoleSessionNameMode.USER_IDENTITY}


def patch(studio: Studio, *, of_domain: dict[str, Any] | None = None, **settings: Any) -> DomainSettingsPatch:
    return DomainSettingsPatch(studio.stack, "Patch", domain=studio.domain(**(of_domain or {})), **settings)


def patch_of_import(studio: Studio, **settings: Any) -> DomainSettingsPatch:
    return DomainSettingsPatch(studio.stack, "Patch", domain=studio.imported(), **settings)


def role(studio: Studio, name: str = "emr") -> iam.IRole:
    return iam.Role.from_role_arn(studio.stack, f"Role-{name[:20]}", f"{ARN}{name}")


def with_image(image: StudioImage) -> dict[str, Any]:
    return {"default_user_settings": UserSettings(jupyter_lab=JupyterLab(image=image))}


def two_patches(studio: Studio) -> None:
    domain = studio.domain()
    DomainSettingsPatch(studio.stack, "Patch", domain=domain, **BY_USER)
    DomainSettingsPatch(studio.stack, "Other", domain=domain, canvas=CanvasSettings(kendra=True))


def two_patches_of_two_imports(studio: Studio) -> None:
    for id in ("One", "Two"):
        shared = Domain.from_domain_attributes(studio.stack, id, domain_id="d-abc123")
        DomainSettingsPatch(studio.stack, f"Patch{id}", domain=shared, rootless_docker=True)


def patch_elsewhere(studio: Studio) -> None:
    domain = studio.in_region("eu-west-1").domain()
    other = cdk.Stack(studio.app, "Settings", env=cdk.Environment(account="1" * 12, region="us-east-1"))
    DomainSettingsPatch(other, "Patch", domain=domain, **BY_USER)


def secret(studio: Studio) -> secretsmanager.ISecret:
    return secretsmanager.Secret(studio.stack, "Secret")


def bucket(studio: Studio) -> s3.IBucket:
    return s3.Bucket.from_bucket_name(studio.stack, "Bucket", "artifacts")


ROLES = "must have an ARN such as arn:PARTITION:iam::ACCOUNT:role/PATH/NAME, got "
PATCH = "[Research/Patch] "

WRONG: dict[str, tuple[Callable[[Studio], object], str]] = {
    "patch of nothing": (lambda s: patch(s), f"{PATCH}a patch must set something, got nothing; pass a setting, or leave the patch out"),
    "second patch": (two_patches, "[Research/Other] domain must have one patch, got a second; pass all settings to the first"),
    "second patch by another import": (two_patches_of_two_imports, "[Research/PatchTwo] domain must have one patch, got a second; pass all settings to the first"),
    "patch in another region": (patch_elsewhere, "[Settings/Patch] a patch must be in the region of the domain, eu-west-1, got us-east-1; give both stacks the same env"),
    "identity propagation with IAM": (lambda s: patch(s, trusted_identity_propagation=True), f"{PATCH}trusted_identity_propagation must be with AuthMode.SSO, got a domain with AuthMode.IAM; leave it out, or pass auth_mode=AuthMode.SSO to the domain"),
    "no identity propagation with IAM": (lambda s: patch(s, trusted_identity_propagation=False), f"{PATCH}trusted_identity_propagation must be with AuthMode.SSO, got a domain with AuthMode.IAM; leave it out, or pass auth_mode=AuthMode.SSO to the domain"),
    "identity propagation that roles do not know of": (lambda s: patch(s, of_domain={"auth_mode": AuthMode.SSO}, trusted_identity_propagation=True), f"{PATCH}trusted_identity_propagation must be on for the execution roles too, got a domain where it is off; pass execution_role_settings=ExecutionRoleSettings(trusted_identity_propagation=True) to the domain"),
    "Amazon Q with IAM": (lambda s: patch(s, amazon_q=AmazonQ.disabled()), f"{PATCH}amazon_q must be with AuthMode.SSO, got a domain with AuthMode.IAM; leave it out, or pass auth_mode=AuthMode.SSO to the domain"),
    "rootless Docker without Docker": (lambda s: patch(s, rootless_docker=True), f"{PATCH}rootless_docker must be with access to Docker, got a domain without; leave it out, or pass docker=DockerAccess.enabled() to the domain"),
    "import without its role": (lambda s: patch_of_import(s, **BY_USER), f"{PATCH}default_user_settings of an imported domain must name its execution_role, which goes back to SageMaker with the rest, got none; pass it to from_domain_attributes"),
    "import without its role of spaces": (lambda s: patch_of_import(s, shared_space_emr=EmrSettings(execution_roles=[role(s)])), f"{PATCH}default_space_settings of an imported domain must name its execution_role, which goes back to SageMaker with the rest, got none; pass it to from_domain_attributes"),
    "passed role with a malformed ARN": (lambda s: patch(s, **BY_USER, passed_roles=[role(s, "two words")]), f"{PATCH}passed_roles {ROLES}'{ARN}two words'; pass a role with such an ARN"),
    "alias that is no version": (lambda s: patch(s, jupyter_lab_image_version_alias="latest"), f"{PATCH}jupyter_lab_image_version_alias must be one to three numbers with dots between, got 'latest'; pass '3.2' say"),
    "alias of four numbers": (lambda s: patch(s, code_editor_image_version_alias="3.2.1.0"), f"{PATCH}code_editor_image_version_alias must be one to three numbers with dots between, got '3.2.1.0'; pass '3.2' say"),
    "alias with another sign": (lambda s: patch(s, shared_space_image_version_alias="3-2"), f"{PATCH}shared_space_image_version_alias must be one to three numbers with dots between, got '3-2'; pass '3.2' say"),
    "alias with a line end": (lambda s: patch(s, shared_space_image_version_alias="3.2\n"), f"{PATCH}shared_space_image_version_alias must be one to three numbers with dots between, got '3.2\\n'; pass '3.2' say"),
    "alias too long": (lambda s: patch(s, jupyter_lab_image_version_alias="1" * 129), f"{PATCH}jupyter_lab_image_version_alias must be one to three numbers with dots between, got '{'1' * 129}'; pass '3.2' say"),
    "alias without an image": (lambda s: patch(s, jupyter_lab_image_version_alias="3.2"), f"{PATCH}jupyter_lab_image_version_alias must be with an image of the domain, got none, of which it would be a version; pass image=StudioImage.distribution_cpu() for the app in the settings of the domain"),
    "alias of an image of yours": (lambda s: patch(s, of_domain=with_image(StudioImage.from_image_arn(IMAGE)), jupyter_lab_image_version_alias="3.2"), f"{PATCH}jupyter_lab_image_version_alias must be with SageMaker Distribution, which alone has such aliases, got StudioImage.from_image_arn({IMAGE!r}); leave it out, or pass image=StudioImage.distribution_cpu() for the app in the settings of the domain"),
    "alias of a version": (lambda s: patch(s, of_domain=with_image(StudioImage.from_image_version_arn(f"{IMAGE.replace('image/', 'image-version/')}/1")), jupyter_lab_image_version_alias="3.2"), f"{PATCH}jupyter_lab_image_version_alias must be with SageMaker Distribution, which alone has such aliases, got StudioImage.from_image_version_arn({IMAGE.replace('image/', 'image-version/') + '/1'!r}); leave it out, or pass image=StudioImage.distribution_cpu() for the app in the settings of the domain"),
    "two things at once": (lambda s: patch(s, amazon_q=AmazonQ.disabled(), rootless_docker=True), f"{PATCH}amazon_q must be with AuthMode.SSO, got a domain with AuthMode.IAM; leave it out, or pass auth_mode=AuthMode.SSO to the domain\n{PATCH}rootless_docker must be with access to Docker, got a domain without; leave it out, or pass docker=DockerAccess.enabled() to the domain"),
    "profile of Amazon Q by another ARN": (lambda s: AmazonQ.enabled("arn:aws:qbusiness:us-east-1:111111111111:profile/a"), "profile_arn must be arn:PARTITION:codewhisperer:REGION:ACCOUNT:profile/ID, got 'arn:aws:qbusiness:us-east-1:111111111111:profile/a'; pass the ARN that the console of Amazon Q Developer shows"),
    "Canvas without a setting": (lambda s: CanvasSettings(), "CanvasSettings must set something, got nothing; pass an argument, or leave canvas out"),
    "data source twice": (lambda s: CanvasSettings(identity_provider_o_auth=[CanvasOAuth.snowflake(secret(s)), CanvasOAuth.without_snowflake()]), "identity_provider_o_auth must have each data source once, got Snowflake twice; pass it once"),
    "workspace below nothing": (lambda s: CanvasWorkspace(bucket=bucket(s), prefix=""), "prefix must be 1..955 characters in one line that do not begin with a slash, got ''; pass 'canvas' say, or leave it out"),
    "workspace below a slash": (lambda s: CanvasWorkspace(bucket=bucket(s), prefix="/canvas"), "prefix must be 1..955 characters in one line that do not begin with a slash, got '/canvas'; pass 'canvas' say, or leave it out"),
    "workspace of two lines": (lambda s: CanvasWorkspace(bucket=bucket(s), prefix="a\nb"), "prefix must be 1..955 characters in one line that do not begin with a slash, got 'a\\nb'; pass 'canvas' say, or leave it out"),
    "workspace too deep": (lambda s: CanvasWorkspace(bucket=bucket(s), prefix="a" * 956), f"prefix must be 1..955 characters in one line that do not begin with a slash, got '{'a' * 956}'; pass 'canvas' say, or leave it out"),
    "workspace with an alias": (lambda s: CanvasWorkspace(bucket=bucket(s), encryption_key=kms.Alias(s.stack, "Alias", alias_name="alias/canvas", target_key=kms.Key(s.stack, "Key"))), "encryption_key must be a key, got an alias; pass the key that it is for"),
    "workspace with an imported alias": (lambda s: CanvasWorkspace(bucket=bucket(s), encryption_key=kms.Alias.from_alias_name(s.stack, "Alias", "alias/canvas")), "encryption_key must be a key, got an alias; pass the key that it is for"),
    "role with a malformed ARN": (lambda s: CanvasFeature.enabled(role=role(s, "a b")), f"role {ROLES}'{ARN}a b'; pass a role with such an ARN"),
    "role of Bedrock with a malformed ARN": (lambda s: CanvasSettings(amazon_bedrock_role=role(s, "a:b")), f"amazon_bedrock_role {ROLES}'{ARN}a:b'; pass a role with such an ARN"),
    "role with a long ARN": (lambda s: EmrSettings(execution_roles=[role(s, "a" * 2048)]), f"execution_roles {ROLES}'{ARN}{'a' * 2048}'; pass a role with such an ARN"),
    "EMR without a role": (lambda s: EmrSettings(), "EmrSettings must have a role, got none; pass assumable_roles or execution_roles"),
    "EMR with six roles": (lambda s: EmrSettings(assumable_roles=[role(s, f"emr-{number}") for number in range(6)]), "assumable_roles must be at most 5, got 6; leave out 1"),
    "EMR with one role twice": (lambda s: EmrSettings(execution_roles=[role(s)] * 2), f"execution_roles must differ from each other, got '{ARN}emr' twice; pass it once"),
    "secret with a malformed ARN": (lambda s: CanvasOAuth.snowflake(secretsmanager.Secret.from_secret_complete_arn(s.stack, "Secret", "arn:aws:secretsmanager:eu-west-1:1:secret:oauth-a1b2c3")), "secret must have an ARN such as arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME, got 'arn:aws:secretsmanager:eu-west-1:1:secret:oauth-a1b2c3'; pass a secret with such an ARN"),
}  # fmt: skip

WRONG_TYPES: dict[str, tuple[Callable[[Studio], object], str]] = {
    "patch of a domain by its id": (lambda s: DomainSettingsPatch(s.stack, "Patch", domain="d-abc123"), "domain must be a Domain, got 'd-abc123'; pass the domain itself"),
    "Canvas as a mapping": (lambda s: patch(s, canvas={}), "canvas must be of type CanvasSettings, got {}; pass CanvasSettings(...)"),
    "identity propagation of a patch in words": (lambda s: patch(s, trusted_identity_propagation="ENABLED"), "trusted_identity_propagation must be of type bool, got 'ENABLED'; pass True or False"),
    "Amazon Q in words": (lambda s: patch(s, amazon_q="ENABLED"), "amazon_q must be of type AmazonQ, got 'ENABLED'; pass AmazonQ.enabled(...) or .disabled()"),
    "rootless Docker in words": (lambda s: patch(s, rootless_docker="ENABLED"), "rootless_docker must be of type bool, got 'ENABLED'; pass True or False"),
    "session names in words": (lambda s: patch(s, execution_role_session_name_mode="STATIC"), "execution_role_session_name_mode must be of type ExecutionRoleSessionNameMode, got 'STATIC'; pass ExecutionRoleSessionNameMode.USER_IDENTITY say"),
    "EMR as a list": (lambda s: patch(s, emr=[]), "emr must be of type EmrSettings, got []; pass EmrSettings(...)"),
    "EMR of shared spaces as a list": (lambda s: patch(s, shared_space_emr=[]), "shared_space_emr must be of type EmrSettings, got []; pass EmrSettings(...)"),
    "alias as a number": (lambda s: patch(s, jupyter_lab_image_version_alias=3.2), "jupyter_lab_image_version_alias must be of type str, got 3.2; pass '3.2' say"),
    "profile of Amazon Q by number": (lambda s: AmazonQ.enabled(7), "profile_arn must be of type str, got 7; pass the ARN of the profile"),
    "feature of Canvas in words": (lambda s: CanvasSettings(emr_serverless=True), "emr_serverless must be of type CanvasFeature, got True; pass CanvasFeature.enabled() or .disabled()"),
    "deployment of Canvas in words": (lambda s: CanvasSettings(direct_deploy="ENABLED"), "direct_deploy must be of type bool, got 'ENABLED'; pass True or False"),
    "queries of Canvas in words": (lambda s: CanvasSettings(kendra="ENABLED"), "kendra must be of type bool, got 'ENABLED'; pass True or False"),
    "workspace by its path": (lambda s: CanvasSettings(workspace="s3://artifacts"), "workspace must be of type CanvasWorkspace, got 's3://artifacts'; pass CanvasWorkspace(bucket=bucket) say"),
    "one data source": (lambda s: CanvasSettings(identity_provider_o_auth=CanvasOAuth.without_snowflake()), f"identity_provider_o_auth must be of type list or tuple, got {CanvasOAuth.without_snowflake()!r}; pass a list such as [CanvasOAuth.snowflake(secret)]"),
    "data source by its name": (lambda s: CanvasSettings(identity_provider_o_auth=["Snowflake"]), "identity_provider_o_auth must be of type CanvasOAuth, got 'Snowflake'; pass CanvasOAuth.snowflake(secret) say"),
    "role of a feature by its ARN": (lambda s: CanvasFeature.enabled(role=f"{ARN}canvas"), f"role must not be text, got '{ARN}canvas'; pass iam.Role.from_role_arn(...) say"),
    "role that is none": (lambda s: CanvasSettings(amazon_bedrock_role=7), "amazon_bedrock_role must be a role, got 7; pass iam.Role.from_role_arn(...) say"),
    "one passed role": (lambda s: patch(s, **BY_USER, passed_roles=role(s).role_arn), f"passed_roles must be of type list or tuple, got '{ARN}emr'; pass a list of roles"),
    "passed roles by their ARNs": (lambda s: patch(s, **BY_USER, passed_roles=[f"{ARN}emr"]), f"passed_roles must not be text, got '{ARN}emr'; pass iam.Role.from_role_arn(...) say"),
    "passed role that is none": (lambda s: patch(s, **BY_USER, passed_roles=[None]), "passed_roles must be a role, got None; pass iam.Role.from_role_arn(...) say"),
    "one role for EMR": (lambda s: EmrSettings(execution_roles=f"{ARN}emr"), f"execution_roles must be of type list or tuple, got '{ARN}emr'; pass a list of roles"),
    "roles for EMR by their ARNs": (lambda s: EmrSettings(execution_roles=[f"{ARN}emr"]), f"execution_roles must not be text, got '{ARN}emr'; pass iam.Role.from_role_arn(...) say"),
    "no role for EMR": (lambda s: EmrSettings(execution_roles=[None]), "execution_roles must be a role, got None; pass iam.Role.from_role_arn(...) say"),
    "secret by its ARN": (lambda s: CanvasOAuth.snowflake("arn"), "secret must not be text, got 'arn'; pass secretsmanager.Secret.from_secret_complete_arn(...) say"),
    "secret that is none": (lambda s: CanvasOAuth.salesforce_data_cloud(7), "secret must be a secret, got 7; pass secretsmanager.Secret(...) say"),
    "bucket by its name": (lambda s: CanvasWorkspace(bucket="artifacts"), "bucket must not be text, got 'artifacts'; pass s3.Bucket.from_bucket_name(...) say"),
    "bucket that is none": (lambda s: CanvasWorkspace(bucket=7), "bucket must be a bucket, got 7; pass s3.Bucket(...) say"),
    "prefix as a number": (lambda s: CanvasWorkspace(bucket=bucket(s), prefix=7), "prefix must be of type str, got 7; pass 'canvas' say"),
    "key of a workspace by its ARN": (lambda s: CanvasWorkspace(bucket=bucket(s), encryption_key="arn"), "encryption_key must not be text, got 'arn'; pass kms.Key.from_key_arn(...) say"),
}  # fmt: skip
