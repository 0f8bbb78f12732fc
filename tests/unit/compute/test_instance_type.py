from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_type_hints

import botocore.session
import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from constructs_lib import InstanceType
from constructs_lib.compute.app_instance_types import FAMILIES_UNKNOWN_TO_SCHEMA


def test_knows_exactly_the_types_of_the_api() -> None:
    model = botocore.session.get_session().get_service_model("sagemaker")

    assert set(model.shape_for("AppInstanceType").enum) == {one.name for one in InstanceType.known()}


def enumerations(schema: Any) -> Iterator[list[Any]]:
    """Every enumeration anywhere in a schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("enum"), list):
            yield schema["enum"]
        for inner in schema.values():
            yield from enumerations(inner)


@pytest.mark.parametrize("resource_type", FAMILIES_UNKNOWN_TO_SCHEMA)
def test_families_that_schemas_lack_are_those_of_the_resource_schemas(resource_type: str) -> None:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema
    (listed,) = {tuple(one) for one in enumerations(schema) if "ml.t3.medium" in one}

    for one in InstanceType.known():
        assert one._is_in_schema_of(resource_type) == (one.name in listed), one


def test_has_a_typed_constant_for_every_known_type() -> None:
    constants = {name for name in get_type_hints(InstanceType) if name.isupper()}

    assert {getattr(InstanceType, name) for name in constants} == set(InstanceType.known())
    for name in constants:
        assert name == getattr(InstanceType, name).name.upper().replace(".", "_").replace("-", "_")


def test_is_equal_by_name_whether_by_constant_or_by_of() -> None:
    assert InstanceType.of("ml.g5.xlarge") == InstanceType.ML_G5_XLARGE
    assert eval(repr(InstanceType.ML_G5_XLARGE)) == InstanceType.ML_G5_XLARGE


def test_takes_a_newer_type_and_does_not_judge_it() -> None:
    newer = InstanceType.of("ml.g9.xlarge")

    assert not newer.is_known
    assert not newer.is_gpu
    assert newer.runs_spaces


@pytest.mark.parametrize("name", ["ml.g4dn.xlarge", "ml.g7e.2xlarge", "ml.p3dn.24xlarge", "ml.p6-b200.48xlarge"])
def test_families_g_and_p_have_gpus(name: str) -> None:
    assert InstanceType.of(name).is_gpu


@pytest.mark.parametrize("name", ["ml.t3.medium", "ml.trn1.2xlarge", "ml.geospatial.interactive", "system"])
def test_other_families_have_none(name: str) -> None:
    assert not InstanceType.of(name).is_gpu


def test_system_and_geospatial_types_run_no_spaces() -> None:
    assert {one.name for one in InstanceType.known() if not one.runs_spaces} == {"system", "ml.geospatial.interactive"}


@pytest.mark.parametrize(
    "name", ["ml.t3.micro", "ml.t3.small", "ml.t3.medium", "ml.c7i.large", "ml.g9.xlarge", "system"]
)
def test_small_and_unknown_types_take_no_remote_sessions(name: str) -> None:
    assert not InstanceType.of(name)._takes_remote_sessions


@pytest.mark.parametrize("name", ["ml.t3.large", "ml.m5.large", "ml.g5.xlarge"])
def test_types_with_the_memory_take_remote_sessions(name: str) -> None:
    assert InstanceType.of(name)._takes_remote_sessions
