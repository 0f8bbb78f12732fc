"""AWS CDK constructs for Amazon SageMaker Studio."""

from constructs_lib.access.administrator_fence import AdministratorFence
from constructs_lib.access.execution_role import ExecutionRole, IExecutionRole
from constructs_lib.access.execution_role_settings import ExecutionRoleSettings
from constructs_lib.access.team_execution_role import TeamExecutionRole
from constructs_lib.apps.app import App
from constructs_lib.apps.code_editor import CodeEditor
from constructs_lib.apps.jupyter_lab import JupyterLab
from constructs_lib.auth_mode import AuthMode
from constructs_lib.checks.pack import StudioChecks
from constructs_lib.compute.image import StudioImage
from constructs_lib.compute.instance_type import InstanceType
from constructs_lib.domain import Domain, IDomain
from constructs_lib.drain.domain_drain import DomainDrain
from constructs_lib.encryption import DomainEncryption
from constructs_lib.lifecycle.idle_shutdown import IdleShutdown
from constructs_lib.network.network_access import NetworkAccess
from constructs_lib.safety.studio_lock import StudioLock
from constructs_lib.space import ISpace, Space, SpaceOptions, SpaceSharing
from constructs_lib.storage.space_storage import SpaceStorage
from constructs_lib.studio_settings import SpaceSettings, UserSettings
from constructs_lib.user_profile import IUserProfile, UserProfile, UserProfileOptions

__all__ = [
    "AdministratorFence",
    "App",
    "AuthMode",
    "CodeEditor",
    "Domain",
    "DomainDrain",
    "DomainEncryption",
    "ExecutionRole",
    "ExecutionRoleSettings",
    "IDomain",
    "IExecutionRole",
    "ISpace",
    "IUserProfile",
    "IdleShutdown",
    "InstanceType",
    "JupyterLab",
    "NetworkAccess",
    "Space",
    "SpaceOptions",
    "SpaceSettings",
    "SpaceSharing",
    "SpaceStorage",
    "StudioChecks",
    "StudioImage",
    "StudioLock",
    "TeamExecutionRole",
    "UserProfile",
    "UserProfileOptions",
    "UserSettings",
]
