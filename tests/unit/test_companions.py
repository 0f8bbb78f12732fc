from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest

from constructs_lib import (
    CodeEditor,
    Domain,
    JupyterLab,
    LifecycleConfig,
    NetworkAccess,
    SpaceSettings,
    UserProfile,
    UserSettings,
)
from tests.templates import Template, properties, resources, template_of

DOMAIN, PROFILE, SPACE, CONFIG = (
    f"AWS::SageMaker::{name}" for name in ("Domain", "UserProfile", "Space", "StudioLifecycleConfig")
)
SETUP = LifecycleConfig.from_script("#!/bin/bash\necho setup\n", name="setup")
GIT = LifecycleConfig.from_script("#!/bin/bash\necho git\n", name="git")
EXISTING = LifecycleConfig.from_lifecycle_config_arn(
    "arn:aws:sagemaker:eu-west-1:123456789012:studio-lifecycle-config/old"
)


def studio(stack: cdk.Stack, network: NetworkAccess, **arguments: Any) -> Domain:
    return Domain(stack, "Studio", network=network, **arguments)


def names(template: Template) -> list[str]:
    return [one["Properties"]["StudioLifecycleConfigName"] for one in resources(template, CONFIG).values()]


def named_by(arns: object) -> list[str]:
    """The names at the ends of ARNs, literal or joined."""
    assert isinstance(arns, list)
    return [str(arn["Fn::Join"][1][-1] if isinstance(arn, dict) else arn).rpartition("/")[2] for arn in arns]


def test_one_script_for_both_apps_is_two_configurations(stack: cdk.Stack, network: NetworkAccess) -> None:
    both = UserSettings(jupyter_lab=JupyterLab(lifecycle_config=SETUP), code_editor=CodeEditor(lifecycle_config=SETUP))
    studio(stack, network, default_user_settings=both)

    template = template_of(stack)
    types = {one["Properties"]["StudioLifecycleConfigAppType"] for one in resources(template, CONFIG).values()}
    assert types == {"JupyterLab", "CodeEditor"}
    assert len(set(names(template))) == 2


def test_one_script_at_every_level_is_one_configuration(stack: cdk.Stack, network: NetworkAccess) -> None:
    lab = JupyterLab(lifecycle_config=SETUP, built_in_lifecycle_config=SETUP)
    domain = studio(
        stack,
        network,
        default_user_settings=UserSettings(jupyter_lab=lab),
        default_space_settings=SpaceSettings(jupyter_lab=lab),
    )
    alice = domain.add_user_profile("Alice", user_settings=UserSettings(jupyter_lab=lab))
    alice.add_private_space("Lab", app=JupyterLab(lifecycle_config=SETUP))

    (name,) = names(template_of(stack))
    assert name.startswith("studio-setup-jupyterlab-")


def test_settings_wait_for_what_they_name(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = studio(stack, network, default_user_settings=UserSettings(jupyter_lab=JupyterLab(lifecycle_config=SETUP)))
    alice = domain.add_user_profile(
        "Alice", user_settings=UserSettings(code_editor=CodeEditor(built_in_lifecycle_config=GIT))
    )
    other = LifecycleConfig.from_script("#!/bin/bash\necho other\n", name="other")
    alice.add_private_space("Lab", app=JupyterLab(lifecycle_config=other))

    template = template_of(stack)
    ids = {
        one["Properties"]["StudioLifecycleConfigName"].split("-")[1]: id
        for id, one in resources(template, CONFIG).items()
    }
    (domain_resource,) = resources(template, DOMAIN).values()
    (profile,) = resources(template, PROFILE).values()
    (space,) = resources(template, SPACE).values()
    assert domain_resource["DependsOn"] == [ids["setup"]]
    assert profile["DependsOn"] == [ids["git"]]
    assert ids["other"] in space["DependsOn"]


def test_default_script_is_offered_first(stack: cdk.Stack, network: NetworkAccess) -> None:
    lab = JupyterLab(lifecycle_config=SETUP, lifecycle_configs=[EXISTING, GIT, SETUP])
    studio(stack, network, default_user_settings=UserSettings(jupyter_lab=lab))

    settings = properties(template_of(stack), DOMAIN)["DefaultUserSettings"]["JupyterLabAppSettings"]
    setup, old, git = named_by(settings["LifecycleConfigArns"])
    assert (setup.split("-")[1], old, git.split("-")[1]) == ("setup", "old", "git")
    assert settings["DefaultResourceSpec"]["LifecycleConfigArn"] == settings["LifecycleConfigArns"][0]


def test_profile_with_a_default_of_its_own_still_offers_those_of_the_domain(
    stack: cdk.Stack, network: NetworkAccess
) -> None:
    domain = studio(
        stack, network, default_user_settings=UserSettings(jupyter_lab=JupyterLab(lifecycle_configs=[EXISTING]))
    )
    domain.add_user_profile("Alice", user_settings=UserSettings(jupyter_lab=JupyterLab(lifecycle_config=GIT)))

    settings = properties(template_of(stack), PROFILE)["UserSettings"]["JupyterLabAppSettings"]
    git, old = named_by(settings["LifecycleConfigArns"])
    assert (git.split("-")[1], old) == ("git", "old")


def test_profile_with_a_list_of_its_own_offers_that_alone(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = studio(
        stack, network, default_user_settings=UserSettings(jupyter_lab=JupyterLab(lifecycle_configs=[EXISTING]))
    )
    lab = JupyterLab(lifecycle_config=GIT, lifecycle_configs=[])
    domain.add_user_profile("Alice", user_settings=UserSettings(jupyter_lab=lab))

    settings = properties(template_of(stack), PROFILE)["UserSettings"]["JupyterLabAppSettings"]
    assert [name.split("-")[1] for name in named_by(settings["LifecycleConfigArns"])] == ["git"]


def test_script_of_a_user_in_another_stack_stands_with_the_domain(
    app: cdk.App, stack: cdk.Stack, network: NetworkAccess
) -> None:
    domain = studio(stack, network)
    users = cdk.Stack(app, "Users")
    UserProfile(
        users,
        "Alice",
        domain=domain,
        user_settings=UserSettings(jupyter_lab=JupyterLab(lifecycle_config=GIT)),
    )

    assembly = app.synth()
    of_studio, of_users = (assembly.get_stack_by_name(name).template for name in ("Research", "Users"))
    (name,) = names(of_studio)
    assert resources(of_users, CONFIG) == {}
    spec = properties(of_users, PROFILE)["UserSettings"]["JupyterLabAppSettings"]["DefaultResourceSpec"]
    assert named_by([spec["LifecycleConfigArn"]]) == [name]


@pytest.mark.parametrize("policy", [cdk.RemovalPolicy.DESTROY, cdk.RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE])
def test_former_script_stays_for_those_who_run_it(
    policy: cdk.RemovalPolicy, stack: cdk.Stack, network: NetworkAccess
) -> None:
    lab = JupyterLab(lifecycle_config=SETUP)
    studio(stack, network, removal_policy=policy, default_user_settings=UserSettings(jupyter_lab=lab))

    (config,) = resources(template_of(stack), CONFIG).values()
    assert config["UpdateReplacePolicy"] == "Retain"
    destroyed = policy is cdk.RemovalPolicy.DESTROY
    assert config["DeletionPolicy"] == ("Delete" if destroyed else "RetainExceptOnCreate")


def test_allowed_script_is_denied_to_nobody_who_keeps_a_former_one(stack: cdk.Stack, network: NetworkAccess) -> None:
    lab = JupyterLab(lifecycle_config=SETUP)
    studio(stack, network, allowed_lifecycle_configs=[SETUP], default_user_settings=UserSettings(jupyter_lab=lab))

    template = template_of(stack)
    (name,) = names(template)
    (denial,) = (
        statement
        for policy in resources(template, "AWS::IAM::ManagedPolicy").values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if statement.get("Sid") == "OnlyAllowedLifecycleConfigs"
    )
    allowed = named_by(denial["Condition"]["ForAnyValue:ArnNotLike"]["sagemaker:StudioLifecycleConfigArns"])
    assert f"{name[:-8]}????????" in allowed
    assert len(allowed) == 2, "one for each app"


def test_two_imports_of_a_domain_do_not_share_a_name(app: cdk.App) -> None:
    for id in ("One", "Two"):
        domain = Domain.from_domain_attributes(cdk.Stack(app, id), "Shared", domain_id="d-abc123")
        domain.add_user_profile("Alice", user_settings=UserSettings(jupyter_lab=JupyterLab(lifecycle_config=SETUP)))

    assembly = app.synth()
    (one,), (two,) = (names(assembly.get_stack_by_name(id).template) for id in ("One", "Two"))
    assert one != two
    assert all(name.startswith("d-abc123-setup-jupyterlab-") for name in (one, two))


def test_list_of_a_profile_has_the_default_of_the_domain_in_it(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = studio(stack, network, default_user_settings=UserSettings(jupyter_lab=JupyterLab(lifecycle_config=SETUP)))
    domain.add_user_profile("Alice", user_settings=UserSettings(jupyter_lab=JupyterLab(lifecycle_configs=[EXISTING])))

    settings = properties(template_of(stack), PROFILE)["UserSettings"]["JupyterLabAppSettings"]
    setup, old = named_by(settings["LifecycleConfigArns"])
    assert (setup.split("-")[1], old) == ("setup", "old")


def test_nothing_is_offered_in_so_many_words(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = studio(stack, network, default_user_settings=UserSettings(jupyter_lab=JupyterLab(lifecycle_configs=[GIT])))
    nothing = JupyterLab(custom_images=[], lifecycle_configs=[])
    domain.add_user_profile("Alice", user_settings=UserSettings(jupyter_lab=nothing))

    template = template_of(stack)
    none = {"CustomImages": [], "LifecycleConfigArns": []}
    assert properties(template, PROFILE)["UserSettings"]["JupyterLabAppSettings"] == none
    assert none.items() <= properties(template, DOMAIN)["DefaultUserSettings"]["CodeEditorAppSettings"].items()


def test_refusal_speaks_of_the_profile_that_names_it(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = studio(stack, network, default_user_settings=UserSettings(jupyter_lab=JupyterLab(lifecycle_config=SETUP)))
    other = LifecycleConfig.from_script("#!/bin/bash\ntrue\n", name="setup")
    settings = UserSettings(jupyter_lab=JupyterLab(lifecycle_config=other))

    with pytest.raises(ValueError, match=r"^\[Research/Studio/Alice\] name of a lifecycle config must be unique"):
        domain.add_user_profile("Alice", user_settings=settings)
