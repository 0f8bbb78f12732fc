"""Whatever is valid comes out in the template, under keys that CloudFormation knows; whatever is not is refused."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import Duration, Size
from hypothesis import given, settings
from hypothesis import strategies as st

from constructs_lib import (
    App,
    CodeEditor,
    Domain,
    IdleShutdown,
    JupyterLab,
    NetworkAccess,
    SpaceSettings,
    SpaceStorage,
    UserSettings,
)
from tests.conftest import CONTEXT
from tests.property import strategies as my
from tests.resource_schemas import REVIEWED, unknown_properties
from tests.templates import Template, properties, resources, template_of

DOMAIN, PROFILE, SPACE = (f"AWS::SageMaker::{name}" for name in ("Domain", "UserProfile", "Space"))
MANY = settings(max_examples=25, deadline=None)
QUICK = settings(max_examples=100, deadline=None)


def new_stack() -> cdk.Stack:
    app = cdk.App(context=CONTEXT, builtin_cloud_formation_validation=False, tree_metadata=False)
    return cdk.Stack(app, "Research")


def new_domain(stack: cdk.Stack, **arguments: Any) -> Domain:
    network = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])
    return Domain(stack, "Studio", network=network, **arguments)


def check_keys(template: Template) -> None:
    assert unknown_properties(template) <= REVIEWED


def check_app(app: App, rendered: dict[str, Any], *, in_space: bool) -> None:
    """All that was said of an app stands in its settings, and nothing else."""
    spec = rendered.get("DefaultResourceSpec", {})
    assert spec.get("InstanceType") == (app.instance_type and app.instance_type.name)
    images = {key: value for key, value in spec.items() if key != "InstanceType"}
    if app.image is None:
        assert images == {}
    elif app.image._distribution:
        assert str(images["SageMakerImageArn"]).count(f":image/sagemaker-distribution-{app.image._distribution}") == 1
    else:
        assert images == {f"SageMakerImage{'Version' if app.image._is_version else ''}Arn": app.image._arn}
    repositories = getattr(app, "code_repositories", None) or []
    assert [one["RepositoryUrl"] for one in rendered.get("CodeRepositories", [])] == list(repositories)
    idle = rendered.get("AppLifecycleManagement", {}).get("IdleSettings")
    if app.idle_shutdown is None:
        assert idle is None
    elif app.idle_shutdown == IdleShutdown.disabled():
        assert idle == {"LifecycleManagement": "DISABLED"}
    else:
        said = {
            "LifecycleManagement": None if in_space else "ENABLED",
            "IdleTimeoutInMinutes": app.idle_shutdown._minutes,
            "MinIdleTimeoutInMinutes": app.idle_shutdown._minimum,
            "MaxIdleTimeoutInMinutes": app.idle_shutdown._maximum,
        }
        assert idle == {key: value for key, value in said.items() if value is not None}


def check_storage(storage: SpaceStorage, rendered: dict[str, Any]) -> None:
    assert rendered["SpaceStorageSettings"]["DefaultEbsStorageSettings"] == {
        "DefaultEbsVolumeSizeInGb": storage.default_gib,
        "MaximumEbsVolumeSizeInGb": storage.maximum_gib,
    }


@MANY
@given(
    name=my.names,
    lab=my.jupyter_labs(my.idle_shutdowns()),
    code=my.code_editors(my.idle_shutdowns()),
    shared=my.jupyter_labs(my.idle_shutdowns()),
    storage=my.storages(),
    shared_storage=my.storages(),
    home_efs=st.booleans(),
)
def test_domain_renders_what_was_said(
    name: str,
    lab: JupyterLab,
    code: CodeEditor,
    shared: JupyterLab,
    storage: SpaceStorage,
    shared_storage: SpaceStorage,
    home_efs: bool,
) -> None:
    stack = new_stack()
    new_domain(
        stack,
        domain_name=name,
        home_efs=home_efs,
        default_user_settings=UserSettings(jupyter_lab=lab, code_editor=code, storage=storage),
        default_space_settings=SpaceSettings(jupyter_lab=shared, storage=shared_storage),
    )

    template = template_of(stack)
    rendered = properties(template, DOMAIN)
    idle = IdleShutdown.after(Duration.hours(2))
    users, spaces = rendered["DefaultUserSettings"], rendered["DefaultSpaceSettings"]
    assert rendered["DomainName"] == name
    assert rendered["HomeEfsFileSystemCreation"] == ("Enabled" if home_efs else "Disabled")
    check_app(lab._over(JupyterLab(idle_shutdown=idle)), users["JupyterLabAppSettings"], in_space=False)
    check_app(code._over(CodeEditor(idle_shutdown=idle)), users["CodeEditorAppSettings"], in_space=False)
    check_app(shared._over(JupyterLab(idle_shutdown=idle)), spaces["JupyterLabAppSettings"], in_space=False)
    check_storage(storage, users)
    check_storage(shared_storage, spaces)
    check_keys(template)


@MANY
@given(
    name=my.names,
    lab=my.jupyter_labs(my.idle_shutdowns()),
    code=my.code_editors(my.idle_shutdowns()),
    storage=my.storages(),
)
def test_user_profile_renders_what_was_said(
    name: str, lab: JupyterLab, code: CodeEditor, storage: SpaceStorage
) -> None:
    stack = new_stack()
    user_settings = UserSettings(jupyter_lab=lab, code_editor=code, storage=storage)
    new_domain(stack).add_user_profile("Alice", user_profile_name=name, user_settings=user_settings)

    template = template_of(stack)
    rendered = properties(template, PROFILE)
    assert rendered["UserProfileName"] == name
    check_app(lab, rendered["UserSettings"]["JupyterLabAppSettings"], in_space=False)
    check_app(code, rendered["UserSettings"]["CodeEditorAppSettings"], in_space=False)
    check_storage(storage, rendered["UserSettings"])
    check_keys(template)


@MANY
@given(
    name=my.names,
    lab=my.jupyter_labs(my.times),
    code=my.code_editors(my.times),
    shared=my.jupyter_labs(my.times),
    size=my.gibibytes,
)
def test_spaces_render_what_was_said(
    name: str, lab: JupyterLab, code: CodeEditor, shared: JupyterLab, size: int
) -> None:
    stack = new_stack()
    storage = SpaceStorage(maximum=Size.gibibytes(16_384))
    domain = new_domain(
        stack,
        default_user_settings=UserSettings(storage=storage),
        default_space_settings=SpaceSettings(storage=storage),
    )
    alice = domain.add_user_profile("Alice")
    apps = {f"{name}{kind}"[-63:]: app for kind, app in (("1", lab), ("2", code))}
    for index, (space_name, app) in enumerate(apps.items()):
        alice.add_private_space(f"S{index}", app=app, space_name=space_name, storage=Size.gibibytes(size))
    alice.add_shared_space("Shared", app=shared, storage=Size.gibibytes(size))

    template = template_of(stack)
    for space in resources(template, SPACE).values():
        rendered = space["Properties"]
        app = apps.get(rendered["SpaceName"], shared)
        said = rendered["SpaceSettings"]
        assert said["AppType"] == app.app_type
        assert said["SpaceStorageSettings"] == {"EbsStorageSettings": {"EbsVolumeSizeInGb": size}}
        check_app(app, said[f"{app.app_type}AppSettings"], in_space=True)
        assert rendered["SpaceSharingSettings"]["SharingType"] == ("Shared" if app is shared else "Private")
    check_keys(template)


@pytest.mark.parametrize("what", ["domain", "user profile", "space"])
@settings(max_examples=20, deadline=None)
@given(name=my.bad_names)
def test_any_malformed_name_is_refused(what: str, name: str) -> None:
    stack = new_stack()
    with pytest.raises(ValueError, match=r"must be 1\.\.63 letters"):
        if what == "domain":
            new_domain(stack, domain_name=name)
        alice = new_domain(stack).add_user_profile("Alice", user_profile_name=name if what == "user profile" else None)
        alice.add_private_space("Lab", app=JupyterLab(), space_name=name)


@QUICK
@given(count=my.bad_minutes)
def test_any_idle_time_out_of_range_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match=r"must be 60\.\.525600 minutes"):
        IdleShutdown.after(Duration.minutes(count))


@QUICK
@given(size=my.bad_gibibytes)
def test_any_size_out_of_range_is_refused(size: int) -> None:
    for argument in ("default", "maximum"):
        with pytest.raises(ValueError, match=r"must be 5\.\.16384 GiB"):
            SpaceStorage(**{argument: Size.gibibytes(size)})


@MANY
@given(size=my.bad_gibibytes)
def test_any_volume_out_of_range_is_refused(size: int) -> None:
    alice = new_domain(new_stack()).add_user_profile("Alice")
    with pytest.raises(ValueError, match=r"\[Research/Studio/Alice/Lab\] storage must be 5\.\.16384 GiB"):
        alice.add_private_space("Lab", app=JupyterLab(), storage=Size.gibibytes(size))


def test_the_check_of_keys_sees_a_key_that_is_not_there() -> None:
    template = {"Resources": {"Lab": {"Type": SPACE, "Properties": {"SpaceSettings": {"AppTypo": "JupyterLab"}}}}}

    assert unknown_properties(template) == {(SPACE, "SpaceSettings/AppTypo")}
