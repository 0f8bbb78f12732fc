"""What kinds of resources Studio consists of, as its API names them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class States:
    """What a resource says of itself while something is under way, and afterwards.

    Attributes:
        creating: until it can be used.
        ready: when it can be used.
        updating: until an update is done.
        updated: when it is.
        deleting: until it is gone.
        deleted: when it is; None for what is not shown any more.
    """

    creating: str
    ready: str
    updating: str
    updated: str
    deleting: str
    deleted: str | None = None


_STUDIO = States("Pending", "InService", "Updating", "InService", "Deleting")
_APP = States("Pending", "InService", "InService", "InService", "Deleting", "Deleted")
_IMAGE = States("CREATING", "CREATED", "UPDATING", "CREATED", "DELETING")
_MLFLOW = States("Creating", "Created", "Updating", "Updated", "Deleting")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of resource.

    Attributes:
        name: what comes after ``Create``, ``Describe`` and so on.
        keys: the parameters that name one.
        arn: the member that is its ARN.
        path: what comes after the account in the ARN, with members in braces.
        items: the member of what ``List`` returns.
        status: the member that is its state, if it has any.
        states: the states, if it has any.
        filters: the parameters of ``List`` that a member must equal.
        contains: the parameters of ``List`` that a member must contain.
    """

    name: str
    keys: tuple[str, ...]
    arn: str
    path: str
    items: str
    status: str | None = None
    states: States | None = None
    filters: dict[str, str] = field(default_factory=dict)
    contains: dict[str, str] = field(default_factory=dict)

    def key(self, members: dict[str, Any]) -> tuple[str, ...]:
        """Return what tells a resource from others of its kind: names that differ in case alone are one."""
        return (self.name, *(str(members.get(name, "")).lower() for name in self.keys))

    def title(self, members: dict[str, Any]) -> str:
        """Return how messages name a resource."""
        return f"{self.name} [{'/'.join(str(members[name]) for name in self.keys if members.get(name))}]"


_IN_DOMAIN = {"DomainIdEquals": "DomainId"}

DOMAIN = Kind(
    name="Domain",
    keys=("DomainId",),
    arn="DomainArn",
    path="domain/{DomainId}",
    items="Domains",
    status="Status",
    states=_STUDIO,
)
USER_PROFILE = Kind(
    name="UserProfile",
    keys=("DomainId", "UserProfileName"),
    arn="UserProfileArn",
    path="user-profile/{DomainId}/{UserProfileName}",
    items="UserProfiles",
    status="Status",
    states=_STUDIO,
    filters=_IN_DOMAIN,
    contains={"UserProfileNameContains": "UserProfileName"},
)
SPACE = Kind(
    name="Space",
    keys=("DomainId", "SpaceName"),
    arn="SpaceArn",
    path="space/{DomainId}/{SpaceName}",
    items="Spaces",
    status="Status",
    states=_STUDIO,
    filters=_IN_DOMAIN,
    contains={"SpaceNameContains": "SpaceName"},
)
APP = Kind(
    name="App",
    keys=("DomainId", "SpaceName", "UserProfileName", "AppType", "AppName"),
    arn="AppArn",
    path="app/{DomainId}/{Place}/{AppType}/{AppName}",
    items="Apps",
    status="Status",
    states=_APP,
    filters={**_IN_DOMAIN, "UserProfileNameEquals": "UserProfileName", "SpaceNameEquals": "SpaceName"},
)
LIFECYCLE_CONFIG = Kind(
    name="StudioLifecycleConfig",
    keys=("StudioLifecycleConfigName",),
    arn="StudioLifecycleConfigArn",
    path="studio-lifecycle-config/{StudioLifecycleConfigName}",
    items="StudioLifecycleConfigs",
    filters={"AppTypeEquals": "StudioLifecycleConfigAppType"},
    contains={"NameContains": "StudioLifecycleConfigName"},
)
IMAGE = Kind(
    name="Image",
    keys=("ImageName",),
    arn="ImageArn",
    path="image/{ImageName}",
    items="Images",
    status="ImageStatus",
    states=_IMAGE,
    contains={"NameContains": "ImageName"},
)
IMAGE_VERSION = Kind(
    name="ImageVersion",
    keys=("ImageName", "Version"),
    arn="ImageVersionArn",
    path="image-version/{ImageName}/{Version}",
    items="ImageVersions",
    status="ImageVersionStatus",
    states=_IMAGE,
    filters={"ImageName": "ImageName"},
)
APP_IMAGE_CONFIG = Kind(
    name="AppImageConfig",
    keys=("AppImageConfigName",),
    arn="AppImageConfigArn",
    path="app-image-config/{AppImageConfigName}",
    items="AppImageConfigs",
    contains={"NameContains": "AppImageConfigName"},
)
MLFLOW_APP = Kind(
    name="MlflowApp",
    keys=("Arn",),
    arn="Arn",
    path="mlflow-app/app-{Id}",
    items="Summaries",
    status="Status",
    states=_MLFLOW,
)
MLFLOW_TRACKING_SERVER = Kind(
    name="MlflowTrackingServer",
    keys=("TrackingServerName",),
    arn="TrackingServerArn",
    path="mlflow-tracking-server/{TrackingServerName}",
    items="TrackingServerSummaries",
    status="TrackingServerStatus",
    states=_MLFLOW,
)
KINDS = {
    one.name: one
    for one in (
        DOMAIN,
        USER_PROFILE,
        SPACE,
        APP,
        LIFECYCLE_CONFIG,
        IMAGE,
        IMAGE_VERSION,
        APP_IMAGE_CONFIG,
        MLFLOW_APP,
        MLFLOW_TRACKING_SERVER,
    )
}
