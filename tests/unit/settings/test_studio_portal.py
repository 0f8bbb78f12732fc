from __future__ import annotations

from typing import Any

import aws_cdk as cdk

from constructs_lib import Domain, InstanceType, MlTool, NetworkAccess, PortalApp, StudioPortal, UserSettings
from constructs_lib.access.allow_list import AllowList
from tests.coverage.schemas import properties_of, schema_of
from tests.resource_schemas import unknown_properties
from tests.templates import properties, template_of

DOMAIN, PROFILE = "AWS::SageMaker::Domain", "AWS::SageMaker::UserProfile"
T3, G5, P5 = InstanceType.ML_T3_MEDIUM, InstanceType.ML_G5_XLARGE, InstanceType.ML_P5_48XLARGE


def rendered(portal: StudioPortal, allowed: list[InstanceType] | None = None, of: str = DOMAIN) -> dict[str, Any]:
    return portal._render(of, AllowList.of(allowed, None, None))


def hidden_by_profile(stack: cdk.Stack, domain: StudioPortal | None, profile: StudioPortal) -> dict[str, Any]:
    network = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])
    studio = Domain(stack, "Studio", network=network, default_user_settings=UserSettings(portal=domain))
    studio.add_user_profile("Alice", user_settings=UserSettings(portal=profile))
    return properties(template_of(stack), PROFILE)["UserSettings"]["StudioWebPortalSettings"]


def test_classic_is_hidden_whatever_else_is(stack: cdk.Stack) -> None:
    assert rendered(StudioPortal())["studioWebPortalSettings"]["hiddenAppTypes"] == ["JupyterServer"]
    canvas = StudioPortal(hidden_apps=[PortalApp.CANVAS])
    assert rendered(canvas)["studioWebPortalSettings"]["hiddenAppTypes"] == ["JupyterServer", "Canvas"]


def test_types_that_are_not_allowed_are_hidden_with_those_that_are_named() -> None:
    hidden = rendered(StudioPortal(hidden_instance_types=[P5]), [T3, G5])["studioWebPortalSettings"]

    names = hidden["hiddenInstanceTypes"]
    assert names[0] == P5.name and len(set(names)) == len(names)
    assert {T3.name, G5.name, "system"}.isdisjoint(names)


def test_types_newer_than_the_schema_of_a_domain_are_left_to_the_fence() -> None:
    of_domain, of_profile = (
        rendered(StudioPortal(), [T3], of)["studioWebPortalSettings"]["hiddenInstanceTypes"] for of in (DOMAIN, PROFILE)
    )

    assert set(of_profile) - set(of_domain)
    assert all(name.startswith("ml.g7.") for name in set(of_profile) - set(of_domain))


def test_profile_hides_what_its_domain_hides_where_it_says_nothing(stack: cdk.Stack) -> None:
    domain = StudioPortal(hidden_apps=[PortalApp.CANVAS], hidden_ml_tools=[MlTool.JUMP_START])

    assert hidden_by_profile(stack, domain, StudioPortal(hidden_ml_tools=[MlTool.PROJECTS])) == {
        "HiddenAppTypes": ["JupyterServer", "Canvas"],
        "HiddenInstanceTypes": [],
        "HiddenMlTools": ["Projects"],
        "HiddenSageMakerImageVersionAliases": [],
    }


def test_profile_can_show_what_its_domain_hides(stack: cdk.Stack) -> None:
    domain = StudioPortal(hidden_apps=[PortalApp.CANVAS])

    assert hidden_by_profile(stack, domain, StudioPortal(hidden_apps=[])) == {
        "HiddenAppTypes": ["JupyterServer"],
        "HiddenInstanceTypes": [],
        "HiddenMlTools": [],
        "HiddenSageMakerImageVersionAliases": [],
    }


def test_profile_without_a_word_has_no_portal_of_its_own(domain: Domain, stack: cdk.Stack) -> None:
    domain.add_user_profile("Alice")

    assert properties(template_of(stack), PROFILE)["UserSettings"].keys() == {"ExecutionRole"}


def test_disabled_portal_has_no_landing_page_and_hides_nothing(stack: cdk.Stack) -> None:
    assert rendered(StudioPortal.disabled(), [T3]) == {"studioWebPortal": "DISABLED"}
    assert StudioPortal.disabled()._over(StudioPortal(hidden_apps=[PortalApp.CANVAS])) == StudioPortal.disabled()


def test_tools_and_apps_are_those_of_the_schema() -> None:
    hidden = properties_of(schema_of(DOMAIN))
    settings = "DefaultUserSettings/StudioWebPortalSettings"

    assert {one.value for one in MlTool} == set(hidden[f"{settings}/HiddenMlTools[]"]["enum"])
    assert {one.value for one in PortalApp} | {"JupyterServer"} == set(hidden[f"{settings}/HiddenAppTypes[]"]["enum"])


def test_tokens_are_not_judged(stack: cdk.Stack, network: NetworkAccess) -> None:
    portal = StudioPortal(
        hidden_instance_types=[InstanceType.of(cdk.Fn.import_value("type"))],
        hidden_image_version_aliases=[cdk.Fn.import_value("alias")],
    )
    Domain(stack, "Studio", network=network, default_user_settings=UserSettings(portal=portal))

    assert unknown_properties(template_of(stack)) == set()
