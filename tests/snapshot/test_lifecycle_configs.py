from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk.assertions import Template
from syrupy.assertion import SnapshotAssertion

from constructs_lib import CodeEditor, Domain, JupyterLab, LifecycleConfig, NetworkAccess, UserSettings
from constructs_lib.lifecycle.lifecycle_scripts import LifecycleScripts
from tests.templates import template_of


def test_lifecycle_configs(stack: cdk.Stack, network: NetworkAccess, template_snapshot: SnapshotAssertion) -> None:
    identity = LifecycleScripts.git_identity(email_domain="example.com")
    extensions = LifecycleScripts.install_code_editor_extensions(["ms-python.python@2024.12.3"])
    settings = UserSettings(
        jupyter_lab=JupyterLab(
            built_in_lifecycle_config=LifecycleScripts.idle_shutdown(Duration.hours(2)),
            lifecycle_config=identity,
            lifecycle_configs=[
                LifecycleScripts.mount_home_efs(),
                LifecycleScripts.install_jupyter_extensions(["jupyterlab-git==0.50.2"]),
            ],
        ),
        code_editor=CodeEditor(lifecycle_config=LifecycleConfig.composed([identity, extensions], name="team")),
    )
    Domain(stack, "Studio", network=network, default_user_settings=settings)

    resources = Template.from_stack(stack).find_resources("AWS::SageMaker::StudioLifecycleConfig")

    # By line, since a script is read by line.
    assert {
        name: resource["Properties"]
        | {
            "StudioLifecycleConfigContent": resource["Properties"]["StudioLifecycleConfigContent"]["Fn::Base64"].split(
                "\n"
            )
        }
        for name, resource in resources.items()
    } == template_snapshot


def test_domain_with_one(stack: cdk.Stack, network: NetworkAccess, template_snapshot: SnapshotAssertion) -> None:
    setup = LifecycleConfig.from_script("#!/bin/bash\necho ready\n", name="setup")
    settings = UserSettings(
        jupyter_lab=JupyterLab(lifecycle_config=setup), code_editor=CodeEditor(built_in_lifecycle_config=setup)
    )
    Domain(stack, "Studio", network=network, default_user_settings=settings)

    assert template_of(stack) == template_snapshot
