"""The policy pack for Studio."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import jsii
from aws_cdk import (
    Duration,
    IPolicyValidationContext,
    IPolicyValidationPlugin,
    PolicyValidationPluginReport,
    PolicyViolatingResource,
    PolicyViolation,
)
from constructs import Construct

from constructs_lib.checks.acknowledgements import STALE, stale
from constructs_lib.checks.judgement import Verdict, judge
from constructs_lib.checks.rule import PACK, Level, Rule
from constructs_lib.checks.rules import RULES
from constructs_lib.checks.rules.idle_shutdown import IDLE_SHUTDOWN, idle_shutdown
from constructs_lib.checks.studio import Studio
from constructs_lib.crash import crash_report
from constructs_lib.errors import check_type
from constructs_lib.lifecycle.idle_shutdown import idle_minutes
from constructs_lib.templates.acknowledged import acknowledged_around
from constructs_lib.templates.assembly import Acknowledged, Assembly
from constructs_lib.templates.deployment import Deployment


@jsii.implements(IPolicyValidationPlugin)
class StudioChecks:
    """A policy pack that judges SageMaker Studio in any CDK app, whether or not it uses this library.

    It is added as the packs of cdk-nag are, and its findings are acknowledged in the same way, by the name of the pack
    and the id of the rule::

        Validations.of(app).add_plugins(StudioChecks(app, verbose=True))
        Validations.of(domain).acknowledge(Acknowledgment(id="Studio::Studio-VpcOnly", reason="..."))

    It reads what was synthesized, stages and nested stacks included, and follows references from stack to stack. What
    only the deployment knows is a finding of its own, ``Studio-VpcOnly[Unresolved]`` say. A pack that crashes fails
    the synth, and an acknowledgement that acknowledges nothing is a warning, ``Studio-StaleAcknowledgement``. The
    rules are in ``docs/checks.md``.
    """

    def __init__(
        self, scope: Construct | None = None, *, verbose: bool = False, maximum_idle_time: Duration | None = None
    ) -> None:
        """Define the pack; ``Validations.of(scope).add_plugins(...)`` adds it.

        Args:
            scope: what the pack is added to, as the packs of cdk-nag take it: an app, or a stage that is judged by
                itself. Default: whichever it is added to.
            verbose: whether findings say why they matter, and which controls they are of. Default: they do not.
            maximum_idle_time: how long an app of Studio may be idle before it must be stopped. Default: one day.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the time is not 60 to 525,600 whole minutes.
        """
        check_type("scope", scope, Construct, "an App or a Stage")
        check_type("verbose", verbose, bool, "True or False")
        check_type("maximum_idle_time", maximum_idle_time, Duration, "Duration.hours(8) say")
        self._verbose = verbose
        self._rules = list(RULES)
        if maximum_idle_time is not None:
            limited = idle_shutdown(idle_minutes("maximum_idle_time", maximum_idle_time))
            self._rules[RULES.index(IDLE_SHUTDOWN)] = limited

    @property
    def name(self) -> str:
        """The name of the pack, which stands before the ids of its rules."""
        return PACK

    @property
    def version(self) -> str | None:
        """The version of the pack: none of its own."""
        return None

    @property
    def rule_ids(self) -> list[str]:
        """The ids of the rules."""
        return [rule.id for rule in self._rules]

    def validate(self, context: IPolicyValidationContext) -> PolicyValidationPluginReport:
        """Return what the rules find in the templates; the CDK calls this at the end of a synth."""
        try:
            return self._report(context)
        except Exception as error:
            return crash_report(PACK, error)

    def _report(self, context: IPolicyValidationContext) -> PolicyValidationPluginReport:
        assembly = Assembly(context.stack_templates)
        studio = Studio(Deployment(assembly.templates, assembly.nested))
        verdicts = list(judge(self._rules, studio))
        around = acknowledged_around([one.construct_path for one in assembly.templates], context.app_construct)
        violations = [*self._violations(verdicts), *self._stale(assembly, verdicts, around)]
        success = all(one.severity != Level.ERROR.value for one in violations)
        return PolicyValidationPluginReport(success=success, violations=violations)

    def _violations(self, verdicts: Sequence[Verdict]) -> Iterator[PolicyViolation]:
        """Yield one violation for all resources of which the same is said."""
        alike: dict[tuple[Rule[Any], str, str, str], list[Verdict]] = defaultdict(list)
        for verdict in verdicts:
            alike[verdict.rule, verdict.id, verdict.location, verdict.message].append(verdict)
        for (rule, id, location, message), found in alike.items():
            yield PolicyViolation(
                rule_name=id,
                description=self._description(rule, location, message),
                fix=rule.fix,
                severity=rule.level.value,
                violating_resources=[
                    PolicyViolatingResource(
                        resource_logical_id=verdict.resource.logical_id,
                        template_path=str(verdict.resource.template.path),
                        locations=[location],
                    )
                    for verdict in found
                ],
            )

    def _description(self, rule: Rule[Any], location: str, message: str) -> str:
        brief = f"{rule.info} {location.removeprefix('Properties.')} {message}."
        if not self._verbose:
            return brief
        controls = str(rule.controls)
        return f"{brief} {rule.explanation}" + (f" (Controls: {controls}.)" if controls else "")

    def _stale(
        self, assembly: Assembly, verdicts: Sequence[Verdict], around: Iterable[Acknowledged]
    ) -> Iterator[PolicyViolation]:
        found = {
            (verdict.id, assembly.construct_path(verdict.resource.template, verdict.resource.logical_id))
            for verdict in verdicts
        }
        for one in stale([*assembly.acknowledged, *around], found, self.rule_ids):
            yield PolicyViolation(
                rule_name=STALE,
                description=f"An acknowledgement acknowledges nothing. {one.message}.",
                fix=one.fix,
                severity=Level.WARNING.value,
                violating_resources=[PolicyViolatingResource(construct_path=one.construct_path, locations=[])],
            )
