#!/usr/bin/env python3
"""Settings in, stacks out, checks added."""

import sys
from pathlib import Path

import aws_cdk as cdk
from cdk_nag import AwsSolutionsChecks

from constructs_lib import StudioChecks, StudioLock
from stacks.composition import define_studio
from stacks.fail_closed import FailClosed
from stacks.lock_file import lock_file
from stacks.settings_file import SettingsError, SettingsFile

# Creation stack traces name a temporary folder, and would make each synth differ from the last.
app = cdk.App(post_cli_context={"aws:cdk:disable-creation-stack-traces": True})
settings = Path(app.node.try_get_context("config") or "studio.yaml")
try:
    define_studio(app, SettingsFile.read(settings))
except SettingsError as error:
    sys.exit(str(error))
cdk.Validations.of(app).add_plugins(
    FailClosed(AwsSolutionsChecks(app, verbose=True)),
    StudioChecks(app, verbose=True),
    StudioLock(app, file=lock_file(settings)),
)
app.synth()
