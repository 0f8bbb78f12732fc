"""What rules judge: resources of a kind, or the same part of several kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from constructs_lib.checks.file_systems import file_system_at
from constructs_lib.checks.iam.statement import Statement
from constructs_lib.checks.keys import key_of
from constructs_lib.checks.studio import DOMAIN, SPACE, USER_PROFILE, Studio
from constructs_lib.templates.deployment import MACRO
from constructs_lib.templates.resource import Part, Resource

_IDLE_APPS = {
    DOMAIN: (
        "DefaultUserSettings.JupyterLabAppSettings",
        "DefaultUserSettings.CodeEditorAppSettings",
        "DefaultSpaceSettings.JupyterLabAppSettings",
    ),
    USER_PROFILE: ("UserSettings.JupyterLabAppSettings", "UserSettings.CodeEditorAppSettings"),
    SPACE: ("SpaceSettings.JupyterLabAppSettings", "SpaceSettings.CodeEditorAppSettings"),
}
_FILE_SYSTEMS = {
    DOMAIN: ("DefaultUserSettings.CustomFileSystemConfigs", "DefaultSpaceSettings.CustomFileSystemConfigs"),
    USER_PROFILE: ("UserSettings.CustomFileSystemConfigs",),
    SPACE: ("SpaceSettings.CustomFileSystems",),
}
_CONTAINERS = ("JupyterLabAppImageConfig", "CodeEditorAppImageConfig")


def domains(studio: Studio) -> list[Resource]:
    """Return the domains."""
    return studio.deployment.of_type(DOMAIN)


def user_profiles(studio: Studio) -> list[Resource]:
    """Return the user profiles."""
    return studio.deployment.of_type(USER_PROFILE)


def spaces(studio: Studio) -> list[Resource]:
    """Return the spaces."""
    return studio.deployment.of_type(SPACE)


def members(studio: Studio) -> list[Resource]:
    """Return what is in domains."""
    return studio.deployment.of_type(USER_PROFILE, SPACE)


def apps_and_spaces(studio: Studio) -> list[Resource]:
    """Return what says which app runs."""
    return studio.deployment.of_type("AWS::SageMaker::App", SPACE)


def domain_keys(studio: Studio) -> list[Resource]:
    """Return the keys of domains."""
    found = (key_of(studio.deployment, domain) for domain in domains(studio))
    return list(dict.fromkeys(key for key in found if key is not None))


def what_holds_data(studio: Studio) -> list[Resource]:
    """Return what people's files are in, and what they are lost without."""
    mounted = (file_system_at(studio.deployment, place) for place in file_systems(studio))
    found = [*studio.deployment.of_type(DOMAIN, USER_PROFILE, SPACE), *domain_keys(studio), *filter(None, mounted)]
    return list(dict.fromkeys(found))


def user_settings(studio: Studio) -> Iterator[Part]:
    """Yield what domains give to their users, and what profiles have in its place."""
    for domain in domains(studio):
        yield domain.below("DefaultUserSettings")
    for profile in user_profiles(studio):
        yield profile.below("UserSettings")


def default_settings(studio: Studio) -> Iterator[Part]:
    """Yield what domains give to their users, and to their shared spaces."""
    for domain in domains(studio):
        yield domain.below("DefaultUserSettings")
        if domain.below("DefaultSpaceSettings").exists:
            yield domain.below("DefaultSpaceSettings")


def apps_with_idle_shutdown(studio: Studio) -> Iterator[Part]:
    """Yield what domains, profiles and spaces say of each app that can be stopped when it is idle."""
    for resource_type, paths in _IDLE_APPS.items():
        for resource in studio.deployment.of_type(resource_type):
            for path in paths:
                if resource.below(path.partition(".")[0]).exists or path.startswith("DefaultUserSettings"):
                    yield resource.below(path)


def file_systems(studio: Studio) -> Iterator[Part]:
    """Yield the places that mount a file system for users or spaces."""
    for resource_type, paths in _FILE_SYSTEMS.items():
        for resource in studio.deployment.of_type(resource_type):
            for path in paths:
                yield from resource.parts(path)


def execution_roles(studio: Studio) -> Iterable[Resource]:
    """Return the execution roles."""
    return studio.execution_roles


def managed_policies(studio: Studio) -> Iterator[Part]:
    """Yield the places that attach a managed policy to an execution role."""
    for role in studio.execution_roles:
        yield from role.parts("ManagedPolicyArns")


def role_and_policy_places(studio: Studio) -> Iterator[Part]:
    """Yield the places that name an execution role, and those that name a policy of one."""
    yield from studio.role_places()
    yield from managed_policies(studio)


def statements_of_users(studio: Studio) -> list[Statement]:
    """Return what policies allow to execution roles."""
    return studio.allowed_to_users


def statements_of_anybody(studio: Studio) -> list[Statement]:
    """Return what policies allow to anybody; in an app without a Studio, what they say of SageMaker by name."""
    allowed = studio.policies.allowed
    if studio.deployment.of_type(DOMAIN, USER_PROFILE, SPACE):
        return allowed
    return [one for one in allowed if any(action.lower().startswith("sagemaker:") for action in one.actions)]


def lifecycle_configs(studio: Studio) -> list[Resource]:
    """Return the lifecycle configurations."""
    return studio.deployment.of_type("AWS::SageMaker::StudioLifecycleConfig")


def container_environments(studio: Studio) -> Iterator[Part]:
    """Yield the variables that images are started with."""
    for image in studio.deployment.of_type("AWS::SageMaker::AppImageConfig"):
        for container in _CONTAINERS:
            yield from image.parts(f"{container}.ContainerConfig.ContainerEnvironmentVariables")


def mlflow(studio: Studio) -> list[Resource]:
    """Return the tracking servers and apps of MLflow."""
    return studio.deployment.of_type("AWS::SageMaker::MlflowTrackingServer", "AWS::SageMaker::MlflowApp")


def ingress(studio: Studio) -> Iterator[Part]:
    """Yield what security groups let in."""
    yield from studio.deployment.of_type("AWS::EC2::SecurityGroupIngress")
    for security_group in studio.deployment.of_type("AWS::EC2::SecurityGroup"):
        yield from security_group.parts("SecurityGroupIngress")


def further_templates(studio: Studio) -> list[Resource]:
    """Return what brings in resources from elsewhere."""
    return studio.deployment.of_type("AWS::CloudFormation::Stack", MACRO)
