"""A check that crashed, as a finding: the CDK CLI passes over a plugin that raises, and ends with 0."""

from __future__ import annotations

from aws_cdk import PolicyValidationPluginReport, PolicyViolatingResource, PolicyViolation


def crash_report(pack: str, error: Exception) -> PolicyValidationPluginReport:
    """Return the report of a pack that crashed.

    Its finding has no construct path: that is the one place that fails whichever stacks are selected. It is fatal,
    so that nobody can acknowledge it.
    """
    crash = PolicyViolation(
        rule_name="Crash",
        description=f"{pack} crashed, so nothing was checked: {type(error).__name__}: {error}",
        severity="fatal",
        violating_resources=[PolicyViolatingResource(construct_path="", locations=[])],
    )
    return PolicyValidationPluginReport(success=False, violations=[crash])
