"""What a custom image is made of, beneath the domain that attaches it first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, ref

from aws_cdk import Stage
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker
from constructs import Construct, IConstruct

from constructs_lib.access.execution_role_settings import ExecutionRoleSettings
from constructs_lib.access.policy_document import policy_document
from constructs_lib.access.use import use_of_repositories
from constructs_lib.environment import Environment

if TYPE_CHECKING:
    from constructs_lib.compute.custom_image import NewImage

ID_OF_IMAGES = "CustomImages"
"""The id, beneath a domain, of what its images stand in."""


@dataclass
class _Definition:
    image: NewImage
    domain: ref[Construct]
    path: str
    environment: Environment
    version: sagemaker.CfnImageVersion
    app_image_configs: dict[str, sagemaker.CfnAppImageConfig] = field(default_factory=dict)


_DEFINITIONS: WeakKeyDictionary[IConstruct, dict[tuple[str, str, str], _Definition]] = WeakKeyDictionary()


def define_image(
    domain: Construct, image: NewImage, app_type: str
) -> tuple[sagemaker.CfnImageVersion, sagemaker.CfnAppImageConfig]:
    """Define the image, its version and its role, and how an app runs it, unless the domain has them.

    Returns:
        The version, and the configuration of the app.

    Raises:
        ValueError: another domain of the account and region defines an image of that name, or this one another image.
    """
    definition = _definition(domain, image, app_type)
    configs = definition.app_image_configs
    if app_type not in configs:
        settings = image._render_container(app_type)
        configs[app_type] = sagemaker.CfnAppImageConfig(
            place_of(domain, image.image_name),
            app_type,
            app_image_config_name=image._app_image_config_name(app_type),
            jupyter_lab_app_image_config=settings if app_type == "JupyterLab" else None,
            code_editor_app_image_config=settings if app_type == "CodeEditor" else None,
        )
    return definition.version, configs[app_type]


def place_of(domain: IConstruct, image_name: str) -> Construct:
    """Return the construct that the parts of an image stand in."""
    return _child(_child(domain, ID_OF_IMAGES), image_name)


def _child(scope: IConstruct, id: str) -> Construct:
    assert isinstance(scope, Construct), "whatever has children is one"
    found = scope.node.try_find_child(id)
    return found if isinstance(found, Construct) else Construct(scope, id)


def _definition(domain: Construct, image: NewImage, app_type: str) -> _Definition:
    environment = Environment.of(domain)
    definitions = _definitions_near(domain, environment)
    # The names of app image configurations have hyphens for dots.
    key = (str(environment.account), str(environment.region), image.image_name.replace(".", "-"))
    found = definitions.get(key)
    if found is None:
        version = _define(domain, image, environment)
        definitions[key] = found = _Definition(image, ref(domain), domain.node.path, environment, version)
    if found.domain() is not domain:
        raise ValueError(_another_domain_has(found, image, environment, app_type))
    if found.image != image:
        raise ValueError(
            f"image_name must be unique in the account and region, dots and hyphens taken as one, got {image!r} "
            f"beside {found.image!r}; pass another name, or one and the same image"
        )
    return found


def _definitions_near(domain: Construct, environment: Environment) -> dict[tuple[str, str, str], _Definition]:
    """Return those of the app or, where an account or a region is open, of what is deployed at once."""
    root = domain.node.root
    return _DEFINITIONS.setdefault(Stage.of(domain) or root if _is_open(environment) else root, {})


def _is_open(environment: Environment) -> bool:
    return environment.account is None or environment.region is None


def _another_domain_has(found: _Definition, image: NewImage, environment: Environment, app_type: str) -> str:
    message = (
        f"image_name must be unique in the account and region, got {image.image_name!r}, which {found.path} "
        f"defines; pass another name, or attach that image: {found.image._once_defined(app_type)!r}"
    )
    if found.environment is environment or not _is_open(environment):
        return message
    return f"{message}; if the stacks are for two accounts or regions, give each an env, or put each in a Stage"


def _define(domain: Construct, image: NewImage, environment: Environment) -> sagemaker.CfnImageVersion:
    place = place_of(domain, image.image_name)
    source = image.source._bind(place)
    role = _role(domain, place, environment)
    pull = iam.CfnManagedPolicy(
        place,
        "Pull",
        policy_document=policy_document(use_of_repositories([source.repository_arn])),
        roles=[role.role_name],
    )
    resource = sagemaker.CfnImage(
        place,
        "Resource",
        image_name=image.image_name,
        image_role_arn=role.role_arn,
        image_display_name=image.image_display_name,
        image_description=image.image_description,
    )
    resource.add_resource_dependency(pull)
    version = sagemaker.CfnImageVersion(place, "Version", image_name=image.image_name, base_image=source.uri)
    # Another container image replaces the version. The former one stays, whatever the removal policy of the domain:
    # apps run it. It goes with the image, of which SageMaker deletes all versions.
    version.add_override("UpdateReplacePolicy", "Retain")
    version.add_resource_dependency(resource)
    return version


def _role(domain: Construct, place: Construct, environment: Environment) -> iam.Role:
    """Define the role that SageMaker pulls the image as, after the settings for the roles of the domain."""
    known = getattr(domain, "execution_role_settings", None)
    settings = known if isinstance(known, ExecutionRoleSettings) else ExecutionRoleSettings()
    return iam.Role(
        place,
        "Role",
        assumed_by=settings._principal(environment),
        path=settings.path,
        permissions_boundary=settings.permissions_boundary,
    )
