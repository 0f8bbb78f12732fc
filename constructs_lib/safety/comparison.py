"""Holds the resources of an app against those of a lock."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from constructs_lib.safety.change import Change, Danger
from constructs_lib.safety.deployed_stack import DeployedStack
from constructs_lib.safety.locked_resource import LockedResource
from constructs_lib.safety.stateful_resources import StatefulResources


def compare(locked: Mapping[str, LockedResource], present: StatefulResources) -> list[Change]:
    """Return what would be lost, one change for each thing that is wrong with a resource."""
    return list(_Comparison(locked, present).changes())


class _Comparison:
    def __init__(self, locked: Mapping[str, LockedResource], present: StatefulResources) -> None:
        self._present = present
        self._stacks = _still_there({one.stack for one in locked.values()}, present.stacks)
        self._pairs = [(one, self._counterpart(one)) for one in locked.values()]
        known = {one.key for _, one in self._pairs if one is not None}
        self._new = [one for key, one in present.resources.items() if key not in known]

    def changes(self) -> Iterator[Change]:
        found = [change for old, new in self._pairs for change in self._of_pair(old, new)]
        yield from map(self._held, [*found, *self._following(found)])

    def _change(self, danger: Danger, old: LockedResource, new: LockedResource | None, message: str) -> Change:
        return Change(danger, old, new, self._nearest(old), message)

    def _nearest(self, old: LockedResource) -> DeployedStack | None:
        """Return the stack of a resource, or if that is nested and gone, the nearest around that is left."""
        stack, outer = self._stacks[old.stack], DeployedStack.parse(old.stack).outer
        while stack is None and outer is not None:
            stack, outer = outer.among(self._present.stacks), outer.outer
        return stack

    def _counterpart(self, old: LockedResource) -> LockedResource | None:
        stack = self._stacks[old.stack]
        new = self._present.resources.get(f"{stack}/{old.logical_id}")
        return new if new is not None and new.type == old.type else None

    def _of_pair(self, old: LockedResource, new: LockedResource | None) -> Iterator[Change]:
        if new is None:
            yield from self._gone(old)
            return
        for different in self._different_properties(old, new):
            yield self._change(Danger.REPLACED, old, new, f"{different}; {_replaced(old, new)}")
        if old.condition != new.condition and new.condition is not None:
            message = f"{_must('Condition', old.condition, new.condition)}; where it does not hold, {_removed(old)}"
            yield self._change(Danger.CONDITION, old, new, message)
        for policy in ("DeletionPolicy", "UpdateReplacePolicy"):
            if old.keeps(policy) and not new.keeps(policy):
                message = f"{_must(policy, old.policies[policy], new.policies.get(policy))}; nothing guards {old.loss}"
                yield self._change(Danger.DELETION_POLICY, old, new, message)
        if old.app_type != new.app_type:
            message = (
                f"{_must('AppType', old.app_type, new.app_type)}; SageMaker updates it for no space, and another space "
                f"is without {old.loss}"
            )
            yield self._change(Danger.APP_TYPE, old, new, message)
        if _is_smaller(old.volume_gib, new.volume_gib):
            message = (
                f"{_must(old.kind.size or '', old.volume_gib, new.volume_gib)}; no update makes {old.loss} smaller"
            )
            yield self._change(Danger.SHRUNK, old, new, message)

    def _gone(self, old: LockedResource) -> Iterator[Change]:
        elsewhere = [one for one in self._new if one.type == old.type and self._is_same(old, one)]
        here = [one for one in elsewhere if one.stack == str(self._stacks[old.stack])]
        if len(here) == 1:
            different = _must("its logical id", old.logical_id, here[0].logical_id)
            yield self._elsewhere(Danger.RENAMED, old, here[0], different)
        elif len(elsewhere) == 1:
            yield self._elsewhere(Danger.MOVED, old, elsewhere[0], _must("its stack", old.stack, elsewhere[0].stack))
        elif old.kind.when_referred:
            return  # nothing refers to it any more, and what did so is found itself
        elif self._nearest(old) is None:
            message = f"its stack {old.stack} must stay in the app, got none; nothing watches {old.loss}"
            yield self._change(Danger.STACK_GONE, old, None, message)
        else:
            message = f"it must stay in the app, got nothing; {_removed(old)}"
            yield self._change(Danger.REMOVED, old, None, message)

    def _elsewhere(self, danger: Danger, old: LockedResource, new: LockedResource, different: str) -> Change:
        differences = "; ".join([different, *self._different_properties(old, new)])
        return self._change(danger, old, new, f"{differences}; another, empty one is made, and {_removed(old)}")

    def _different_properties(self, old: LockedResource, new: LockedResource) -> Iterator[str]:
        """Yield in which properties two resources differ that CloudFormation replaces one of them for."""
        for name in sorted({*old.properties, *new.properties}):
            before, after = (self._translated(one.properties.get(name), old, new) for one in (old, new))
            if before != after and not (name in old.kind.conditional and before is None):
                yield _must(name, before, after)

    def _is_same(self, old: LockedResource, new: LockedResource) -> bool:
        """Whether another logical id means the same thing, by the name if it has one."""
        named = old.kind.name
        if named is not None and named in old.properties:
            return bool(old.properties[named] == new.properties.get(named))
        return old.construct is not None and _last(old.construct) == _last(new.construct)

    def _following(self, changes: list[Change]) -> Iterator[Change]:
        """Yield what is replaced because a property refers to something that is replaced."""
        replaced = [one.present for one in changes if one.danger is Danger.REPLACED and one.present is not None]
        known = {one.key for one in replaced}
        while replaced:
            following = []
            for old, new in self._pairs:
                if new is None or new.key in known:
                    continue
                for one in replaced:
                    if name := new.refers_to(one):
                        known.add(new.key)
                        following.append(new)
                        message = f"{name} must stay, got that of {one.key} after it is replaced; {_replaced(old, new)}"
                        yield replace(self._change(Danger.REPLACED, old, new, message), cause=one.key)
                        break
            replaced = following

    def _held(self, change: Change) -> Change:
        """Note who refers to a domain that is no longer the same, and would go on with the one that is gone."""
        domain = change.locked
        if domain.type != "AWS::SageMaker::Domain" or change.danger not in _NOT_THE_SAME:
            return change
        held_by = set(self._present.weak_references_to(change.present.key) if change.present is not None else ())
        if change.present is None:
            own = self._stacks[domain.stack]
            referring = (new for old, new in self._pairs if new is not None and old.refers_to(domain))
            stacks = {DeployedStack.parse(one.stack) for one in referring}
            held_by = {self._present.stacks[one] for one in stacks if one != own}
        return replace(change, held_by=tuple(sorted(held_by)))

    def _translated(self, value: Any, old: LockedResource, new: LockedResource) -> Any:
        """Return a value with its stacks as they are called now, and with what is known of where its own is."""
        if value is None:
            return None
        text = json.dumps(value, sort_keys=True, ensure_ascii=False)
        for name, stack in self._stacks.items():
            if stack is not None and str(stack) != name:
                text = text.replace(f"<{name}/", f"<{stack}/")
        for stack in map(DeployedStack.parse, (old.stack, new.stack)):
            for pseudo_parameter, known in stack.pseudo_parameters.items():
                text = text.replace(f"${{{pseudo_parameter}}}", known)
        return json.loads(text)


_NOT_THE_SAME = (
    Danger.CONDITION,
    Danger.MOVED,
    Danger.REMOVED,
    Danger.RENAMED,
    Danger.REPLACED,
    Danger.STACK_GONE,
)


def _still_there(names: set[str], present: Mapping[DeployedStack, str]) -> dict[str, DeployedStack | None]:
    """Return which stack of the app each locked one is; two locked ones are not the same one."""
    found: dict[str, DeployedStack | None] = {}
    for stack in sorted(map(DeployedStack.parse, names), key=lambda one: one not in present):
        match = stack.among(one for one in present if one not in found.values())
        found[str(stack)] = match
    return found


def _must(name: str, before: Any, after: Any) -> str:
    return f"{name} must stay {_shown(before)}, got {_shown(after)}"


def _replaced(old: LockedResource, new: LockedResource) -> str:
    if old.keeps("UpdateReplacePolicy") and new.keeps("UpdateReplacePolicy"):
        return f"CloudFormation makes another, empty one, and leaves behind, in no stack, {old.loss}"
    return f"CloudFormation makes another, empty one, and deletes {old.loss}"


def _removed(old: LockedResource) -> str:
    if old.keeps("DeletionPolicy"):
        return f"CloudFormation leaves behind, in no stack, {old.loss}"
    return f"CloudFormation deletes {old.loss}"


def _shown(value: Any) -> str:
    match value:
        case None:
            return "absent"
        case str() | int():
            return str(value)
        case _:
            return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _is_smaller(before: int | str | None, after: int | str | None) -> bool:
    """Whether a volume may get smaller: a size that only the deployment knows, or that is left out, may be any."""
    if before is None or before == after:
        return False
    return not (isinstance(before, int) and isinstance(after, int) and before < after)


def _last(construct: str | None) -> str:
    return (construct or "").removesuffix("/Resource").rpartition("/")[2]
