"""The domain of a Studio."""

from __future__ import annotations

from pathlib import Path

from aws_cdk import CfnOutput, Duration, Environment, Stack
from aws_cdk import aws_kms as kms
from constructs import Construct

from constructs_lib import (
    AuthMode,
    CodeEditor,
    DockerAccess,
    Domain,
    DomainDrain,
    DomainEncryption,
    ExecutionRoleSettings,
    IdleShutdown,
    InstanceType,
    IpAddressType,
    JupyterLab,
    MlTool,
    NetworkAccess,
    PortalApp,
    SpaceSettings,
    SpaceStorage,
    StudioPortal,
    UserSettings,
)
from stacks.acknowledgements import acknowledge_domain_policies, acknowledge_images
from stacks.offers import Offers
from stacks.problems import Problems
from stacks.settings import DockerEntry, DomainEntry, HiddenEntry, KeyEntry
from stacks.words import REMOVAL_POLICIES, gibibytes


class StudioStack(Stack):
    """The domain, its key and the roles that are no single user's."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        env: Environment | None,
        settings: DomainEntry,
        network: NetworkAccess,
        folder: Path,
        problems: Problems,
    ) -> None:
        """Define the domain.

        Args:
            scope: the app.
            id: the name of the stack.
            env: where it is deployed to.
            settings: the settings of the domain.
            network: how the domain reaches a network.
            folder: where the paths in the settings begin.
            problems: where images and scripts that are refused are noted.
        """
        super().__init__(scope, id, env=env)
        minutes = settings.idle_shutdown_minutes
        idle_shutdown = IdleShutdown.disabled() if minutes is None else IdleShutdown.after(Duration.minutes(minutes))
        storage = SpaceStorage(
            default=gibibytes(settings.storage.default_gb), maximum=gibibytes(settings.storage.maximum_gb)
        )
        allowed = (
            None if settings.instance_types is None else [InstanceType.of(name) for name in settings.instance_types]
        )
        default = None if allowed is None or InstanceType.ML_T3_MEDIUM in allowed else allowed[0]
        self.offers = Offers.of(self, settings, folder=folder, problems=problems)
        jupyter_lab = JupyterLab(
            instance_type=default, idle_shutdown=idle_shutdown, **self.offers.options("JupyterLab")
        )
        code_editor = CodeEditor(
            instance_type=default, idle_shutdown=idle_shutdown, **self.offers.options("CodeEditor")
        )
        self.domain = Domain(
            self,
            "Domain",
            domain_name=settings.name,
            auth_mode=AuthMode(settings.auth_mode),
            network=network,
            encryption=self._encryption(settings),
            home_efs=settings.home_efs,
            default_user_settings=UserSettings(
                jupyter_lab=jupyter_lab,
                code_editor=code_editor,
                storage=storage,
                portal=_portal(settings.hidden),
            ),
            default_space_settings=SpaceSettings(jupyter_lab=jupyter_lab, storage=storage),
            allowed_instance_types=allowed,
            execution_role_settings=ExecutionRoleSettings(source_identity=settings.source_identity),
            remote_access=settings.remote_access,
            docker=_docker(settings.docker),
            ip_address_type=_ip_address_type(settings),
            removal_policy=REMOVAL_POLICIES[settings.removal_policy],
        )
        if settings.drain is not None:
            DomainDrain(self, "Drain", domain=self.domain, delete_user_spaces=settings.drain.delete_user_spaces)
        acknowledge_domain_policies(self.domain)
        acknowledge_images(self.domain, [image.name for image in settings.images])
        CfnOutput(self, "DomainId", value=self.domain.domain_id)
        CfnOutput(self, "DomainUrl", value=self.domain.domain_url)

    def _encryption(self, settings: DomainEntry) -> DomainEncryption:
        if settings.encryption == "AwsManaged":
            return DomainEncryption.aws_managed()
        if isinstance(settings.encryption, KeyEntry):
            return DomainEncryption.customer_managed(kms.Key.from_key_arn(self, "Key", settings.encryption.key_arn))
        return DomainEncryption.customer_managed()


def _portal(hidden: HiddenEntry) -> StudioPortal:
    return StudioPortal(
        hidden_apps=[PortalApp(name) for name in hidden.apps] or None,
        hidden_ml_tools=[MlTool(name) for name in hidden.tools] or None,
        hidden_image_version_aliases=hidden.image_versions or None,
    )


def _docker(docker: DockerEntry | None) -> DockerAccess | None:
    return None if docker is None else DockerAccess.enabled(trusted_accounts=docker.trusted_accounts)


def _ip_address_type(settings: DomainEntry) -> IpAddressType | None:
    """Return what the apps of the domain have besides IPv4, None for nothing, which the template need not say."""
    chosen = IpAddressType(settings.network.ip_address_type)
    return None if chosen is IpAddressType.IPV4 else chosen
