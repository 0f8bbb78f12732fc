"""What the SageMaker API has for a domain and CloudFormation lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from aws_cdk import CfnResource, Lazy, RemovalPolicies
from aws_cdk import aws_iam as iam
from constructs import Construct, IConstruct

from constructs_lib.access.role_arn import check_role_arn
from constructs_lib.apps.emr_settings import EmrSettings
from constructs_lib.domain import Domain, IDomain
from constructs_lib.environment import Environment
from constructs_lib.errors import check_type, located_at, refuse_all
from constructs_lib.inventory import Declared, Inventory
from constructs_lib.patch.amazon_q import AmazonQ
from constructs_lib.patch.canvas_settings import CanvasSettings
from constructs_lib.patch.domain_digest import DomainDigest
from constructs_lib.patch.execution_role_session_name_mode import ExecutionRoleSessionNameMode
from constructs_lib.patch.feature_status import feature_status
from constructs_lib.patch.handler.patience import TIMEOUT
from constructs_lib.patch.image_version_alias import check_image_version_alias, problems_with_image
from constructs_lib.patch.patch_function import PatchFunction
from constructs_lib.patch.problems import problems_with_docker, problems_with_roles, problems_with_sign_in
from constructs_lib.patch.statements import passing_of, use_of_domain

_PATCHED: WeakKeyDictionary[IConstruct, set[str]] = WeakKeyDictionary()


class DomainSettingsPatch(Construct):
    """Sets what the SageMaker API has for a domain and CloudFormation lacks, in one custom resource a domain.

    When the stack is deployed, its function reads the settings of the domain, lays these over them, and updates the
    domain. It does so again whenever they change, or the properties of a domain of this app: CloudFormation knows
    nothing of these settings, and may drop them when it updates the domain itself. Properties that are overridden in
    the template (``add_property_override``) do not count.

    A setting that is taken out of the patch, or goes with it, is taken back: a feature is disabled, a list is empty.
    SageMaker has no value for no role, no bucket, no profile and no version alias; these are left out of the update,
    and it may keep them. What somebody has changed by hand since stays. When the stack itself is deleted, the settings
    stay as they are: the domain goes too, or its users go on working.

    Profiles and spaces of its stack come after the patch, since SageMaker may refuse them while the domain is updated.

    It defines a Lambda function, its role, and a log group that keeps a month.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateDomain.html
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        domain: IDomain,
        canvas: CanvasSettings | None = None,
        trusted_identity_propagation: bool | None = None,
        amazon_q: AmazonQ | None = None,
        rootless_docker: bool | None = None,
        execution_role_session_name_mode: ExecutionRoleSessionNameMode | None = None,
        emr: EmrSettings | None = None,
        shared_space_emr: EmrSettings | None = None,
        jupyter_lab_image_version_alias: str | None = None,
        code_editor_image_version_alias: str | None = None,
        shared_space_image_version_alias: str | None = None,
        passed_roles: Sequence[iam.IRole] = (),
    ) -> None:
        """Define the patch. What is not given stays as it is.

        Args:
            scope: the construct that the patch stands in.
            id: its id there.
            domain: the domain, of this app or imported. An import must name the roles of the settings that are
                patched: they go back to SageMaker with the rest.
            canvas: SageMaker Canvas.
            trusted_identity_propagation: whether what users do in other AWS services is done in their name, in a
                domain with ``AuthMode.SSO`` whose ``execution_role_settings`` say so too.
            amazon_q: Amazon Q Developer, in a domain with ``AuthMode.SSO``.
            rootless_docker: whether Docker runs without the rights of root, in a domain with access to Docker.
            execution_role_session_name_mode: what the sessions of execution roles are called.
            emr: the roles for Amazon EMR in private spaces; a profile has its own in ``JupyterLab(emr=...)``.
            shared_space_emr: the roles for Amazon EMR in shared spaces.
            jupyter_lab_image_version_alias: the version of SageMaker Distribution, ``3.2`` say, of private spaces with
                JupyterLab.
            code_editor_image_version_alias: that of spaces with Code Editor.
            shared_space_image_version_alias: that of shared spaces.
            passed_roles: further roles that the settings of the domain carry, which go back with an update: those of
                RStudio or Canvas on an imported domain.

        Raises:
            TypeError: an argument is of another type.
            ValueError: nothing is set, or the domain has a patch already, cannot have a setting, or is in another
                account or region.
        """
        if not isinstance(getattr(domain, "_inventory", None), Inventory):
            raise TypeError(f"domain must be a Domain, got {domain!r}; pass the domain itself")
        check_type("canvas", canvas, CanvasSettings, "CanvasSettings(...)")
        check_type("trusted_identity_propagation", trusted_identity_propagation, bool, "True or False")
        check_type("amazon_q", amazon_q, AmazonQ, "AmazonQ.enabled(...) or .disabled()")
        check_type("rootless_docker", rootless_docker, bool, "True or False")
        mode = "ExecutionRoleSessionNameMode.USER_IDENTITY say"
        check_type(
            "execution_role_session_name_mode", execution_role_session_name_mode, ExecutionRoleSessionNameMode, mode
        )
        check_type("emr", emr, EmrSettings, "EmrSettings(...)")
        check_type("shared_space_emr", shared_space_emr, EmrSettings, "EmrSettings(...)")
        check_type("passed_roles", passed_roles, (list, tuple), "a list of roles")
        super().__init__(scope, id)
        self._environment = Environment.of(scope)
        users, spaces = domain.default_user_settings, domain.default_space_settings
        aliases = {
            "jupyter_lab_image_version_alias": (jupyter_lab_image_version_alias, users.jupyter_lab),
            "code_editor_image_version_alias": (code_editor_image_version_alias, users.code_editor),
            "shared_space_image_version_alias": (shared_space_image_version_alias, spaces.jupyter_lab),
        }
        settings = _given(
            {
                "DefaultUserSettings": {
                    "CanvasAppSettings": canvas and canvas._render(),
                    "CodeEditorAppSettings": _app(None, code_editor_image_version_alias),
                    "JupyterLabAppSettings": _app(emr, jupyter_lab_image_version_alias),
                    "StudioWebPortalSettings": {
                        "ExecutionRoleSessionNameMode": execution_role_session_name_mode
                        and execution_role_session_name_mode.value
                    },
                },
                "DefaultSpaceSettings": {
                    "JupyterLabAppSettings": _app(shared_space_emr, shared_space_image_version_alias)
                },
                "DomainSettings": {
                    "AmazonQSettings": amazon_q and amazon_q._render(),
                    "DockerSettings": {"RootlessDocker": _status(rootless_docker)},
                    "TrustedIdentityPropagationSettings": {"Status": _status(trusted_identity_propagation)},
                },
            }
        )
        is_own = isinstance(domain, Domain)
        with located_at(self):
            domain._home.check_same_as(self._environment, "a patch")
            for role in passed_roles:
                check_role_arn("passed_roles", role)
            for argument, (alias, _) in aliases.items():
                check_image_version_alias(argument, alias)
            refuse_all(
                (
                    *problems_with_sign_in(domain, trusted_identity_propagation, amazon_q),
                    *problems_with_docker(domain, rootless_docker),
                    *problems_with_roles(domain, settings),
                    *(
                        problem
                        for argument, (alias, app) in aliases.items()
                        if alias is not None
                        for problem in problems_with_image(argument, app, is_known=is_own)
                    ),
                )
            )
            if not settings:
                raise ValueError("a patch must set something, got nothing; pass a setting, or leave the patch out")
            _take(self, domain)
        passed = sorted({*_roles_of(domain, canvas), *(role.role_arn for role in passed_roles)})
        function = PatchFunction(
            self,
            "Function",
            statements=[use_of_domain(domain.domain_arn), *([passing_of(passed)] if passed else [])],
        )
        self._resource = CfnResource(
            self,
            "Resource",
            type="Custom::StudioDomainSettings",
            properties={
                "ServiceToken": function.service_token,
                "ServiceTimeout": TIMEOUT,
                "DomainId": domain.domain_id,
                "Settings": settings,
                **(
                    {"DomainProperties": Lazy.any(DomainDigest(domain._resource))} if isinstance(domain, Domain) else {}
                ),
            },
        )
        self._resource.add_resource_dependency(function.use)
        self._is_beside_domain = is_own and domain._environment is self._environment
        domain._inventory.follow(self._precede)
        RemovalPolicies.of(self).destroy()

    def _precede(self, declared: Declared) -> None:
        """Go before a profile or a space of this stack, or of one that comes after the domain's."""
        if declared.environment is self._environment or self._is_beside_domain:
            declared.resource.add_resource_dependency(self._resource)


def _app(emr: EmrSettings | None, image_version_alias: str | None) -> dict[str, Any]:
    return {
        "DefaultResourceSpec": {"SageMakerImageVersionAlias": image_version_alias},
        "EmrSettings": emr and emr._render_for_api(),
    }


def _status(is_enabled: bool | None) -> str | None:
    return None if is_enabled is None else feature_status(is_enabled)


def _given(settings: dict[str, Any]) -> dict[str, Any]:
    """Return settings without members that are not given, and without structures that have none."""
    inner = {name: _given(value) if isinstance(value, dict) else value for name, value in settings.items()}
    return {name: value for name, value in inner.items() if value is not None and value != {}}


def _roles_of(domain: IDomain, canvas: CanvasSettings | None) -> set[str]:
    """The ARNs of the roles that go to SageMaker with any setting, be it one that is no longer set and taken back."""
    roles = [
        domain.default_user_settings.execution_role,
        domain.default_space_settings.execution_role,
        domain._r_studio and domain._r_studio.domain_execution_role,
        *(canvas._roles() if canvas is not None else ()),
    ]
    return {role.role_arn for role in roles if role is not None}


def _take(patch: Construct, domain: IDomain) -> None:
    """Take a domain, so that no other patch of the app can have it: they would undo each other."""
    patched = _PATCHED.setdefault(patch.node.root, set())
    if domain.domain_id in patched:
        raise ValueError("domain must have one patch, got a second; pass all settings to the first")
    patched.add(domain.domain_id)
