from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest

from constructs_lib import (
    CodeEditor,
    Domain,
    ExecutionRole,
    InstanceType,
    JupyterLab,
    LifecycleConfig,
    NetworkAccess,
    SpaceSettings,
    StudioImage,
    UserProfile,
    UserSettings,
)
from constructs_lib.access.allow_list import AllowList
from constructs_lib.compute.distribution_accounts import DISTRIBUTION_ACCOUNTS
from constructs_lib.environment import Environment
from constructs_lib.lifecycle.owner import Owner
from tests.templates import template_of
from tests.unit.access.policies import by_sid, policies, templates

ACCOUNT = "arn:aws:sagemaker:eu-west-1:123456789012"
TEAM, TEAM_3, OTHER = f"{ACCOUNT}:image/team", f"{ACCOUNT}:image-version/team/3", f"{ACCOUNT}:image/other"
TEAMS_IMAGE, TEAMS_VERSION = StudioImage.from_image_arn(TEAM), StudioImage.from_image_version_arn(TEAM_3)
OTHER_IMAGE = StudioImage.from_image_arn(OTHER)
CPU, GPU = StudioImage.distribution_cpu(), StudioImage.distribution_gpu()
T3, M5, G5 = InstanceType.ML_T3_MEDIUM, InstanceType.ML_M5_LARGE, InstanceType.ML_G5_XLARGE
EU = Environment("123456789012", "eu-west-1")
ARGUMENTS = ("allowed_instance_types", "allowed_images", "allowed_lifecycle_configs")


def conditions(allowed: AllowList, stack: cdk.Stack, environment: Environment = EU) -> dict[str, Any]:
    statements = by_sid(stack.resolve(list(allowed._fence(stack, environment, Owner(stack, "studio")))))
    assert all((one["Effect"], one["Resource"]) == ("Deny", "*") for one in statements.values())
    return {sid: one["Condition"] for sid, one in statements.items()}


def distribution_in(region: str, kind: str) -> StudioImage:
    return StudioImage.from_image_arn(
        f"arn:aws:sagemaker:{region}:{DISTRIBUTION_ACCOUNTS[region]}:image/sagemaker-distribution-{kind}"
    )


def test_nothing_said_is_nothing_denied(stack: cdk.Stack) -> None:
    assert conditions(AllowList.of(None, None, None), stack) == {}


def test_types_are_denied_by_their_names(stack: cdk.Stack) -> None:
    assert conditions(AllowList.of([T3, M5], None, None), stack) == {
        "OnlyAllowedInstanceTypes": {
            "ForAnyValue:StringNotEquals": {"sagemaker:InstanceTypes": ["ml.t3.medium", "ml.m5.large"]}
        }
    }


def test_a_whole_image_stands_for_all_its_versions(stack: cdk.Stack) -> None:
    assert conditions(AllowList.of(None, [TEAMS_IMAGE], None), stack) == {
        "OnlyAllowedImages": {"ForAnyValue:ArnNotLike": {"sagemaker:ImageArns": [TEAM]}},
        "OnlyAllowedImageVersions": {
            "ForAnyValue:ArnNotLike": {"sagemaker:ImageVersionArns": [f"{ACCOUNT}:image-version/team/*"]}
        },
    }


def test_a_pinned_version_is_no_other_and_not_the_latest(stack: cdk.Stack) -> None:
    assert conditions(AllowList.of(None, [TEAMS_VERSION], None), stack) == {
        "OnlyAllowedImages": {"ForAnyValue:ArnNotLike": {"sagemaker:ImageArns": [TEAM]}},
        "OnlyAllowedImageVersions": {"ForAnyValue:ArnNotLike": {"sagemaker:ImageVersionArns": [TEAM_3]}},
        "OnlyPinnedVersions1": {
            "ForAnyValue:ArnLike": {"sagemaker:ImageArns": TEAM},
            "ForAllValues:ArnNotLike": {"sagemaker:ImageVersionArns": [TEAM_3]},
        },
    }


def test_whole_and_pinned_images_stand_beside_each_other(stack: cdk.Stack) -> None:
    two_versions = [TEAMS_VERSION, StudioImage.from_image_version_arn(f"{ACCOUNT}:image-version/team/4")]

    found = conditions(AllowList.of(None, [*two_versions, OTHER_IMAGE], None), stack)

    assert found["OnlyAllowedImages"]["ForAnyValue:ArnNotLike"]["sagemaker:ImageArns"] == [TEAM, OTHER]
    assert found["OnlyAllowedImageVersions"]["ForAnyValue:ArnNotLike"]["sagemaker:ImageVersionArns"] == [
        TEAM_3,
        f"{ACCOUNT}:image-version/team/4",
        f"{ACCOUNT}:image-version/other/*",
    ]
    assert {sid: one for sid, one in found.items() if "Pinned" in sid} == {
        "OnlyPinnedVersions1": {
            "ForAnyValue:ArnLike": {"sagemaker:ImageArns": TEAM},
            "ForAllValues:ArnNotLike": {"sagemaker:ImageVersionArns": [TEAM_3, f"{ACCOUNT}:image-version/team/4"]},
        }
    }


def test_each_pinned_image_has_a_statement_of_its_own_so_that_versions_of_one_open_no_other(stack: cdk.Stack) -> None:
    pinned = [f"{ACCOUNT}:image-version/{name}" for name in ("team/3", "other/1", "team/4")]

    found = conditions(AllowList.of(None, [StudioImage.from_image_version_arn(arn) for arn in pinned], None), stack)

    assert {
        one["ForAnyValue:ArnLike"]["sagemaker:ImageArns"]: one["ForAllValues:ArnNotLike"]["sagemaker:ImageVersionArns"]
        for sid, one in found.items()
        if re.fullmatch(r"OnlyPinnedVersions\d", sid)
    } == {TEAM: [pinned[0], pinned[2]], OTHER: [pinned[1]]}


def test_the_latest_version_of_an_image_that_is_allowed_whole_and_pinned_is_allowed(stack: cdk.Stack) -> None:
    found = conditions(AllowList.of(None, [TEAMS_VERSION, TEAMS_IMAGE], None), stack)

    assert found.keys() == {"OnlyAllowedImages", "OnlyAllowedImageVersions"}
    assert found["OnlyAllowedImages"]["ForAnyValue:ArnNotLike"]["sagemaker:ImageArns"] == [TEAM]


def test_arns_that_are_tokens_are_cut_when_they_are_deployed(stack: cdk.Stack) -> None:
    whole = StudioImage.from_image_arn(cdk.Fn.import_value("Image"))
    pinned = StudioImage.from_image_version_arn(cdk.Fn.import_value("Version"))

    found = conditions(AllowList.of(None, [whole, pinned], None), stack)

    halves = {"Fn::Split": [":image/", {"Fn::ImportValue": "Image"}]}
    version_halves = {"Fn::Split": [":image-version/", {"Fn::ImportValue": "Version"}]}
    name = {"Fn::Select": [0, {"Fn::Split": ["/", {"Fn::Select": [1, version_halves]}]}]}
    image_of_version = {"Fn::Join": ["", [{"Fn::Select": [0, version_halves]}, ":image/", name]]}
    assert found["OnlyAllowedImages"]["ForAnyValue:ArnNotLike"]["sagemaker:ImageArns"] == [
        {"Fn::ImportValue": "Image"},
        image_of_version,
    ]
    assert found["OnlyAllowedImageVersions"]["ForAnyValue:ArnNotLike"]["sagemaker:ImageVersionArns"] == [
        {"Fn::Join": ["", [{"Fn::Select": [0, halves]}, ":image-version/", {"Fn::Select": [1, halves]}, "/*"]]},
        {"Fn::ImportValue": "Version"},
    ]
    assert "OnlyPinnedVersions1" not in found, "the version may be of the image that is allowed whole"


def test_versions_that_are_tokens_are_pinned_together(stack: cdk.Stack) -> None:
    pins = [StudioImage.from_image_version_arn(cdk.Fn.import_value(name)) for name in ("A", "B")]

    found = conditions(AllowList.of(None, pins, None), stack)

    assert found["OnlyPinnedVersions1"]["ForAllValues:ArnNotLike"]["sagemaker:ImageVersionArns"] == [
        {"Fn::ImportValue": "A"},
        {"Fn::ImportValue": "B"},
    ]
    assert "OnlyPinnedVersions2" not in found


def test_a_pin_beside_whole_distribution_images_holds_where_the_region_is_open(stack: cdk.Stack) -> None:
    found = conditions(AllowList.of(None, [CPU, TEAMS_VERSION], None), stack)

    assert found["OnlyPinnedVersions1"]["ForAnyValue:ArnLike"]["sagemaker:ImageArns"] == TEAM


def test_distribution_images_are_looked_up_where_the_region_is_open(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, allowed_images=[CPU])
    domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab(image=CPU))

    template = template_of(stack)
    (mapping,) = template["Mappings"]
    denied = policies(template)["StudioUserFence"]["OnlyAllowedImages"]["Condition"]["ForAnyValue:ArnNotLike"]
    account = {"Fn::FindInMap": [mapping, {"Ref": "AWS::Region"}, "account"]}
    (arn,) = denied["sagemaker:ImageArns"]
    assert account in arn["Fn::Join"][1]


def test_users_elsewhere_look_distribution_images_up_in_their_own_stack(
    app: cdk.App, stack: cdk.Stack, network: NetworkAccess
) -> None:
    domain = Domain(stack, "Studio", network=network, allowed_images=[CPU])
    users = cdk.Stack(app, "Users")
    UserProfile(users, "Alice", domain=domain, execution_role=ExecutionRole(users, "Role"))

    template = templates(app)["Users"]

    (mapping,) = template["Mappings"]
    assert f"'Fn::FindInMap': ['{mapping}'" in str(policies(template)["AliceUserFence"]["OnlyAllowedImages"])


@pytest.mark.parametrize(
    ("arns", "condition"),
    [
        ([], {"Null": {"sagemaker:StudioLifecycleConfigArns": "false"}}),
        (
            [LifecycleConfig.from_lifecycle_config_arn(f"{ACCOUNT}:studio-lifecycle-config/idle")],
            {
                "ForAnyValue:ArnNotLike": {
                    "sagemaker:StudioLifecycleConfigArns": [f"{ACCOUNT}:studio-lifecycle-config/idle"]
                }
            },
        ),
    ],
)
def test_no_lifecycle_configuration_is_a_denial_of_all(
    arns: list[str], condition: dict[str, Any], stack: cdk.Stack
) -> None:
    assert conditions(AllowList.of(None, None, arns), stack) == {"OnlyAllowedLifecycleConfigs": condition}


@pytest.mark.parametrize(
    ("allowed", "taken", "refused"),
    [
        (TEAMS_IMAGE, [TEAMS_IMAGE, TEAMS_VERSION], [OTHER_IMAGE, CPU]),
        (TEAMS_VERSION, [TEAMS_VERSION], [TEAMS_IMAGE, StudioImage.from_image_version_arn(TEAM_3 + "0")]),
        (
            CPU,
            [CPU, distribution_in("eu-west-1", "cpu"), distribution_in("us-east-1", "cpu")],
            [GPU, distribution_in("eu-west-1", "gpu"), StudioImage.from_image_arn(f"{ACCOUNT}:image/sagemaker-distribution-cpu")],
        ),
        (distribution_in("eu-west-1", "gpu"), [GPU], [CPU]),
        (StudioImage.from_image_arn(cdk.Fn.import_value("Image")), [TEAMS_IMAGE, TEAMS_VERSION, CPU], []),
        (TEAMS_IMAGE, [StudioImage.from_image_version_arn(cdk.Fn.import_value("Version"))], []),
    ],
)  # fmt: skip
def test_an_image_is_allowed_by_whatever_name_it_goes(
    allowed: StudioImage, taken: list[StudioImage], refused: list[StudioImage]
) -> None:
    allow_list = AllowList.of(None, [allowed], None)

    assert [one for one in (*taken, *refused) if not list(allow_list._problems_with_image(one, EU))] == taken


def of_user(lab: JupyterLab) -> UserSettings:
    return UserSettings(jupyter_lab=lab)


WHERE: dict[str, Callable[[Callable[..., Domain], JupyterLab], object]] = {
    "default": lambda domain, lab: domain(default_user_settings=of_user(lab)),
    "shared default": lambda domain, lab: domain(default_space_settings=SpaceSettings(jupyter_lab=lab)),
    "profile": lambda domain, lab: domain().add_user_profile("Alice", user_settings=of_user(lab)),
    "private space": lambda domain, lab: domain().add_user_profile("Alice").add_private_space("Lab", app=lab),
    "shared space": lambda domain, lab: domain().add_user_profile("Alice").add_shared_space("Lab", app=lab),
}


@pytest.mark.parametrize(("instance_type", "image"), [(M5, OTHER_IMAGE), (G5, TEAMS_IMAGE)])
@pytest.mark.parametrize("where", WHERE)
def test_images_and_types_are_checked_wherever_they_are_named(
    where: str, instance_type: InstanceType, image: StudioImage, stack: cdk.Stack, network: NetworkAccess
) -> None:
    def domain(**settings: Any) -> Domain:
        return Domain(
            stack,
            "Studio",
            network=network,
            allowed_instance_types=[M5],
            allowed_images=[TEAMS_IMAGE],
            **settings,
        )

    with pytest.raises(ValueError, match="must be one that the domain allows"):
        WHERE[where](domain, JupyterLab(instance_type=instance_type, image=image))


def test_spaces_in_an_import_are_checked_by_what_it_is_said_to_allow(stack: cdk.Stack) -> None:
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-1", allowed_images=[TEAMS_IMAGE])
    alice = domain.add_user_profile("Alice")

    assert alice.add_private_space("Lab", app=JupyterLab(image=TEAMS_VERSION)).space_name == "alice-lab"
    with pytest.raises(ValueError, match="image must be one that the domain allows"):
        alice.add_private_space("Other", app=JupyterLab(image=OTHER_IMAGE))


@pytest.mark.parametrize(
    ("types", "images", "lab", "refused"),
    [
        ([M5], None, JupyterLab(), True),
        ([M5], None, JupyterLab(instance_type=M5), False),
        ([T3], [CPU], JupyterLab(), False),
        (None, [TEAMS_IMAGE], JupyterLab(), True),
        (None, [CPU], JupyterLab(instance_type=G5), True),
        (None, [GPU], JupyterLab(instance_type=G5), False),
        (None, [CPU], JupyterLab(instance_type=InstanceType.of("ml.g9.xlarge")), False),
    ],
)
def test_a_space_leaves_to_studio_only_what_studio_chooses_rightly(
    types: list[InstanceType] | None,
    images: list[StudioImage] | None,
    lab: JupyterLab,
    refused: bool,
    stack: cdk.Stack,
) -> None:
    domain = Domain.from_domain_attributes(
        stack, "Shared", domain_id="d-abc123", allowed_instance_types=types, allowed_images=images
    )
    alice = domain.add_user_profile("Alice")

    if refused:
        with pytest.raises(ValueError, match="got none, which means"):
            alice.add_private_space("Lab", app=lab)
    else:
        assert alice.add_private_space("Lab", app=lab).space_name == "alice-lab"


def test_what_the_owner_or_the_domain_chooses_is_not_left_to_studio(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(
        stack,
        "Studio",
        network=network,
        allowed_instance_types=[M5],
        allowed_images=[TEAMS_IMAGE],
        default_user_settings=UserSettings(
            jupyter_lab=JupyterLab(instance_type=M5, image=TEAMS_IMAGE),
            code_editor=CodeEditor(instance_type=M5, image=TEAMS_IMAGE),
        ),
        default_space_settings=SpaceSettings(jupyter_lab=JupyterLab(instance_type=M5, image=TEAMS_VERSION)),
    )
    alice = domain.add_user_profile("Alice", user_settings=UserSettings(jupyter_lab=JupyterLab(image=TEAMS_VERSION)))

    assert alice.add_private_space("Lab", app=JupyterLab()).space_name == "alice-lab"
    assert alice.add_shared_space("Churn", app=JupyterLab()).space_name == "churn"


SAYING: dict[str, Callable[[JupyterLab, CodeEditor], dict[str, Any]]] = {
    "all": lambda lab, code: {
        "default_user_settings": UserSettings(jupyter_lab=lab, code_editor=code),
        "default_space_settings": SpaceSettings(jupyter_lab=lab),
    },
    "all but of users": lambda lab, code: {
        "default_user_settings": UserSettings(code_editor=code),
        "default_space_settings": SpaceSettings(jupyter_lab=lab),
    },
    "all but Code Editor": lambda lab, code: {
        "default_user_settings": UserSettings(jupyter_lab=lab),
        "default_space_settings": SpaceSettings(jupyter_lab=lab),
    },
    "all but of shared spaces": lambda lab, code: {
        "default_user_settings": UserSettings(jupyter_lab=lab, code_editor=code),
    },
}


@pytest.mark.parametrize("what", SAYING)
@pytest.mark.parametrize(
    ("allowed", "chosen"),
    [
        ({"allowed_instance_types": [M5]}, {"instance_type": M5}),
        ({"allowed_images": [TEAMS_IMAGE]}, {"image": TEAMS_IMAGE}),
        ({"allowed_instance_types": [G5], "allowed_images": [GPU]}, {"instance_type": G5}),
    ],
)
def test_a_domain_leaves_to_studio_nothing_that_its_users_may_not_run(
    what: str, allowed: dict[str, Any], chosen: dict[str, Any], stack: cdk.Stack, network: NetworkAccess
) -> None:
    settings = SAYING[what](JupyterLab(**chosen), CodeEditor(**chosen))

    if what == "all":
        assert Domain(stack, "Studio", network=network, **allowed, **settings).domain_id
        return
    app = "CodeEditor" if what == "all but Code Editor" else "JupyterLab"
    with pytest.raises(ValueError, match="got none, which means") as refusal:
        Domain(stack, "Studio", network=network, **allowed, **settings)
    settings = "default_space_settings" if what == "all but of shared spaces" else "default_user_settings"
    places = {line.split(": instance_type")[0].split(": image")[0] for line in str(refusal.value).splitlines()}
    assert places == {f"[Research/Studio] {settings}: {app}"}


def test_studios_own_choice_may_be_left_to_studio_where_it_is_allowed(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(
        stack, "Studio", network=network, allowed_instance_types=[M5, T3], allowed_images=[OTHER_IMAGE, CPU]
    )

    assert domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab()).space_name == "alice-lab"


def test_an_import_is_not_judged_by_what_studio_would_choose(stack: cdk.Stack) -> None:
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123", allowed_instance_types=[M5])

    assert domain.add_user_profile("Alice").user_profile_name == "alice"


@pytest.mark.parametrize(
    ("kind", "argument", "few"),
    [
        ("types", "allowed_instance_types", 300),
        ("images", "allowed_images", 60),
        ("tokens", "allowed_images", 30),
        ("scripts", "allowed_lifecycle_configs", 60),
    ],
)
def test_a_list_that_no_policy_holds_is_refused_before_anything_is_defined(
    kind: str, argument: str, few: int, stack: cdk.Stack
) -> None:
    make: dict[str, Callable[[int], Any]] = {
        "types": lambda number: InstanceType.of(f"ml.m{number}.large"),
        "images": lambda number: StudioImage.from_image_arn(f"{ACCOUNT}:image/team-{number}"),
        "tokens": lambda number: StudioImage.from_image_arn(cdk.Fn.import_value(f"Image{number}")),
        "scripts": lambda number: LifecycleConfig.from_lifecycle_config_arn(
            f"{ACCOUNT}:studio-lifecycle-config/setup-{number}"
        ),
    }

    def problems(count: int) -> list[str]:
        listed = [make[kind](100 + number) for number in range(count)]
        types, images, scripts = (listed if argument == one else None for one in ARGUMENTS)
        return list(AllowList.of(types, images, scripts)._problems(stack, EU, Owner(stack, "studio")))

    assert problems(few) == []
    message = rf"{argument} must be few enough for a policy of 6144 characters, got \d+ characters; name fewer.*"
    found = problems(2 * few)
    assert found
    assert all(re.fullmatch(message, one) for one in found)


def test_an_image_that_the_region_lacks_is_the_problem_and_not_the_size(stack: cdk.Stack) -> None:
    there = ACCOUNT.replace("eu-west-1", "eu-central-2")
    images = [CPU, *(StudioImage.from_image_arn(f"{there}:image/team-{number}") for number in range(200))]

    problems = list(
        AllowList.of(None, images, None)._problems(
            stack, Environment("123456789012", "eu-central-2"), Owner(stack, "studio")
        )
    )

    assert [problem.partition(" has, got ")[0] for problem in problems] == ["image must be one that eu-central-2"]


def test_two_domains_of_a_stack_and_their_spaces_look_distribution_images_up_together(stack: cdk.Stack) -> None:
    image = StudioImage.distribution_cpu()
    for name in ("A", "B"):
        domain = Domain.from_domain_attributes(stack, name, domain_id=f"d-{name.lower()}", allowed_images=[image])
        domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab(image=image))

    assert list(template_of(stack)["Mappings"]) == ["SageMakerDistributionAccounts"]


def test_an_import_is_judged_by_its_own_region(stack: cdk.Stack) -> None:
    with pytest.raises(ValueError, match="image must be one that eu-central-2 has"):
        Domain.from_domain_attributes(
            stack,
            "Shared",
            domain_id="d-abc123",
            region="eu-central-2",
            allowed_images=[StudioImage.distribution_cpu()],
        )


def test_more_pinned_versions_than_a_policy_names_are_refused_before_anything_is_defined(
    stack: cdk.Stack, network: NetworkAccess
) -> None:
    arn = f"arn:aws:sagemaker:eu-west-1:123456789012:image-version/{'t' * 20}"
    versions = [StudioImage.from_image_version_arn(f"{arn}/{number}") for number in range(10, 82)]

    with pytest.raises(ValueError, match="allowed_images must be few enough"):
        Domain(stack, "Studio", network=network, allowed_images=versions)

    assert template_of(stack).get("Resources", {}) == {}
