from __future__ import annotations

import hashlib
import json

import aws_cdk as cdk
import pytest

from constructs_lib import Domain, InstanceType, JupyterLab, NetworkAccess, StudioImage, UserProfile
from constructs_lib.compute.distribution_accounts import DISTRIBUTION_ACCOUNTS
from tests.templates import Template, resources, template_of

IMAGE = "arn:aws:sagemaker:eu-west-1:123456789012:image/team"
VERSION = "arn:aws:sagemaker:eu-west-1:123456789012:image-version/team/3"


def space_with(image: StudioImage, stack: cdk.Stack, network: NetworkAccess) -> Template:
    domain = Domain(stack, "Studio", network=network)
    domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab(image=image))
    return template_of(stack)


def spec(template: Template) -> dict[str, object]:
    (space,) = resources(template, "AWS::SageMaker::Space").values()
    return space["Properties"]["SpaceSettings"]["JupyterLabAppSettings"]["DefaultResourceSpec"]


def test_distribution_is_a_literal_account_in_a_fixed_region(app: cdk.App, network: NetworkAccess) -> None:
    stack = cdk.Stack(app, "Research", env=cdk.Environment(account="123456789012", region="eu-west-1"))

    template = space_with(StudioImage.distribution_gpu(), stack, network)

    arn = ":sagemaker:eu-west-1:819792524951:image/sagemaker-distribution-gpu"
    assert spec(template)["SageMakerImageArn"] == {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, arn]]}
    assert "Mappings" not in template


def test_distribution_is_looked_up_where_the_region_is_open(stack: cdk.Stack, network: NetworkAccess) -> None:
    template = space_with(StudioImage.distribution_cpu(), stack, network)

    (name,) = template["Mappings"]
    assert {region: {"account": account} for region, account in DISTRIBUTION_ACCOUNTS.items()} == template["Mappings"][
        name
    ]
    look_up = {"Fn::FindInMap": [name, {"Ref": "AWS::Region"}, "account"]}
    assert look_up in spec(template)["SageMakerImageArn"]["Fn::Join"][1]


def test_every_stack_without_a_region_has_a_mapping_of_its_own(app: cdk.App, domain: Domain) -> None:
    stacks = [cdk.Stack(app, name) for name in ("First", "Second")]
    for index, stack in enumerate(stacks):
        user = UserProfile(stack, f"User{index}", domain=domain)
        user.add_private_space("Lab", app=JupyterLab(image=StudioImage.distribution_cpu()))
        user.add_private_space("Train", app=JupyterLab(image=StudioImage.distribution_gpu()))

    assert [len(template_of(stack)["Mappings"]) for stack in stacks] == [1, 1]


def test_stack_without_distribution_image_has_no_mapping(stack: cdk.Stack, network: NetworkAccess) -> None:
    assert "Mappings" not in space_with(StudioImage.from_image_arn(IMAGE), stack, network)


@pytest.mark.parametrize(
    ("image", "rendered"),
    [
        (StudioImage.from_image_arn(IMAGE), {"SageMakerImageArn": IMAGE}),
        (StudioImage.from_image_version_arn(VERSION), {"SageMakerImageVersionArn": VERSION}),
    ],
)
def test_own_images_are_passed_on(
    image: StudioImage, rendered: dict[str, str], stack: cdk.Stack, network: NetworkAccess
) -> None:
    assert spec(space_with(image, stack, network)) == rendered


def test_takes_a_token_for_an_arn(stack: cdk.Stack, network: NetworkAccess) -> None:
    image = StudioImage.from_image_version_arn(cdk.Fn.import_value("TeamImage"))

    assert spec(space_with(image, stack, network)) == {"SageMakerImageVersionArn": {"Fn::ImportValue": "TeamImage"}}


@pytest.mark.parametrize(
    "image",
    [
        StudioImage.distribution_cpu(),
        StudioImage.distribution_gpu(),
        StudioImage.from_image_arn(IMAGE),
        StudioImage.from_image_version_arn(VERSION),
    ],
)
def test_repr_can_be_pasted(image: StudioImage) -> None:
    assert eval(repr(image)) == image


def test_accounts_have_twelve_digits() -> None:
    assert all(len(account) == 12 and account.isdigit() for account in DISTRIBUTION_ACCOUNTS.values())
    assert DISTRIBUTION_ACCOUNTS["us-east-2"] == "137914896644"
    digest = hashlib.sha256(json.dumps(DISTRIBUTION_ACCOUNTS, sort_keys=True).encode()).hexdigest()
    assert digest.startswith("55c196c5d19c0ef0"), "the table was changed: say from which source in its docstring"


def test_newer_type_is_not_judged_with_an_image(stack: cdk.Stack, network: NetworkAccess) -> None:
    app = JupyterLab(instance_type=InstanceType.of("ml.g9.xlarge"), image=StudioImage.distribution_gpu())
    domain = Domain(stack, "Studio", network=network)

    assert domain.add_user_profile("Alice").add_private_space("Lab", app=app).space_name == "alice-lab"
