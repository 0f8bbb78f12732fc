"""Change sets of nothing but outputs, which AWS executes and the emulator takes for empty."""

from __future__ import annotations

from typing import Any

from ministack.services import cloudformation
from ministack.services.cloudformation import handlers

_EMPTY = "The submitted information didn't contain changes."


def offer_outputs() -> None:
    """Let change sets be executed that change the outputs of a stack alone."""
    built_in = handlers._ACTION_HANDLERS["CreateChangeSet"]

    def create(params: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        before = set(cloudformation._change_sets)
        answer: tuple[int, dict[str, str], bytes] = built_in(params)
        for created in set(cloudformation._change_sets) - before:
            change_set = cloudformation._change_sets[created]
            stack = cloudformation._stacks.get(change_set["StackName"])
            if change_set["StatusReason"].startswith(_EMPTY) and stack and _outputs(change_set) != _outputs(stack):
                change_set.update(Status="CREATE_COMPLETE", ExecutionStatus="AVAILABLE", StatusReason="")
        return answer

    handlers._ACTION_HANDLERS["CreateChangeSet"] = create


def _outputs(owner: dict[str, Any]) -> Any:
    return owner["_template"].get("Outputs", {})
