from __future__ import annotations

import base64
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_s3 as s3
from aws_cdk.assertions import Template
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from constructs_lib import CodeEditor, JupyterLab
from constructs_lib.environment import Environment
from constructs_lib.lifecycle.lifecycle_config import LifecycleConfig
from constructs_lib.lifecycle.owner import Owner
from tests.conftest import CONTEXT

TYPE = "AWS::SageMaker::StudioLifecycleConfig"
SCRIPT = "#!/bin/bash\necho hello\n"
ARN = "arn:aws:sagemaker:eu-west-1:111111111111:studio-lifecycle-config/setup"
SCHEMA = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", TYPE).schema["properties"]
SETUP = LifecycleConfig.from_script(SCRIPT, name="setup")


def empty_stack() -> cdk.Stack:
    return cdk.Stack(cdk.App(builtin_cloud_formation_validation=False))


OWNER = Owner(empty_stack(), "studio")


def defined(config: LifecycleConfig, *, owner: str = "studio", app_type: str = "JupyterLab") -> dict[str, Any]:
    stack = empty_stack()
    config._define(stack, Owner(stack, owner), app_type)
    (resource,) = Template.from_stack(stack).find_resources(TYPE).values()
    return dict(resource)


def name_of(config: LifecycleConfig, **arguments: str) -> str:
    return str(defined(config, **arguments)["Properties"]["StudioLifecycleConfigName"])


def test_defines_the_script_legibly_and_nothing_that_the_schema_does_not_know() -> None:
    properties = defined(SETUP)["Properties"]

    assert properties == {
        "StudioLifecycleConfigAppType": "JupyterLab",
        "StudioLifecycleConfigContent": {"Fn::Base64": SCRIPT},
        "StudioLifecycleConfigName": name_of(SETUP),
    }
    assert properties.keys() <= SCHEMA.keys()


def test_has_the_arn_of_what_it_defines() -> None:
    environment = Environment(account="111111111111", region="eu-west-1")

    arn = SETUP._arn(environment, OWNER, "JupyterLab")

    assert arn.endswith(f":sagemaker:eu-west-1:111111111111:studio-lifecycle-config/{name_of(SETUP)}")


def test_allows_former_scripts_for_each_app_that_it_is_for() -> None:
    environment = Environment(account="111111111111", region="eu-west-1")
    arns = [SETUP._arn(environment, OWNER, app_type) for app_type in ("CodeEditor", "JupyterLab")]
    both = [f"{arn[:-8]}????????" for arn in arns]
    lab = LifecycleConfig.from_script(SCRIPT, name="setup", app=JupyterLab)

    assert sorted(SETUP._arns(environment, OWNER)) == both
    assert lab._arns(environment, OWNER) == both[1:]
    assert LifecycleConfig.from_lifecycle_config_arn(ARN)._arns(environment, OWNER) == [ARN]


def test_one_that_exists_defines_nothing() -> None:
    config, stack = LifecycleConfig.from_lifecycle_config_arn(ARN), empty_stack()

    assert config._define(stack, Owner(stack, "studio"), "JupyterLab") is None
    assert config._arn(Environment.of(stack), OWNER, "JupyterLab") == ARN
    assert stack.node.children == []


def test_name_says_the_domain_the_config_and_the_app_and_never_changes() -> None:
    assert name_of(SETUP) == "studio-setup-jupyterlab-5401122a"
    assert name_of(SETUP, app_type="CodeEditor") == "studio-setup-codeeditor-1e6bfd59"


@pytest.mark.parametrize(
    "other",
    [
        LifecycleConfig.from_script(SCRIPT + "\n", name="setup"),
        LifecycleConfig.from_script(SCRIPT, name="setup2"),
        LifecycleConfig.from_script(SCRIPT, name="Setup"),
    ],
)
def test_another_script_or_name_is_another_configuration(other: LifecycleConfig) -> None:
    assert name_of(other)[-8:] != name_of(SETUP)[-8:]


def test_domains_of_one_account_do_not_share_a_name_that_is_cut() -> None:
    long = LifecycleConfig.from_script(SCRIPT, name="a" * 32)
    names = {
        name_of(long, owner=owner, app_type="CodeEditor")
        for owner in ("research-1-one", "research-1-two", "researche-one", "r" * 63)
    }

    assert len(names) == 4
    assert {len(name) for name in names} <= {62, 63}
    assert not any("--" in name for name in names)
    assert all(re.fullmatch(SCHEMA["StudioLifecycleConfigName"]["pattern"], name) for name in names)


def test_name_is_in_lower_case_as_cloudformation_reads_it_back() -> None:
    assert name_of(LifecycleConfig.from_script(SCRIPT, name="SetUp"), owner="Studio").islower()


def test_name_has_no_owner_that_only_the_deployment_knows() -> None:
    parameter = cdk.CfnParameter(empty_stack(), "Domain")

    assert name_of(SETUP, owner=parameter.value_as_string).startswith("setup-jupyterlab-")


def template_with_a_token(tmp_path: Path, *, tokens_before: int) -> dict[str, Any]:
    app = cdk.App(outdir=str(tmp_path), context=CONTEXT, builtin_cloud_formation_validation=False)
    stack, other = cdk.Stack(app, "Studio"), cdk.Stack(app, "Data")
    for number in range(tokens_before):
        cdk.Token.as_string({"Ref": f"Other{number}"})
    bucket = s3.Bucket(other, "Bucket")
    config = LifecycleConfig.from_script(f"#!/bin/bash\naws s3 ls {bucket.bucket_name} {cdk.Aws.REGION}\n", name="ls")
    config = LifecycleConfig.composed([config, SETUP], name="ls")
    config._define(stack, Owner(stack, "studio"), "JupyterLab")
    cdk.CfnOutput(other, "Arn", value=config._arn(Environment.of(other), Owner(stack, "studio"), "JupyterLab"))
    app.synth()
    return {name: (tmp_path / f"{name}.template.json").read_text() for name in ("Studio", "Data")}


def test_script_with_references_has_one_name_in_all_stacks_and_synths(tmp_path: Path) -> None:
    first = template_with_a_token(tmp_path / "1", tokens_before=0)
    second = template_with_a_token(tmp_path / "2", tokens_before=20)

    assert first == second
    (config,) = [one for one in json.loads(first["Studio"])["Resources"].values() if one["Type"] == TYPE]
    properties = config["Properties"]
    assert "Fn::GetStackOutput" in json.dumps(properties["StudioLifecycleConfigContent"])
    assert properties["StudioLifecycleConfigName"] in first["Data"]


@pytest.mark.parametrize("name", [None, cdk.PhysicalName.GENERATE_IF_NEEDED], ids=["none", "generated"])
def test_script_that_names_a_resource_changes_nothing_of_it(app: cdk.App, name: str | None) -> None:
    stack = cdk.Stack(app, "Studio", env=cdk.Environment(account="1" * 12, region="eu-west-1"))
    bucket = s3.Bucket(stack, "Bucket", bucket_name=name)
    config = LifecycleConfig.from_script(f"#!/bin/bash\naws s3 ls {bucket.bucket_name}\n", name="ls")
    config._define(stack, Owner(stack, "studio"), "JupyterLab")

    (rendered,) = Template.from_stack(stack).find_resources("AWS::S3::Bucket").values()
    assert "BucketName" not in rendered.get("Properties", {})


def test_two_domains_of_one_name_do_not_share_a_name(app: cdk.App) -> None:
    owners = [Owner(cdk.Stack(app, id), "studio") for id in ("Dev", "Prod")]

    assert len({SETUP._arn(Environment("1" * 12, "eu-west-1"), owner, "JupyterLab") for owner in owners}) == 2


def test_is_the_same_script_whether_or_not_the_app_is_named() -> None:
    assert LifecycleConfig.from_script(SCRIPT, name="setup", app=JupyterLab) == SETUP


def test_existing_one_must_be_where_the_domain_is() -> None:
    config = LifecycleConfig.from_lifecycle_config_arn(ARN)

    assert list(config._problems_in(Environment("1" * 12, "eu-west-1"))) == []
    assert list(config._problems_in(Environment(None, None))) == []
    assert list(SETUP._problems_in(Environment("2" * 12, "us-east-1"))) == []
    assert [one.partition(",")[0] for one in config._problems_in(Environment("2" * 12, "us-east-1"))] == [
        "lifecycle configurations must be in the domain's account 222222222222",
        "lifecycle configurations must be in the domain's region us-east-1",
    ]


def test_tags_of_outer_scopes_do_not_replace_it(app: cdk.App, stack: cdk.Stack) -> None:
    SETUP._define(stack, Owner(stack, "studio"), "JupyterLab")
    cdk.Tags.of(app).add("team", "a")
    cdk.Tags.of(stack).add("cost", "b", priority=900)

    (resource,) = Template.from_stack(stack).find_resources(TYPE).values()

    assert "Tags" not in resource["Properties"]


@pytest.mark.parametrize(
    ("policy", "deletion"),
    [
        (cdk.RemovalPolicy.DESTROY, "Delete"),
        (cdk.RemovalPolicy.RETAIN, "Retain"),
        (cdk.RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, "RetainExceptOnCreate"),
    ],
)
def test_what_was_replaced_is_kept_whatever_becomes_of_the_last_one(
    stack: cdk.Stack, policy: cdk.RemovalPolicy, deletion: str
) -> None:
    SETUP._define(stack, Owner(stack, "studio"), "JupyterLab")
    cdk.RemovalPolicies.of(stack).apply(policy)

    (resource,) = Template.from_stack(stack).find_resources(TYPE).values()

    assert (resource["UpdateReplacePolicy"], resource["DeletionPolicy"]) == ("Retain", deletion)


def test_two_types_of_app_have_one_each(stack: cdk.Stack) -> None:
    for app_type in ("JupyterLab", "CodeEditor"):
        SETUP._define(stack, Owner(stack, "studio"), app_type)

    resources = Template.from_stack(stack).find_resources(TYPE).values()

    assert {one["Properties"]["StudioLifecycleConfigAppType"] for one in resources} == {"JupyterLab", "CodeEditor"}


def test_fits_the_apps_that_it_is_for() -> None:
    lab = LifecycleConfig.from_script(SCRIPT, name="setup", app=JupyterLab)

    assert list(SETUP._problems_on("JupyterLab")) == list(SETUP._problems_on("CodeEditor")) == []
    assert list(lab._problems_on("JupyterLab")) == []
    assert list(lab._problems_on("CodeEditor")) == [
        "lifecycle configs of CodeEditor must be made for it, got 'setup' for JupyterLab; "
        "pass one with app=CodeEditor, or without app if its script runs in both"
    ]
    existing = LifecycleConfig.from_lifecycle_config_arn(ARN, app=CodeEditor)
    assert "got 'arn:aws:" in next(iter(existing._problems_on("JupyterLab")))


@pytest.mark.parametrize(
    "config",
    [
        SETUP,
        LifecycleConfig.from_script(SCRIPT, name="setup", app=JupyterLab),
        LifecycleConfig.from_lifecycle_config_arn(ARN),
        LifecycleConfig.from_lifecycle_config_arn(ARN, app=CodeEditor),
        LifecycleConfig.composed([SETUP, SETUP], name="both"),
    ],
)
def test_repr_can_be_pasted(config: LifecycleConfig) -> None:
    assert eval(repr(config)) == config


def test_windows_line_ends_become_those_of_unix(tmp_path: Path) -> None:
    (tmp_path / "setup.sh").write_bytes(SCRIPT.replace("\n", "\r\n").encode())

    assert LifecycleConfig.from_file(tmp_path / "setup.sh") == SETUP


@pytest.mark.parametrize(
    ("file", "name"), [("install_tools.sh", "install-tools"), ("setup", "setup"), ("_a.b.sh", "a-b")]
)
def test_file_gives_the_name(tmp_path: Path, file: str, name: str) -> None:
    (tmp_path / file).write_text(SCRIPT)

    assert LifecycleConfig.from_file(str(tmp_path / file)).name == name
    assert LifecycleConfig.from_file(tmp_path / file, name="other").name == "other"


def test_longest_script_is_as_long_as_the_schema_allows_in_base64() -> None:
    script = "#!/bin/bash\n".ljust(12_288, "#")

    assert LifecycleConfig.from_script(script, name="long")
    assert len(base64.b64encode(script.encode())) == SCHEMA["StudioLifecycleConfigContent"]["maxLength"]


def test_script_that_only_the_deployment_knows_is_not_judged() -> None:
    parameter = cdk.CfnParameter(empty_stack(), "Script")

    assert LifecycleConfig.from_script(parameter.value_as_string, name="setup")


def test_composition_of_one_is_that_script() -> None:
    assert defined(LifecycleConfig.composed([SETUP], name="setup")) == defined(SETUP)


def test_composition_is_for_the_app_that_one_of_its_parts_is_for() -> None:
    lab = LifecycleConfig.from_script(SCRIPT, name="lab", app=JupyterLab)

    assert list(LifecycleConfig.composed([SETUP, lab], name="both")._problems_on("CodeEditor"))


def run(tmp_path: Path, *scripts: str) -> subprocess.CompletedProcess[str]:
    parts = [LifecycleConfig.from_script(script, name=f"part-{number}") for number, script in enumerate(scripts)]
    composed = LifecycleConfig.composed(parts, name="all")
    (tmp_path / "run").write_text(composed._script or "")
    (tmp_path / "temporary").mkdir()
    environment = {"PATH": "/usr/bin:/bin", "TMPDIR": str(tmp_path / "temporary")}
    return subprocess.run(
        ["bash", tmp_path / "run"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )


def test_composition_runs_each_with_its_interpreter_and_leaves_nothing(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        "#!/bin/bash\ncat <<'END_OF_SCRIPT'\n$HOME `id` 'a'\nEND_OF_SCRIPT",
        "#!/usr/bin/env python3\nprint('from Python')\n",
        "#!/bin/sh\necho last\n",
    )

    assert (result.returncode, result.stdout, result.stderr) == (0, "$HOME `id` 'a'\nfrom Python\nlast\n", "")
    assert list((tmp_path / "temporary").iterdir()) == []


def test_composition_stops_where_one_fails_and_says_which(tmp_path: Path) -> None:
    result = run(tmp_path, "#!/bin/bash\necho first\n", "#!/bin/bash\nexit 7\n", "#!/bin/bash\necho never\n")

    assert (result.returncode, result.stdout, result.stderr) == (7, "first\n", "part-1 failed with status 7\n")
    assert list((tmp_path / "temporary").iterdir()) == []


def test_composition_of_what_has_no_interpreter_fails(tmp_path: Path) -> None:
    result = run(tmp_path, "#!/no/such/shell\n", "#!/bin/bash\necho never\n")

    assert result.returncode != 0
    assert "part-0 failed" in result.stderr
    assert "never" not in result.stdout
