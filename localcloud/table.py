"""A Studio as a table for people."""

from __future__ import annotations

from collections.abc import Sequence

from localcloud.inventory import Description, Studio

_SETTINGS = {"JupyterLab": "JupyterLabAppSettings", "CodeEditor": "CodeEditorAppSettings"}


def table(studio: Studio) -> str:
    """Return a domain, its profiles and its spaces, a line for each."""
    return "\n\n".join(
        [
            _aligned(("DOMAIN", "STATUS", "NETWORK", "ID"), [_domain(studio.domain)]),
            _aligned(("USER", "STATUS", "EXECUTION ROLE"), [_profile(one) for one in studio.profiles.values()]),
            _aligned(
                ("SPACE", "STATUS", "APP", "INSTANCE TYPE", "VOLUME", "OWNER", "SHARING"),
                [_space(one) for one in studio.spaces.values()],
            ),
        ]
    )


def _domain(domain: Description) -> Sequence[str]:
    return domain["DomainName"], domain["Status"], domain["AppNetworkAccessType"], domain["DomainId"]


def _profile(profile: Description) -> Sequence[str]:
    role = profile.get("UserSettings", {}).get("ExecutionRole", "of the domain")
    return profile["UserProfileName"], profile["Status"], role.rpartition("/")[2]


def _space(space: Description) -> Sequence[str]:
    settings = space.get("SpaceSettings", {})
    app = settings.get("AppType", "any")
    instance_type = settings.get(_SETTINGS.get(app), {}).get("DefaultResourceSpec", {}).get("InstanceType", "default")
    volume = settings.get("SpaceStorageSettings", {}).get("EbsStorageSettings", {}).get("EbsVolumeSizeInGb")
    return (
        space["SpaceName"],
        space["Status"],
        app,
        instance_type,
        "default" if volume is None else f"{volume} GiB",
        space.get("OwnershipSettings", {}).get("OwnerUserProfileName", "nobody"),
        space.get("SpaceSharingSettings", {}).get("SharingType", "Shared"),
    )


def _aligned(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heading, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    cells = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join("  ".join(line).rstrip() for line in cells)
