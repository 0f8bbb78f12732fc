from __future__ import annotations

from types import MappingProxyType

import aws_cdk as cdk
import pytest

from constructs_lib import ContainerConfig


def test_a_container_is_rendered_as_cloudformation_has_it() -> None:
    config = ContainerConfig(
        entrypoint=["entrypoint-jupyter-server"], arguments=["--debug"], environment={"TEAM": "churn", "STAGE": "dev"}
    )

    assert config._render() == {
        "containerEntrypoint": ["entrypoint-jupyter-server"],
        "containerArguments": ["--debug"],
        "containerEnvironmentVariables": [{"key": "TEAM", "value": "churn"}, {"key": "STAGE", "value": "dev"}],
    }


def test_what_is_not_said_is_left_to_the_image() -> None:
    assert set(ContainerConfig()._render().values()) == {None}


def test_the_largest_container_is_taken() -> None:
    config = ContainerConfig(
        entrypoint=["e" * 256],
        arguments=["a" * 64] * 50,
        environment={f"{number:0256}": "v" * 256 for number in range(25)},
    )

    assert len(config._render()["containerEnvironmentVariables"]) == 25


def test_takes_tokens() -> None:
    arn = cdk.Fn.import_value("Bucket")

    assert ContainerConfig(environment={"BUCKET": arn}).environment == {"BUCKET": arn}


def test_is_a_value_that_nobody_changes() -> None:
    arguments, environment = ["--debug"], {"TEAM": "churn"}
    config = ContainerConfig(arguments=arguments, environment=environment)
    arguments.append("--verbose")
    environment["STAGE"] = "dev"

    assert config == ContainerConfig(arguments=("--debug",), environment={"TEAM": "churn"})
    assert hash(config) == hash(ContainerConfig(arguments=("--debug",), environment={"TEAM": "churn"}))
    assert config != ContainerConfig(arguments=("--debug",), environment={"TEAM": "retro"})
    assert eval(repr(config)) == config


def test_its_variables_cannot_be_changed() -> None:
    config = ContainerConfig(environment={"TEAM": "churn"})

    with pytest.raises(TypeError):
        config.environment["TEAM"] = "retro"


def test_takes_any_mapping() -> None:
    environment = MappingProxyType({"TEAM": "churn"})

    assert ContainerConfig(environment=environment) == ContainerConfig(environment={"TEAM": "churn"})
