"""What there is in a region, as the SageMaker API describes it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Description = dict[str, Any]
"""What a ``Describe`` operation answers."""


@dataclass(frozen=True)
class Studio:
    """A domain, with its profiles and spaces by their names."""

    domain: Description
    profiles: dict[str, Description]
    spaces: dict[str, Description]


def client(url: str, *, account: str, region: str) -> Any:
    """Return a client of the SageMaker API of an emulator, whatever account, profile or proxy this process knows."""
    from botocore.config import Config  # here, so that who ends the emulator needs nothing but Python
    from botocore.session import Session

    nobody = {
        "profile": (None, None, None, None),
        "config_file": (None, None, os.devnull, None),
        "credentials_file": (None, None, os.devnull, None),
    }
    return Session(session_vars=nobody).create_client(
        "sagemaker",
        endpoint_url=url,
        region_name=region,
        aws_access_key_id=account,
        aws_secret_access_key="local",
        config=Config(proxies={}, use_fips_endpoint=False, use_dualstack_endpoint=False),
    )


def studios(sagemaker: Any) -> list[Studio]:
    """Return every Studio that a client of the SageMaker API can see."""
    return [_studio(sagemaker, one["DomainId"]) for one in _all(sagemaker, "list_domains", "Domains")]


def _studio(sagemaker: Any, domain_id: str) -> Studio:
    profiles = _all(sagemaker, "list_user_profiles", "UserProfiles", DomainIdEquals=domain_id)
    spaces = _all(sagemaker, "list_spaces", "Spaces", DomainIdEquals=domain_id)
    return Studio(
        _described(sagemaker.describe_domain, DomainId=domain_id),
        {
            name: _described(sagemaker.describe_user_profile, DomainId=domain_id, UserProfileName=name)
            for name in (one["UserProfileName"] for one in profiles)
        },
        {
            name: _described(sagemaker.describe_space, DomainId=domain_id, SpaceName=name)
            for name in (one["SpaceName"] for one in spaces)
        },
    )


def _described(describe: Callable[..., Description], **names: str) -> Description:
    description = describe(**names)
    del description["ResponseMetadata"]
    return description


def _all(sagemaker: Any, operation: str, key: str, **arguments: str) -> Iterator[Description]:
    for page in sagemaker.get_paginator(operation).paginate(**arguments):
        yield from page[key]
