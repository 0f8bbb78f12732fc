"""The lock: a synth that would lose what people work in fails."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import jsii
from aws_cdk import (
    IPolicyValidationContext,
    IPolicyValidationPlugin,
    PolicyValidationPluginReport,
    PolicyViolatingResource,
    PolicyViolation,
)
from constructs import Construct

from constructs_lib.crash import crash_report
from constructs_lib.errors import check_type
from constructs_lib.safety.change import Change, Danger, accept
from constructs_lib.safety.comparison import compare
from constructs_lib.safety.lock_file import LockError, LockFile
from constructs_lib.safety.locked_resource import LockedResource
from constructs_lib.safety.stateful_resources import StatefulResources
from constructs_lib.templates.acknowledged import acknowledged_around
from constructs_lib.templates.assembly import Assembly

_NAME = "StudioLock"
_EVERYWHERE = ""  # the one construct path that fails whichever stacks are selected
_UNSEEN = "Unseen"  # the one thing that nobody can mend here, and may acknowledge


@jsii.implements(IPolicyValidationPlugin)
class StudioLock:
    """Fails a synth that would lose what people work in, in any CDK app, whether or not it uses this library.

    The lock is a file that is committed beside the app. It holds the domains, user profiles, spaces, keys, file
    systems and buckets of the app, with the properties that CloudFormation replaces them for, their deletion policies
    and the sizes of their volumes. At each synth the new templates are held against it: what would replace or remove a
    resource, move it to another stack, weaken a policy, shrink a volume or change the app of a space fails, until the
    change is accepted by name::

        Validations.of(app).add_plugins(StudioLock(app, file="studio.lock.json"))

        python -m constructs_lib.safety.lock studio.lock.json --accept STACK/LOGICALID

    What would be lost cannot be acknowledged. A lock that cannot be read, or that this crashes on, fails the synth
    whichever stacks are selected; other findings fail it where their stacks are, so that pipelines synthesize ``'**'``
    first. What is not in the lock yet, and a lock that is missing, are warnings. ``docs/data-safety.md`` is the guide.
    """

    def __init__(self, scope: Construct | None = None, *, file: str | os.PathLike[str]) -> None:
        """Define the lock; ``Validations.of(scope).add_plugins(...)`` adds it.

        Args:
            scope: what it is added to, as the packs of cdk-nag take it: an app, or a stage with a lock of its own.
                Default: whichever it is added to.
            file: the file of the lock, which the command makes.

        Raises:
            TypeError: an argument is of another type.
        """
        check_type("scope", scope, Construct, "an App or a Stage")
        self._file = LockFile(Path(file))

    @property
    def name(self) -> str:
        """The name of the lock, which stands before the ids of its findings."""
        return _NAME

    @property
    def version(self) -> str | None:
        """The version of the lock: none of its own."""
        return None

    @property
    def rule_ids(self) -> list[str]:
        """The ids of what it finds."""
        return [*(danger.value for danger in Danger), "Acknowledged", "Missing", "OutOfDate", "Unreadable", _UNSEEN]

    def validate(self, context: IPolicyValidationContext) -> PolicyValidationPluginReport:
        """Return what would be lost by the templates; the CDK calls this at the end of a synth."""
        try:
            violations = list(self._violations(context))
        except Exception as error:
            return crash_report(_NAME, error)
        success = all(one.severity == "warning" for one in violations)
        return PolicyValidationPluginReport(success=success, violations=violations)

    @property
    def _make(self) -> str:
        return (
            f"run python -m constructs_lib.safety.lock {self._file.path}, or make lock with the CONFIG of the synth, "
            "and commit the file; this cannot be acknowledged"
        )

    def _violations(self, context: IPolicyValidationContext) -> Iterator[PolicyViolation]:
        assembly = Assembly(context.stack_templates)
        around = acknowledged_around([one.construct_path for one in assembly.templates], context.app_construct)
        for one in [*assembly.acknowledged, *around]:
            namespace, _, id = one.id.partition("::")
            if namespace.lower() == _NAME.lower() and id != _UNSEEN:
                yield _error(
                    "Acknowledged",
                    f"[{one.construct_path or 'the app'}] what the lock finds must not be acknowledged, got {one.id}",
                    "remove the acknowledgement; what would be lost is accepted by name, and a lock that is missing or "
                    "out of date is made anew",
                    _EVERYWHERE,
                )
        present = StatefulResources(assembly)
        try:
            locked = self._file.read()
        except LockError as error:
            yield _error("Unreadable", str(error), "restore it, then accept changes by name", _EVERYWHERE)
            return
        for path, what in present.unseen:
            yield _warning(
                _UNSEEN, f"the lock cannot guard {what}", "define it in the app, or acknowledge this", [path]
            )
        if locked is None:
            yield _warning(
                "Missing", f"{self._file.path} must guard what there is, got no file", self._make, [_EVERYWHERE]
            )
        else:
            yield from self._differences(locked, present)

    def _differences(
        self, locked: Mapping[str, LockedResource], present: StatefulResources
    ) -> Iterator[PolicyViolation]:
        changes = compare(locked, present)
        together: dict[tuple[Danger, str, str | None], list[Change]] = defaultdict(list)
        for change in changes:
            if change.danger is Danger.STACK_GONE or change.cause is not None:
                together[change.danger, change.locked.stack, change.cause].append(change)
            else:
                yield _error(change.danger.value, str(change), change.way_out(self._file.path), _path(change, present))
        for (danger, stack, cause), found in together.items():
            losses = "; ".join(change.locked.loss for change in found)
            if cause is None:
                description = (
                    f"stack {stack} must stay in the app, got none; what it has stays deployed, and nothing watches "
                    f"{losses}"
                )
                name = f"{stack}/*"
            else:
                description = (
                    f"{cause} must stay, got another; with it, in stack {stack}, CloudFormation replaces {losses}"
                )
                name = found[0].locked.key if len(found) == 1 else "STACK/LOGICALID"
            held = next((change for change in found if change.held_by), None)
            yield _violation(
                danger.value,
                "fatal",
                description,
                held.way_out(self._file.path) if held else f"take the change back, or {accept(self._file.path, name)}",
                sorted({_path(change, present) for change in found}),
            )
        endangered = {change.present.key for change in changes if change.present is not None}
        unknown = [one for key, one in present.resources.items() if locked.get(key) != one and key not in endangered]
        if unknown:
            yield _warning(
                "OutOfDate",
                f"{self._file.path} must know what is in the app, got other values or none for "
                f"{', '.join(one.key for one in unknown)}",
                self._make,
                [one.construct or _EVERYWHERE for one in unknown],
            )


def _path(change: Change, present: StatefulResources) -> str:
    """Return where a finding belongs: to the resource, or to the stack that it is missing in."""
    if change.stack is None:
        return _EVERYWHERE
    if change.present is not None and change.present.construct is not None:
        return change.present.construct
    return present.stacks[change.stack]


def _error(id: str, description: str, fix: str, construct_path: str) -> PolicyViolation:
    """Return a finding that nobody can acknowledge."""
    return _violation(id, "fatal", description, fix, [construct_path])


def _warning(id: str, description: str, fix: str, construct_paths: Iterable[str]) -> PolicyViolation:
    return _violation(id, "warning", description, fix, construct_paths)


def _violation(id: str, severity: str, description: str, fix: str, construct_paths: Iterable[str]) -> PolicyViolation:
    return PolicyViolation(
        rule_name=id,
        description=f"{description}.",
        fix=fix,
        severity=severity,
        violating_resources=[PolicyViolatingResource(construct_path=one, locations=[]) for one in construct_paths],
    )
