from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"Given": {"Type": "String", "NoEcho": True}, "Variables": {"Type": "String"}}
GIVEN = {"Ref": "Given"}
LAB, EDITOR = "JupyterLabAppImageConfig", "CodeEditorAppImageConfig"
PATH = "ContainerConfig.ContainerEnvironmentVariables"


def variable(name: Any, value: Any) -> dict[str, Any]:
    return {"Key": name, "Value": value}


SECRET = variable("DB_PASSWORD", "hunter2-hunter2")
COMPLIANT = [
    pytest.param([variable("LOG_LEVEL", "information")], id="no secret"),
    pytest.param([variable("DB_SECRET", {"Ref": "Secret"})], id="where a secret of the stack is"),
    pytest.param(
        [variable("DB_SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db")], id="where a secret is"
    ),
    pytest.param([variable("DB_PASSWORD_FILE", "/run/secrets/db")], id="a file"),
    pytest.param([variable("TOKENIZERS_PARALLELISM", "disabled")], id="tokens of another kind"),
    pytest.param(
        [{"Fn::If": ["IsTest", {"Ref": "AWS::NoValue"}, variable("LOG_LEVEL", "debugging")]}],
        id="a condition without a secret",
    ),
    pytest.param({"Ref": "AWS::NoValue"}, id="no value"),
]
NON_COMPLIANT = [
    pytest.param(LAB, [SECRET], "", "0.Value", id="a password"),
    pytest.param(EDITOR, [SECRET], "", "0.Value", id="a password in Code Editor"),
    pytest.param(
        LAB, [variable("LOG_LEVEL", "information"), SECRET], "", "1.Value", id="a password after another variable"
    ),
    pytest.param(LAB, [variable("START", "AKIAIOSFODNN7EXAMPLE")], "", "0.Value", id="an access key under any name"),
    pytest.param(
        LAB,
        [variable("PIP_INDEX_URL", "https://me:hunter2@pypi.example.com/simple")],
        "",
        "0.Value",
        id="a password in a URL",
    ),
    pytest.param(LAB, [variable("DB_PASSWORD", GIVEN)], "", "0.Value", id="a password by a parameter"),
    pytest.param(
        LAB, [variable("DB_PASSWORD", "{{resolve:secretsmanager:db}}")], "", "0.Value", id="a password that is resolved"
    ),
    pytest.param(
        LAB, [{"Fn::If": ["IsTest", SECRET, {"Ref": "AWS::NoValue"}]}], "", "0.Value", id="a password on a condition"
    ),
    pytest.param(LAB, {"Ref": "Variables"}, "[Unresolved]", "Key", id="all by a parameter"),
    pytest.param(LAB, [{"Fn::ImportValue": "a:Variable"}], "[Unresolved]", "0.Key", id="one of no stack"),
]


def judged(app: str, variables: Any) -> set[tuple[str, str, str]]:
    container = {"ContainerConfig": {"ContainerEnvironmentVariables": variables}}
    resources = {
        "Image": resource("AppImageConfig", AppImageConfigName="lab", **{app: container}),
        "Secret": resource("SecretsManager.Secret"),
    }
    return {one for one in found(resources, Parameters=PARAMETERS) if one[0].startswith("ContainerCredentials")}


@pytest.mark.parametrize("variables", COMPLIANT)
@pytest.mark.parametrize("app", [LAB, EDITOR])
def test_compliant(app: str, variables: Any) -> None:
    assert judged(app, variables) == set()


@pytest.mark.parametrize(("app", "variables", "detail", "place"), NON_COMPLIANT)
def test_non_compliant(app: str, variables: Any, detail: str, place: str) -> None:
    assert judged(app, variables) == {(f"ContainerCredentials{detail}", "Image", f"{app}.{PATH}.{place}")}


def test_container_on_a_condition() -> None:
    container = {"Fn::If": ["IsTest", {"ContainerEnvironmentVariables": [SECRET]}, {"Ref": "AWS::NoValue"}]}
    image = resource(
        "AppImageConfig", AppImageConfigName="lab", JupyterLabAppImageConfig={"ContainerConfig": container}
    )
    findings = {one for one in found({"Image": image}) if one[0].startswith("ContainerCredentials")}
    assert findings == {("ContainerCredentials", "Image", f"{LAB}.{PATH}.0.Value")}
