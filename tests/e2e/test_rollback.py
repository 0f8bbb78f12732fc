"""What no synth can know: a deployment that fails leaves nothing behind, and the next one succeeds under its names."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.place import Place
from tests.e2e.studios import open_space, synthesize

pytestmark = pytest.mark.e2e


def test_a_subnet_that_is_not_there_and_a_name_that_is_taken(place: Place, tmp_path: Path) -> None:
    network = place.network()
    right: dict[str, Any] = {
        "domain": {"name": "trial", "vpc": network},
        "users": [{"name": "alice", "spaces": [{"name": "alice-lab", "app": "JupyterLab", "storage_gb": 50}]}],
    }
    wrong = copy.deepcopy(right)
    wrong["domain"]["vpc"]["subnet_ids"] = ["subnet-0a1b2c3d4e5f67890"]
    roles, keys = names_of_roles(place), number_of_keys(place)

    failed = place.try_to_deploy(synthesize(wrong, tmp_path / "wrong"))

    assert failed.returncode != 0
    assert "subnet-0a1b2c3d4e5f67890" in failed.stdout + failed.stderr
    assert place.statuses() == {"trial-studio": "ROLLBACK_COMPLETE"}
    assert place.studios() == []
    assert names_of_roles(place) == roles
    assert number_of_keys(place) == keys

    place.deploy(synthesize(right, tmp_path / "right"))

    first = place.studio("trial")
    assert set(first.spaces) == {"alice-lab"}

    open_space(place, first.domain["DomainId"], "alice", "forecast")
    before, roles = place.studio("trial"), names_of_roles(place)
    taken = copy.deepcopy(right)
    taken["users"][0]["spaces"][0]["instance_type"] = "ml.m5.large"
    taken["users"].append({"name": "bob", "spaces": [{"name": "forecast", "app": "JupyterLab"}]})

    failed = place.try_to_deploy(synthesize(taken, tmp_path / "taken"))

    assert failed.returncode != 0
    assert "forecast" in failed.stdout + failed.stderr
    assert place.statuses()["trial-users-1"] == "UPDATE_ROLLBACK_COMPLETE"
    after = place.studio("trial")
    assert set(after.profiles) == {"alice"}
    assert after.spaces["forecast"] == before.spaces["forecast"]
    assert after.spaces["alice-lab"]["SpaceSettings"] == before.spaces["alice-lab"]["SpaceSettings"]
    assert names_of_roles(place) == roles

    free = copy.deepcopy(taken)
    free["users"][1]["spaces"][0]["name"] = "bob-forecast"
    place.deploy(synthesize(free, tmp_path / "free"))

    last = place.studio("trial")
    assert set(last.profiles) == {"alice", "bob"}
    assert set(last.spaces) == {"alice-lab", "forecast", "bob-forecast"}
    assert last.domain["DomainId"] == first.domain["DomainId"]


def names_of_roles(place: Place) -> set[str]:
    return {
        role["RoleName"]
        for page in place.client("iam").get_paginator("list_roles").paginate()
        for role in page["Roles"]
    }


def number_of_keys(place: Place) -> int:
    """The keys that are not on the way out."""
    kms = place.client("kms")
    states = [kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["KeyState"] for key in kms.list_keys()["Keys"]]
    return states.count("Enabled")
