from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"Host": {"Type": "String"}, "Url": {"Type": "String", "Default": "https://packages.example.com"}}
SECURE, PLAIN, GIVEN = "https://packages.example.com", "http://packages.example.com", {"Ref": "Url"}
COMPLIANT = [
    pytest.param({"RStudioConnectUrl": SECURE, "RStudioPackageManagerUrl": SECURE}, id="TLS"),
    pytest.param({"RStudioConnectUrl": {"Ref": "AWS::NoValue"}}, id="no value"),
    pytest.param(
        {"RStudioConnectUrl": {"Fn::Sub": "https://rstudio.${AWS::Region}.example.com"}}, id="TLS to a region"
    ),
    pytest.param({"RStudioConnectUrl": {"Fn::Sub": "https://${Host}/rstudio"}}, id="TLS to a host by a parameter"),
    pytest.param({}, id="no servers"),
]
NON_COMPLIANT = [
    pytest.param({"RStudioConnectUrl": PLAIN}, {("RStudioHttps", "RStudioConnectUrl")}, id="publishing in plain text"),
    pytest.param(
        {"RStudioPackageManagerUrl": PLAIN}, {("RStudioHttps", "RStudioPackageManagerUrl")}, id="packages in plain text"
    ),
    pytest.param(
        {"RStudioConnectUrl": PLAIN, "RStudioPackageManagerUrl": "www.example.com"},
        {("RStudioHttps", "RStudioConnectUrl"), ("RStudioHttps", "RStudioPackageManagerUrl")},
        id="both, one without a scheme",
    ),
    pytest.param(
        {"RStudioConnectUrl": "httpsx://example.com"}, {("RStudioHttps", "RStudioConnectUrl")}, id="another scheme"
    ),
    pytest.param({"RStudioConnectUrl": GIVEN}, {("RStudioHttps[Unresolved]", "RStudioConnectUrl")}, id="a parameter"),
    pytest.param(
        {"RStudioPackageManagerUrl": {"Fn::ImportValue": "rstudio:Url"}},
        {("RStudioHttps[Unresolved]", "RStudioPackageManagerUrl")},
        id="an export of no stack",
    ),
    pytest.param(
        {"RStudioConnectUrl": {"Fn::If": ["IsTls", SECURE, PLAIN]}},
        {("RStudioHttps[Unresolved]", "RStudioConnectUrl")},
        id="a condition",
    ),
    pytest.param(
        {"RStudioConnectUrl": GIVEN, "RStudioPackageManagerUrl": PLAIN},
        {("RStudioHttps[Unresolved]", "RStudioConnectUrl"), ("RStudioHttps", "RStudioPackageManagerUrl")},
        id="a parameter, which hides nothing",
    ),
]
PATH = "DomainSettings.RStudioServerProDomainSettings"


def judged(rstudio: dict[str, Any]) -> set[tuple[str, str, str]]:
    resources = {"Studio": resource("Domain", DomainSettings={"RStudioServerProDomainSettings": rstudio})}
    return {one for one in found(resources, Parameters=PARAMETERS) if one[0].startswith("RStudioHttps")}


@pytest.mark.parametrize("rstudio", COMPLIANT)
def test_compliant(rstudio: dict[str, Any]) -> None:
    assert judged(rstudio) == set()


@pytest.mark.parametrize(("rstudio", "findings"), NON_COMPLIANT)
def test_non_compliant(rstudio: dict[str, Any], findings: set[tuple[str, str]]) -> None:
    assert judged(rstudio) == {(rule, "Studio", f"{PATH}.{url}") for rule, url in findings}
