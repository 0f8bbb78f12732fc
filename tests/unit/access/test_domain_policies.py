from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ecr as ecr

from constructs_lib import CodeEditor, Domain, JupyterLab, NetworkAccess, SpaceSettings, StudioImage, UserSettings
from tests.templates import resources, template_of
from tests.unit.access.policies import attached_to, policies, role_of


def existing(number: int) -> StudioImage:
    name = f"image-{number}"
    return StudioImage.from_image_attributes(image_name=name, app_image_config_name=name)


@pytest.fixture
def team(stack: cdk.Stack) -> StudioImage:
    return StudioImage.from_ecr_repository(ecr.Repository.from_repository_name(stack, "Images", "team"), "2.1")


def test_nobody_sees_images_where_none_is_attached(stack: cdk.Stack, domain: Domain) -> None:
    found = policies(template_of(stack))

    assert {sid for policy in found.values() for sid in policy if "Image" in sid or "Registry" in sid} == set()


def test_all_users_see_what_the_domain_attaches_and_shared_spaces_what_is_attached_for_them(
    stack: cdk.Stack, network: NetworkAccess, team: StudioImage
) -> None:
    Domain(
        stack,
        "Studio",
        network=network,
        default_user_settings=UserSettings(
            jupyter_lab=JupyterLab(custom_images=[team]), code_editor=CodeEditor(custom_images=[team])
        ),
        default_space_settings=SpaceSettings(jupyter_lab=JupyterLab(custom_images=[existing(1), team])),
    )

    found = policies(template_of(stack))

    users, spaces = found["StudioUserUse"], found["StudioSpaceUse"]
    assert (users["Image1"], users["Image2"]) == (
        spaces["Image2"] | {"Sid": "Image1"},
        spaces["Image1"] | {"Sid": "Image2"},
    )
    assert users["PullImages"] == spaces["PullImages"]
    assert len(users["PullImages"]["Resource"]) == 1, "the repository of the image that exists is not known"
    assert {"Image3"}.isdisjoint(users.keys() | spaces.keys())


def test_a_profile_sees_its_own_images_besides(stack: cdk.Stack, domain: Domain, team: StudioImage) -> None:
    settings = UserSettings(jupyter_lab=JupyterLab(custom_images=[team]))
    domain.add_user_profile("Alice", user_settings=settings)
    domain.add_user_profile("Bob")

    found = policies(template_of(stack))

    assert {path for path, policy in found.items() if "PullImages" in policy} == {
        "StudioCustomImagesteamPull",
        "StudioAliceUse",
    }


def test_more_images_than_one_policy_names_take_more_policies(stack: cdk.Stack, network: NetworkAccess) -> None:
    images = [existing(number) for number in range(30)]
    domain = Domain(
        stack,
        "Studio",
        network=network,
        default_user_settings=UserSettings(jupyter_lab=JupyterLab(custom_images=images)),
    )
    domain.add_user_profile("Alice")

    template = template_of(stack)

    found = policies(template)
    uses = [path for path in found if path.startswith("StudioUserUse")]
    assert len(uses) > 1
    assert {sid for path in uses for sid in found[path] if sid.startswith("Image")} == {
        f"Image{number}" for number in range(1, 31)
    }
    assert {*uses} < attached_to(template, role_of(template, "StudioAliceExecutionRole"))


def test_roles_beside_an_imported_domain_see_its_images_which_are_not_defined_again(
    stack: cdk.Stack, team: StudioImage
) -> None:
    settings = UserSettings(jupyter_lab=JupyterLab(custom_images=[team]))
    shared = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123", default_user_settings=settings)
    shared.add_user_profile("Alice")

    template = template_of(stack)

    assert "PullImages" in policies(template)["SharedAliceUserUse"]
    assert not resources(template, "AWS::SageMaker::Image")
