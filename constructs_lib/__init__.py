"""AWS CDK constructs for Amazon SageMaker Studio."""

import typing as _typing

from constructs_lib.access.administrator_fence import AdministratorFence
from constructs_lib.access.execution_role import ExecutionRole, IExecutionRole
from constructs_lib.access.execution_role_settings import ExecutionRoleSettings
from constructs_lib.access.team_execution_role import TeamExecutionRole
from constructs_lib.apps.app import App
from constructs_lib.apps.code_editor import CodeEditor
from constructs_lib.apps.emr_settings import EmrSettings
from constructs_lib.apps.jupyter_lab import JupyterLab
from constructs_lib.auth_mode import AuthMode
from constructs_lib.checks.pack import StudioChecks
from constructs_lib.classic import classic_refusal as _classic_refusal
from constructs_lib.compute.container_config import ContainerConfig
from constructs_lib.compute.image import StudioImage
from constructs_lib.compute.instance_type import InstanceType
from constructs_lib.domain import Domain, IDomain
from constructs_lib.drain.domain_drain import DomainDrain
from constructs_lib.encryption import DomainEncryption
from constructs_lib.lifecycle.idle_shutdown import IdleShutdown
from constructs_lib.lifecycle.lifecycle_config import LifecycleConfig
from constructs_lib.lifecycle.lifecycle_scripts import LifecycleScripts
from constructs_lib.network.endpoint_policy import EndpointPolicy
from constructs_lib.network.ip_address_type import IpAddressType
from constructs_lib.network.network_access import NetworkAccess
from constructs_lib.network.studio_endpoints import StudioEndpoints
from constructs_lib.network.studio_feature import StudioFeature
from constructs_lib.network.studio_network import StudioNetwork
from constructs_lib.patch.amazon_q import AmazonQ
from constructs_lib.patch.canvas_feature import CanvasFeature
from constructs_lib.patch.canvas_o_auth import CanvasOAuth
from constructs_lib.patch.canvas_settings import CanvasSettings
from constructs_lib.patch.canvas_workspace import CanvasWorkspace
from constructs_lib.patch.domain_settings_patch import DomainSettingsPatch
from constructs_lib.patch.execution_role_session_name_mode import ExecutionRoleSessionNameMode
from constructs_lib.safety.studio_lock import StudioLock
from constructs_lib.settings.app_security_groups import AppSecurityGroups
from constructs_lib.settings.auto_mount_home_efs import AutoMountHomeEfs
from constructs_lib.settings.docker_access import DockerAccess
from constructs_lib.settings.notebook_sharing import NotebookSharing
from constructs_lib.settings.r_studio import RSession, RStudio, RStudioAccess
from constructs_lib.settings.studio_portal import MlTool, PortalApp, StudioPortal
from constructs_lib.settings.studio_settings import SpaceSettings, UserSettings
from constructs_lib.settings.unified_studio import UnifiedStudioSettings
from constructs_lib.space import ISpace, Space, SpaceOptions, SpaceSharing
from constructs_lib.storage.custom_file_system import CustomFileSystem
from constructs_lib.storage.directory import FileSystemDirectory
from constructs_lib.storage.posix_user import PosixUser
from constructs_lib.storage.space_storage import SpaceStorage
from constructs_lib.storage.studio_file_system import StudioFileSystem
from constructs_lib.user_profile import IUserProfile, UserProfile, UserProfileOptions

__all__ = [
    "AdministratorFence",
    "AmazonQ",
    "App",
    "AppSecurityGroups",
    "AuthMode",
    "AutoMountHomeEfs",
    "CanvasFeature",
    "CanvasOAuth",
    "CanvasSettings",
    "CanvasWorkspace",
    "CodeEditor",
    "ContainerConfig",
    "CustomFileSystem",
    "DockerAccess",
    "Domain",
    "DomainDrain",
    "DomainEncryption",
    "DomainSettingsPatch",
    "EmrSettings",
    "EndpointPolicy",
    "ExecutionRole",
    "ExecutionRoleSessionNameMode",
    "ExecutionRoleSettings",
    "FileSystemDirectory",
    "IDomain",
    "IExecutionRole",
    "ISpace",
    "IUserProfile",
    "IdleShutdown",
    "InstanceType",
    "IpAddressType",
    "JupyterLab",
    "LifecycleConfig",
    "LifecycleScripts",
    "MlTool",
    "NetworkAccess",
    "NotebookSharing",
    "PortalApp",
    "PosixUser",
    "RSession",
    "RStudio",
    "RStudioAccess",
    "Space",
    "SpaceOptions",
    "SpaceSettings",
    "SpaceSharing",
    "SpaceStorage",
    "StudioChecks",
    "StudioEndpoints",
    "StudioFeature",
    "StudioFileSystem",
    "StudioImage",
    "StudioLock",
    "StudioNetwork",
    "StudioPortal",
    "TeamExecutionRole",
    "UnifiedStudioSettings",
    "UserProfile",
    "UserProfileOptions",
    "UserSettings",
]

if not _typing.TYPE_CHECKING:  # for a type checker, every name would exist

    def __getattr__(name: str) -> object:
        if refusal := _classic_refusal(name):
            raise ImportError(f"{name} {refusal}")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
