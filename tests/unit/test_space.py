from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import Duration, Size

from constructs_lib import (
    App,
    CodeEditor,
    Domain,
    IdleShutdown,
    InstanceType,
    JupyterLab,
    NetworkAccess,
    Space,
    SpaceSettings,
    SpaceSharing,
    StudioImage,
    UserProfile,
    UserSettings,
)
from tests.templates import properties, resources, template_of

SPACE = "AWS::SageMaker::Space"
IMAGES = "arn:aws:sagemaker:eu-west-1:123456789012:image"


@pytest.fixture
def alice(domain: Domain) -> UserProfile:
    return domain.add_user_profile("Alice")


def test_private_space_is_named_after_owner_and_id(stack: cdk.Stack, alice: UserProfile) -> None:
    alice.add_private_space("Lab", app=JupyterLab())

    rendered = properties(template_of(stack), SPACE)
    assert rendered["SpaceName"] == "alice-lab"
    assert rendered["SpaceSharingSettings"] == {"SharingType": "Private"}


def test_shared_space_is_named_after_its_id(stack: cdk.Stack, alice: UserProfile) -> None:
    alice.add_shared_space("Churn", app=JupyterLab())

    rendered = properties(template_of(stack), SPACE)
    assert rendered["SpaceName"] == "churn"
    assert rendered["SpaceSharingSettings"] == {"SharingType": "Shared"}


def test_owner_is_a_literal_name_and_comes_first(stack: cdk.Stack, alice: UserProfile) -> None:
    alice.add_private_space("Lab", app=JupyterLab())

    template = template_of(stack)
    (profile,) = resources(template, "AWS::SageMaker::UserProfile")
    (space,) = resources(template, SPACE).values()
    assert space["Properties"]["OwnershipSettings"] == {"OwnerUserProfileName": "alice"}
    assert space["DependsOn"] == [profile]


def test_space_in_a_stack_of_its_own_comes_after_its_owner(
    app: cdk.App, stack: cdk.Stack, domain: Domain, alice: UserProfile
) -> None:
    spaces = cdk.Stack(app, "Spaces")
    Space(spaces, "Lab", domain=domain, sharing=SpaceSharing.private(alice), app=JupyterLab())

    app.synth()

    assert stack in spaces.dependencies
    assert properties(template_of(spaces), SPACE)["SpaceName"] == "alice-lab"


@pytest.mark.parametrize(
    ("app_of_space", "settings"), [(JupyterLab, "JupyterLabAppSettings"), (CodeEditor, "CodeEditorAppSettings")]
)
def test_settings_stand_in_the_block_of_their_app(
    app_of_space: type[App], settings: str, stack: cdk.Stack, alice: UserProfile
) -> None:
    idle_shutdown = IdleShutdown.after(Duration.minutes(90))
    alice.add_private_space(
        "Lab",
        app=app_of_space(instance_type=InstanceType.ML_T3_MEDIUM, idle_shutdown=idle_shutdown),
        storage=Size.gibibytes(50),
        space_display_name="Lab of Alice",
    )

    rendered = properties(template_of(stack), SPACE)
    assert rendered["SpaceDisplayName"] == "Lab of Alice"
    assert rendered["SpaceSettings"] == {
        "AppType": app_of_space.app_type,
        settings: {
            "AppLifecycleManagement": {"IdleSettings": {"IdleTimeoutInMinutes": 90}},
            "DefaultResourceSpec": {"InstanceType": "ml.t3.medium"},
        },
        "SpaceStorageSettings": {"EbsStorageSettings": {"EbsVolumeSizeInGb": 50}},
    }


def test_space_that_says_nothing_has_its_app_alone(stack: cdk.Stack, alice: UserProfile) -> None:
    alice.add_private_space("Lab", app=CodeEditor())

    assert properties(template_of(stack), SPACE)["SpaceSettings"] == {"AppType": "CodeEditor"}


def test_newer_instance_type_is_not_judged(stack: cdk.Stack, alice: UserProfile) -> None:
    alice.add_private_space("Lab", app=JupyterLab(instance_type=InstanceType.of("ml.g9.xlarge")))

    spec = properties(template_of(stack), SPACE)["SpaceSettings"]["JupyterLabAppSettings"]["DefaultResourceSpec"]
    assert spec == {"InstanceType": "ml.g9.xlarge"}


def test_volume_may_be_a_token(stack: cdk.Stack, alice: UserProfile) -> None:
    size = cdk.CfnParameter(stack, "Size", type="Number")
    alice.add_private_space("Lab", app=JupyterLab(), storage=Size.gibibytes(size.value_as_number))

    storage = properties(template_of(stack), SPACE)["SpaceSettings"]["SpaceStorageSettings"]
    assert storage == {"EbsStorageSettings": {"EbsVolumeSizeInGb": {"Ref": "Size"}}}


def test_arn_and_url(stack: cdk.Stack, alice: UserProfile) -> None:
    space = alice.add_private_space("Lab", app=JupyterLab())
    imported = Space.from_space_attributes(stack, "Imported", domain=alice.domain, space_name="alice-lab")

    assert space.space_arn == imported.space_arn
    assert space.space_arn.endswith(":space/" + alice.domain.domain_id + "/alice-lab")
    assert stack.resolve(space.space_url)["Fn::GetAtt"][1] == "Url"


def test_display_name_may_hold_tokens(stack: cdk.Stack, alice: UserProfile) -> None:
    name = f"Lab of {cdk.Aws.STACK_NAME} in {cdk.Aws.REGION} and {cdk.Aws.ACCOUNT_ID}"
    alice.add_private_space("Lab", app=JupyterLab(), space_display_name=name)

    assert "Fn::Join" in properties(template_of(stack), SPACE)["SpaceDisplayName"]


def test_type_that_is_a_token_is_not_judged(stack: cdk.Stack, network: NetworkAccess) -> None:
    token = InstanceType.of(cdk.CfnParameter(stack, "Type").value_as_string)
    domain = Domain(stack, "Studio", network=network, allowed_instance_types=[InstanceType.ML_T3_MEDIUM])
    domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab(instance_type=token))

    spec = properties(template_of(stack), SPACE)["SpaceSettings"]["JupyterLabAppSettings"]["DefaultResourceSpec"]
    assert spec == {"InstanceType": {"Ref": "Type"}}


@pytest.mark.parametrize(
    ("instance_type", "suited"),
    [
        ("ml.t3.large", True),
        ("ml.m5.large", True),
        ("ml.t3.medium", False),
        ("ml.c7i.large", False),
        ("ml.g9.xlarge", False),
        (None, False),
    ],
)
@pytest.mark.parametrize("where", ["space", "owner", "shared"])
def test_remote_access_is_switched_on_for_types_that_are_known_to_suit(
    where: str, instance_type: str | None, suited: bool, stack: cdk.Stack, network: NetworkAccess
) -> None:
    lab = JupyterLab(instance_type=None if instance_type is None else InstanceType.of(instance_type))
    domain = Domain(
        stack,
        "Studio",
        network=network,
        remote_access=True,
        default_space_settings=SpaceSettings(jupyter_lab=lab if where == "shared" else None),
    )
    alice = domain.add_user_profile("Alice", user_settings=UserSettings(jupyter_lab=lab if where == "owner" else None))
    if where == "shared":
        alice.add_shared_space("Churn", app=JupyterLab())
    else:
        alice.add_private_space("Lab", app=lab if where == "space" else JupyterLab())

    settings = properties(template_of(stack), SPACE)["SpaceSettings"]
    assert settings.get("RemoteAccess") == ("ENABLED" if suited else None)


def test_remote_access_of_a_domain_without_it_is_left_to_studio(stack: cdk.Stack, alice: UserProfile) -> None:
    alice.add_private_space("Lab", app=JupyterLab(instance_type=InstanceType.ML_M5_LARGE))

    assert "RemoteAccess" not in properties(template_of(stack), SPACE)["SpaceSettings"]


def test_sharing_is_equal_by_value_whatever_list_the_members_come_in(alice: UserProfile) -> None:
    bob = alice.domain.add_user_profile("Bob")

    assert SpaceSharing.shared(alice, members=[bob]) == SpaceSharing.shared(alice, members=(bob,))
    assert SpaceSharing.shared(alice) != SpaceSharing.shared(alice, members=[]) != SpaceSharing.private(alice)


def test_name_of_a_space_that_is_refused_is_free(alice: UserProfile) -> None:
    with pytest.raises(ValueError, match="app must be JupyterLab"):
        alice.add_shared_space("First", app=CodeEditor(), space_name="lab")

    assert alice.add_private_space("Second", app=JupyterLab(), space_name="lab").space_name == "lab"


def test_two_imports_by_tokens_may_be_the_same_domain(stack: cdk.Stack) -> None:
    one, other = (
        Domain.from_domain_attributes(stack, name, domain_id=cdk.Fn.import_value("DomainId")) for name in "AB"
    )
    alice = one.add_user_profile("Alice")

    Space(stack, "Lab", domain=other, sharing=SpaceSharing.private(alice), app=JupyterLab())


def test_two_imports_in_one_stack_share_the_mapping_of_images(stack: cdk.Stack) -> None:
    app = JupyterLab(image=StudioImage.distribution_cpu())
    for name in ("abc", "def"):
        domain = Domain.from_domain_attributes(stack, name, domain_id=f"d-{name}", account="1" * 12)
        domain.add_user_profile("Alice").add_private_space("Lab", app=app)

    assert len(template_of(stack)["Mappings"]) == 1


def spec_of(stack: cdk.Stack) -> dict[str, Any]:
    settings = properties(template_of(stack), "AWS::SageMaker::Space")["SpaceSettings"]
    return dict(settings.get("JupyterLabAppSettings", {}).get("DefaultResourceSpec", {}))


@pytest.mark.parametrize(
    ("said", "rendered"),
    [
        (JupyterLab(), {}),
        (JupyterLab(instance_type=InstanceType.ML_M5_LARGE), {"InstanceType": "ml.m5.large"}),
        (JupyterLab(image=StudioImage.from_image_arn(f"{IMAGES}/other")), {"SageMakerImageArn": f"{IMAGES}/other"}),
    ],
    ids=["nothing", "type", "image"],
)
def test_instance_type_and_image_of_the_owner_complete_what_a_space_says(
    said: JupyterLab, rendered: dict[str, str], stack: cdk.Stack, network: NetworkAccess
) -> None:
    of_domain = JupyterLab(instance_type=InstanceType.ML_T3_MEDIUM, image=StudioImage.from_image_arn(f"{IMAGES}/team"))
    domain = Domain(stack, "Studio", network=network, default_user_settings=UserSettings(jupyter_lab=of_domain))

    domain.add_user_profile("Alice").add_private_space("Lab", app=said)

    inherited = {"InstanceType": "ml.t3.medium", "SageMakerImageArn": f"{IMAGES}/team"}
    assert spec_of(stack) == ({**inherited, **rendered} if rendered else {})
