"""What a settings file offers to spaces: images and scripts of the team, and the network that reaches them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from stacks.load_settings import load_settings
from stacks.settings_file import SettingsFile
from stacks.users import count_resources
from tests.studios import synthesized, written
from tests.templates import Template, properties, resources

DOMAIN, SPACE = "AWS::SageMaker::Domain", "AWS::SageMaker::Space"
IMAGE, IMAGE_VERSION = "AWS::SageMaker::Image", "AWS::SageMaker::ImageVersion"
CONFIG = "AWS::SageMaker::StudioLifecycleConfig"
DIGEST = f"sha256:{'0a' * 32}"

TEAM = f"""
domain:
  name: research
  images:
    - {{name: team, repository: ml/team-images, tag: "2.1"}}
    - {{name: vision, repository: ml/vision, digest: "{DIGEST}", apps: [CodeEditor]}}
  scripts:
    - {{name: fence, file: scripts/fence.sh, run: Always}}
    - {{name: setup, file: scripts/setup.sh, apps: [JupyterLab], run: Default}}
    - {{name: vim, file: scripts/vim.sh, run: Offered}}
users:
  - name: alice
    spaces:
      - {{name: lab, app: JupyterLab, image: team, script: vim}}
      - {{name: code, app: CodeEditor, image: vision}}
shared_spaces:
  - {{name: churn, owner: alice, app: JupyterLab, image: team, script: setup}}
"""


def team_file(folder: Path) -> Path:
    (folder / "scripts").mkdir()
    for name in ("fence", "setup", "vim"):
        (folder / "scripts" / f"{name}.sh").write_text(f"#!/bin/bash\necho {name}\n")
    return written(folder, TEAM)


@pytest.fixture
def team(tmp_path: Path) -> dict[str, Template]:
    return synthesized(team_file(tmp_path), tmp_path / "out")


def domain_of(keys: str, tmp_path: Path) -> dict[str, Any]:
    path = written(tmp_path, f"domain: {{name: research, {keys}}}")
    return properties(synthesized(path, tmp_path / "out")["research-studio"], DOMAIN)


def services(network: Template) -> set[str]:
    names = (one["Properties"]["ServiceName"] for one in resources(network, "AWS::EC2::VPCEndpoint").values())
    texts = (name if isinstance(name, str) else "".join(map(str, name["Fn::Join"][1])) for name in names)
    return {text.rpartition("'}.")[2] for text in texts}


def names(arns: list[Any] | None) -> list[str]:
    """The names in ARNs of lifecycle configurations, without the domain's before them and the hash behind."""
    return [json.dumps(arn).rpartition("research-")[2].partition("-")[0] for arn in arns or ()]


def apps_of(domain: dict[str, Any]) -> dict[str, dict[str, Any]]:
    users, spaces = domain["DefaultUserSettings"], domain["DefaultSpaceSettings"]
    return {
        "JupyterLab": users["JupyterLabAppSettings"],
        "CodeEditor": users["CodeEditorAppSettings"],
        "shared": spaces["JupyterLabAppSettings"],
    }


def test_images_are_pulled_from_repositories_of_the_account(team: dict[str, Template]) -> None:
    studio = team["research-studio"]

    found = {
        one["Properties"]["ImageName"]: "".join(map(str, one["Properties"]["BaseImage"]["Fn::Join"][1]))
        for one in resources(studio, IMAGE_VERSION).values()
    }
    assert found.keys() == {"team", "vision"}
    assert found["team"].endswith("/ml/team-images:2.1")
    assert found["vision"].endswith(f"/ml/vision@{DIGEST}")
    assert "{'Ref': 'AWS::AccountId'}.dkr.ecr.{'Ref': 'AWS::Region'}" in found["team"]
    assert not resources(studio, "AWS::ECR::Repository")


def test_images_are_attached_for_their_apps(team: dict[str, Template]) -> None:
    apps = apps_of(properties(team["research-studio"], DOMAIN))

    attached = {app: [one["ImageName"] for one in settings["CustomImages"]] for app, settings in apps.items()}
    assert attached == {"JupyterLab": ["team"], "CodeEditor": ["team", "vision"], "shared": ["team"]}


def test_scripts_run_where_the_file_says(team: dict[str, Template]) -> None:
    apps = apps_of(properties(team["research-studio"], DOMAIN))

    assert [names([one["BuiltInLifecycleConfigArn"]]) for one in apps.values()] == [["fence"]] * 3
    default = {app: one.get("DefaultResourceSpec", {}).get("LifecycleConfigArn") for app, one in apps.items()}
    assert {app: names([arn]) for app, arn in default.items() if arn} == {"JupyterLab": ["setup"], "shared": ["setup"]}
    assert {app: names(one["LifecycleConfigArns"]) for app, one in apps.items()} == {
        "JupyterLab": ["setup", "vim"],
        "CodeEditor": ["vim"],
        "shared": ["setup", "vim"],
    }


def test_scripts_are_read_beside_the_settings_file(team: dict[str, Template]) -> None:
    configs = [one["Properties"] for one in resources(team["research-studio"], CONFIG).values()]

    found = sorted(
        (one["StudioLifecycleConfigAppType"], one["StudioLifecycleConfigContent"]["Fn::Base64"].split()[-1])
        for one in configs
    )
    assert found == [
        ("CodeEditor", "fence"),
        ("CodeEditor", "vim"),
        ("JupyterLab", "fence"),
        ("JupyterLab", "setup"),
        ("JupyterLab", "vim"),
    ]


def test_spaces_name_images_and_scripts_of_the_team(team: dict[str, Template]) -> None:
    specs = {
        one["Properties"]["SpaceName"]: json.dumps(one["Properties"]["SpaceSettings"])
        for one in resources(team["research-users-1"], SPACE).values()
    }

    assert "image/team" in specs["lab"]
    assert "research-vim-jupyterlab-" in specs["lab"]
    assert "image/vision" in specs["code"]
    assert "LifecycleConfigArn" not in specs["code"]
    assert "image/team" in specs["churn"]
    assert "research-setup-jupyterlab-" in specs["churn"]
    assert not resources(team["research-users-1"], IMAGE)


def test_resources_of_users_are_counted_as_they_are(tmp_path: Path) -> None:
    path = team_file(tmp_path)

    counted = count_resources(load_settings(SettingsFile.read(path)))

    assert counted[-1] == len(synthesized(path, tmp_path / "out")["research-users-1"]["Resources"])


def test_order_of_images_and_scripts_changes_no_logical_id(team: dict[str, Template], tmp_path: Path) -> None:
    settings = yaml.safe_load(TEAM)
    settings["domain"]["images"].reverse()
    settings["domain"]["scripts"].reverse()
    turned = synthesized(written(tmp_path, yaml.safe_dump(settings)), tmp_path / "turned")

    for stack, template in team.items():
        assert turned[stack]["Resources"].keys() == template["Resources"].keys()


def test_features_are_endpoints_of_the_network(tmp_path: Path) -> None:
    without, with_features = (
        services(synthesized(written(tmp_path, text), tmp_path / name)["research-network"])
        for name, text in (
            ("without", "domain: {name: research}"),
            ("with", "domain: {name: research, network: {features: [MLFLOW, ECR]}}"),
        )
    )

    assert without < with_features
    assert with_features - without == {"ecr.api", "ecr.dkr", "experiments"}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_nat_gateways_are_as_many_as_the_file_says(count: int, tmp_path: Path) -> None:
    path = written(tmp_path, f"domain: {{name: research, network: {{nat_gateways: {count}}}}}")

    network = synthesized(path, tmp_path / "out")["research-network"]

    assert len(resources(network, "AWS::EC2::NatGateway")) == count


def test_dual_stack_holds_for_the_network_and_the_apps(tmp_path: Path) -> None:
    path = written(tmp_path, "domain: {name: research, network: {ip_address_type: DUALSTACK}}")
    templates = synthesized(path, tmp_path / "out")

    assert properties(templates["research-studio"], DOMAIN)["DomainSettings"]["IpAddressType"] == "DUALSTACK"
    assert len(resources(templates["research-network"], "AWS::EC2::VPCCidrBlock")) == 1


@pytest.mark.parametrize(
    ("keys", "settings"),
    [
        ("docker: {}", {"EnableDockerAccess": "ENABLED"}),
        (
            "docker: {trusted_accounts: ['123456789012']}",
            {"EnableDockerAccess": "ENABLED", "VpcOnlyTrustedAccounts": ["123456789012"]},
        ),
        ("docker: {}, network_access: PublicInternetOnly", {"EnableDockerAccess": "ENABLED"}),
    ],
)
def test_docker_is_on_where_the_file_has_it(keys: str, settings: dict[str, Any], tmp_path: Path) -> None:
    assert settings.items() <= domain_of(keys, tmp_path)["DomainSettings"]["DockerSettings"].items()


def test_what_is_hidden_is_hidden_beside_classic(tmp_path: Path) -> None:
    keys = (
        "hidden: {apps: [Canvas], tools: [JumpStart, Models], image_versions: ['1.0']}, instance_types: [ml.t3.medium]"
    )

    portal = domain_of(keys, tmp_path)["DefaultUserSettings"]["StudioWebPortalSettings"]

    assert portal["HiddenAppTypes"] == ["JupyterServer", "Canvas"]
    assert portal["HiddenMlTools"] == ["JumpStart", "Models"]
    assert portal["HiddenSageMakerImageVersionAliases"] == [
        {"SageMakerImageName": "sagemaker_distribution", "VersionAliases": ["1.0"]}
    ]
    assert "ml.m5.large" in portal["HiddenInstanceTypes"]
