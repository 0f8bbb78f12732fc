"""Validation plugins whose crash is a finding."""

from __future__ import annotations

import jsii
from aws_cdk import IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport
from cdk_nag import NagPack

from constructs_lib.crash import crash_report


@jsii.implements(IPolicyValidationPlugin)
class FailClosed:
    """A cdk-nag pack that fails the synth when it crashes.

    The CDK CLI drops the report of a plugin that raises and ends with 0. The finding has no construct path: that
    is the one place that fails whichever stacks are selected.
    """

    def __init__(self, pack: NagPack) -> None:
        """Wrap a pack; its ids and acknowledgements stay as they are."""
        self._pack = pack

    @property
    def name(self) -> str:
        """The name of the pack, which prefixes the ids of its rules."""
        return self._pack.name

    @property
    def version(self) -> str | None:
        """The version of the pack."""
        return None

    @property
    def rule_ids(self) -> list[str] | None:
        """The rules of the pack: it does not list them."""
        return None

    def validate(self, context: IPolicyValidationContext) -> PolicyValidationPluginReport:
        """Return what the pack finds, or its crash."""
        try:
            return self._pack.validate_scope(context.app_construct)
        except Exception as error:
            return crash_report(self._pack.name, error)
