from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"Accounts": {"Type": "CommaDelimitedList"}, "Choice": {"Type": "String"}}
ACCESS, TRUSTED = (
    "DomainSettings.DockerSettings.EnableDockerAccess",
    "DomainSettings.DockerSettings.VpcOnlyTrustedAccounts",
)
CHOICE, ACCOUNTS = {"Ref": "Choice"}, {"Ref": "Accounts"}
ON = {"EnableDockerAccess": "ENABLED"}
TRUSTING = {**ON, "VpcOnlyTrustedAccounts": ["111122223333"]}
COMPLIANT = [
    pytest.param("VpcOnly", TRUSTING, id="trusted accounts"),
    pytest.param("VpcOnly", {**ON, "VpcOnlyTrustedAccounts": [{"Ref": "AWS::AccountId"}]}, id="the account itself"),
    pytest.param("PublicInternetOnly", {"EnableDockerAccess": "DISABLED"}, id="disabled"),
    pytest.param("PublicInternetOnly", {}, id="nothing"),
    pytest.param(CHOICE, {"EnableDockerAccess": "DISABLED"}, id="disabled, whatever the network"),
]
NON_COMPLIANT = [
    pytest.param("PublicInternetOnly", ON, "DockerAccess", ACCESS, id="on the Internet"),
    pytest.param("PublicInternetOnly", TRUSTING, "DockerAccess", ACCESS, id="accounts that do not count"),
    pytest.param(None, TRUSTING, "DockerAccess", ACCESS, id="a network of nothing"),
    pytest.param("VpcOnly", ON, "DockerAccess", TRUSTED, id="no accounts"),
    pytest.param("VpcOnly", {**ON, "VpcOnlyTrustedAccounts": []}, "DockerAccess", TRUSTED, id="a list of none"),
    pytest.param(
        "VpcOnly",
        {**ON, "VpcOnlyTrustedAccounts": [{"Ref": "AWS::NoValue"}]},
        "DockerAccess",
        TRUSTED,
        id="a list of no value",
    ),
    pytest.param(
        "VpcOnly", {"EnableDockerAccess": CHOICE}, "DockerAccess[Unresolved]", ACCESS, id="access by a parameter"
    ),
    pytest.param(
        "VpcOnly",
        {"Fn::If": ["IsOpen", ON, {"Ref": "AWS::NoValue"}]},
        "DockerAccess[Unresolved]",
        ACCESS,
        id="access by a condition",
    ),
    pytest.param(CHOICE, TRUSTING, "DockerAccess[Unresolved]", "AppNetworkAccessType", id="a network by a parameter"),
    pytest.param(
        "VpcOnly",
        {**ON, "VpcOnlyTrustedAccounts": ACCOUNTS},
        "DockerAccess[Unresolved]",
        TRUSTED,
        id="accounts by a parameter",
    ),
    pytest.param(
        "VpcOnly",
        {**ON, "VpcOnlyTrustedAccounts": {"Fn::ImportValue": "a:Accounts"}},
        "DockerAccess[Unresolved]",
        TRUSTED,
        id="accounts of no stack",
    ),
]


def judged(network: Any, docker: dict[str, Any]) -> set[tuple[str, str, str]]:
    access = {} if network is None else {"AppNetworkAccessType": network}
    resources = {"Studio": resource("Domain", DomainSettings={"DockerSettings": docker}, **access)}
    return {one for one in found(resources, Parameters=PARAMETERS) if one[0].startswith("DockerAccess")}


@pytest.mark.parametrize(("network", "docker"), COMPLIANT)
def test_compliant(network: Any, docker: dict[str, Any]) -> None:
    assert judged(network, docker) == set()


@pytest.mark.parametrize(("network", "docker", "rule", "path"), NON_COMPLIANT)
def test_non_compliant(network: Any, docker: dict[str, Any], rule: str, path: str) -> None:
    assert judged(network, docker) == {(rule, "Studio", path)}
