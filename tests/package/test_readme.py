"""What the documents show is true: Python and YAML run, commands exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
import yaml
from aws_cdk import aws_ec2, aws_iam, aws_kms, aws_s3, aws_sagemaker

import constructs_lib
from constructs_lib import Domain, NetworkAccess, StudioChecks
from tests.checks.reports import open_findings
from tests.conftest import CONTEXT, ROOT
from tests.studios import studio_app, synthesized, written

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BASE = {"domain": {"name": "research"}, "users": [{"name": "alice"}]}


def blocks(language: str) -> list[Any]:
    return [
        pytest.param(block, id=f"{document.name}:{index}")
        for document in DOCUMENTS
        for index, block in enumerate(re.findall(rf"```{language}\n(.*?)```", document.read_text(), re.DOTALL))
    ]


def smallest_app(outdir: Path) -> dict[str, Any]:
    """What the smallest app of the README has defined, and the names that it and the others have imported."""
    app = cdk.App(outdir=str(outdir), context=CONTEXT, builtin_cloud_formation_validation=False)
    stack = cdk.Stack(app, "Research")
    vpc = aws_ec2.Vpc(stack, "Vpc", max_azs=2, restrict_default_security_group=False)
    domain = Domain(stack, "Studio", network=NetworkAccess.vpc_only(vpc))
    return {
        **{name: getattr(constructs_lib, name) for name in constructs_lib.__all__},
        "cdk": cdk,
        "Duration": cdk.Duration,
        "Size": cdk.Size,
        "RemovalPolicy": cdk.RemovalPolicy,
        "ec2": aws_ec2,
        "iam": aws_iam,
        "s3": aws_s3,
        "kms": aws_kms,
        "sagemaker": aws_sagemaker,
        "app": app,
        "stack": stack,
        "vpc": vpc,
        "domain": domain,
        "alice": domain.add_user_profile("Alice"),
        "bucket": aws_s3.Bucket(stack, "Bucket"),
        "key": aws_kms.Key(stack, "Key"),
    }


@pytest.mark.parametrize("code", blocks("python"))
def test_python_runs_and_changes_the_templates(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if "app.synth()" in code:
        exec(compile(code, "README.md", "exec"), {})
        return
    before, names = smallest_app(tmp_path / "before"), smallest_app(tmp_path / "after")

    exec(compile(code, "README.md", "exec"), names)

    templates = [{stack.stack_name: stack.template for stack in one["app"].synth().stacks} for one in (before, names)]
    assert templates[0] != templates[1]


@pytest.mark.parametrize("text", blocks("yaml"))
def test_yaml_synthesizes(text: str, tmp_path: Path) -> None:
    settings = BASE | yaml.safe_load(text)

    assert synthesized(written(tmp_path, yaml.safe_dump(settings)), tmp_path / "out", context=CONTEXT)


@pytest.mark.parametrize("text", blocks("yaml"))
def test_yaml_passes_the_checks(text: str, tmp_path: Path) -> None:
    app = studio_app(written(tmp_path, yaml.safe_dump(BASE | yaml.safe_load(text))), tmp_path / "out", context=CONTEXT)
    cdk.Validations.of(app).add_plugins(StudioChecks(app))

    assert open_findings(app) == set()


def test_commands_exist() -> None:
    targets = set(re.findall(r"^([a-z0-9 -]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    known = {target for line in targets for target in line.split()}
    used = {
        target
        for document in DOCUMENTS
        for target in re.findall(r"\bmake ([a-z0-9-]+)", "\n".join(_shell(document.read_text())))
    }

    assert used
    assert used <= known


def test_links_within_the_repository_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def _shell(text: str) -> list[str]:
    """The lines of shell blocks, and inline code."""
    return [*re.findall(r"```sh\n(.*?)```", text, re.DOTALL), *re.findall(r"`(make [^`]+)`", text)]
