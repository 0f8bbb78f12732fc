"""The rules of the pack, each in a file of its own."""

from typing import Any

from constructs_lib.checks.rule import Rule
from constructs_lib.checks.rules.classic_hidden import CLASSIC_HIDDEN
from constructs_lib.checks.rules.container_credentials import CONTAINER_CREDENTIALS
from constructs_lib.checks.rules.customer_managed_key import CUSTOMER_MANAGED_KEY
from constructs_lib.checks.rules.docker_access import DOCKER_ACCESS
from constructs_lib.checks.rules.domain_in_app import DOMAIN_IN_APP
from constructs_lib.checks.rules.execution_role_in_app import EXECUTION_ROLE_IN_APP
from constructs_lib.checks.rules.file_system_encrypted import FILE_SYSTEM_ENCRYPTED
from constructs_lib.checks.rules.home_efs import HOME_EFS
from constructs_lib.checks.rules.idle_shutdown import IDLE_SHUTDOWN
from constructs_lib.checks.rules.instance_types_by_policy import INSTANCE_TYPES_BY_POLICY
from constructs_lib.checks.rules.key_policy import KEY_POLICY
from constructs_lib.checks.rules.lifecycle_config_credentials import LIFECYCLE_CONFIG_CREDENTIALS
from constructs_lib.checks.rules.lifecycle_config_shebang import LIFECYCLE_CONFIG_SHEBANG
from constructs_lib.checks.rules.maximum_volume import MAXIMUM_VOLUME
from constructs_lib.checks.rules.mlflow_artifacts_encrypted import MLFLOW_ARTIFACTS_ENCRYPTED
from constructs_lib.checks.rules.nfs_closed import NFS_CLOSED
from constructs_lib.checks.rules.no_administration import NO_ADMINISTRATION
from constructs_lib.checks.rules.no_classic_app import NO_CLASSIC_APP
from constructs_lib.checks.rules.no_full_access import NO_FULL_ACCESS
from constructs_lib.checks.rules.no_wildcard_action import NO_WILDCARD_ACTION
from constructs_lib.checks.rules.notebook_output_sharing import NOTEBOOK_OUTPUT_SHARING
from constructs_lib.checks.rules.owner_conditions import OWNER_CONDITIONS
from constructs_lib.checks.rules.pass_role import PASS_ROLE
from constructs_lib.checks.rules.posix_identity import POSIX_IDENTITY
from constructs_lib.checks.rules.remote_access import REMOTE_ACCESS
from constructs_lib.checks.rules.retain import RETAIN
from constructs_lib.checks.rules.role_per_profile import ROLE_PER_PROFILE
from constructs_lib.checks.rules.rstudio_https import RSTUDIO_HTTPS
from constructs_lib.checks.rules.session_owner import SESSION_OWNER
from constructs_lib.checks.rules.sign_in_as_self import SIGN_IN_AS_SELF
from constructs_lib.checks.rules.space_execution_role import SPACE_EXECUTION_ROLE
from constructs_lib.checks.rules.space_owner import SPACE_OWNER
from constructs_lib.checks.rules.sso_user import SSO_USER
from constructs_lib.checks.rules.studio_portal import STUDIO_PORTAL
from constructs_lib.checks.rules.tag_propagation import TAG_PROPAGATION
from constructs_lib.checks.rules.tags_on_creation import TAGS_ON_CREATION
from constructs_lib.checks.rules.templates_in_app import TEMPLATES_IN_APP
from constructs_lib.checks.rules.trusted_by_sagemaker import TRUSTED_BY_SAGEMAKER
from constructs_lib.checks.rules.vpc_only import VPC_ONLY

RULES: tuple[Rule[Any], ...] = (
    CLASSIC_HIDDEN,
    CONTAINER_CREDENTIALS,
    CUSTOMER_MANAGED_KEY,
    DOCKER_ACCESS,
    DOMAIN_IN_APP,
    EXECUTION_ROLE_IN_APP,
    FILE_SYSTEM_ENCRYPTED,
    HOME_EFS,
    IDLE_SHUTDOWN,
    INSTANCE_TYPES_BY_POLICY,
    KEY_POLICY,
    LIFECYCLE_CONFIG_CREDENTIALS,
    LIFECYCLE_CONFIG_SHEBANG,
    MAXIMUM_VOLUME,
    MLFLOW_ARTIFACTS_ENCRYPTED,
    NFS_CLOSED,
    NO_ADMINISTRATION,
    NO_CLASSIC_APP,
    NO_FULL_ACCESS,
    NO_WILDCARD_ACTION,
    NOTEBOOK_OUTPUT_SHARING,
    OWNER_CONDITIONS,
    PASS_ROLE,
    POSIX_IDENTITY,
    RSTUDIO_HTTPS,
    REMOTE_ACCESS,
    RETAIN,
    ROLE_PER_PROFILE,
    SESSION_OWNER,
    SIGN_IN_AS_SELF,
    SPACE_EXECUTION_ROLE,
    SPACE_OWNER,
    SSO_USER,
    STUDIO_PORTAL,
    TAG_PROPAGATION,
    TAGS_ON_CREATION,
    TEMPLATES_IN_APP,
    TRUSTED_BY_SAGEMAKER,
    VPC_ONLY,
)
"""All rules, by name."""
