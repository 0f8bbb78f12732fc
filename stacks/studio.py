"""The domain of a Studio."""

from __future__ import annotations

from aws_cdk import CfnOutput, Duration, Environment, Stack
from aws_cdk import aws_kms as kms
from constructs import Construct

from constructs_lib import (
    AuthMode,
    CodeEditor,
    Domain,
    DomainDrain,
    DomainEncryption,
    ExecutionRoleSettings,
    IdleShutdown,
    InstanceType,
    JupyterLab,
    NetworkAccess,
    SpaceSettings,
    SpaceStorage,
    UserSettings,
)
from stacks.acknowledgements import acknowledge_domain_policies
from stacks.settings import DomainEntry, KeyEntry
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
    ) -> None:
        """Define the domain.

        Args:
            scope: the app.
            id: the name of the stack.
            env: where it is deployed to.
            settings: the settings of the domain.
            network: how the domain reaches a network.
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
        jupyter_lab = JupyterLab(instance_type=default, idle_shutdown=idle_shutdown)
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
                code_editor=CodeEditor(instance_type=default, idle_shutdown=idle_shutdown),
                storage=storage,
            ),
            default_space_settings=SpaceSettings(jupyter_lab=jupyter_lab, storage=storage),
            allowed_instance_types=allowed,
            execution_role_settings=ExecutionRoleSettings(source_identity=settings.source_identity),
            remote_access=settings.remote_access,
            removal_policy=REMOVAL_POLICIES[settings.removal_policy],
        )
        if settings.drain is not None:
            DomainDrain(self, "Drain", domain=self.domain, delete_user_spaces=settings.drain.delete_user_spaces)
        acknowledge_domain_policies(self.domain)
        CfnOutput(self, "DomainId", value=self.domain.domain_id)
        CfnOutput(self, "DomainUrl", value=self.domain.domain_url)

    def _encryption(self, settings: DomainEntry) -> DomainEncryption:
        if settings.encryption == "AwsManaged":
            return DomainEncryption.aws_managed()
        if isinstance(settings.encryption, KeyEntry):
            return DomainEncryption.customer_managed(kms.Key.from_key_arn(self, "Key", settings.encryption.key_arn))
        return DomainEncryption.customer_managed()
