"""Asks the diff of the CDK, which knows nothing of the lock, what an update would destroy."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from constructs_lib.safety.stateful import STATEFUL
from tests.conftest import ROOT

Templates = Mapping[str, str]
"""The texts of templates by stack."""

_NOTHING = '{"Resources": {}}'
_JUDGED = tuple(name for name, kind in STATEFUL.items() if not kind.when_referred)


def judge(pairs: Sequence[tuple[Templates, Templates]]) -> list[set[str]]:
    """Return what each update of templates would destroy, by STACK/LOGICALID, asking one process for all.

    Only what holds data counts. A stack that is new, or gone, has nothing in it on the other side.
    """
    asked = [
        (index, stack, before.get(stack, _NOTHING), after.get(stack, _NOTHING))
        for index, (before, after) in enumerate(pairs)
        for stack in sorted({*before, *after})
        if before.get(stack) != after.get(stack)
    ]
    destroyed: list[set[str]] = [set() for _ in pairs]
    for (index, stack, before, _), answer in zip(asked, _answers([one[2:] for one in asked]), strict=True):
        destroyed[index] |= {f"{stack}/{one}" for one in answer if _types(before)[one] in _JUDGED}
    return destroyed


def _answers(asked: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    command = [os.environ["JSII_NODE"], str(Path(__file__).with_suffix(".mjs"))]
    templates = ",".join(f"[{before},{after}]" for before, after in asked)
    result = subprocess.run(command, cwd=ROOT, input=f"[{templates}]", capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    answers: list[dict[str, str]] = json.loads(result.stdout)
    return answers


@cache
def _types(template: str) -> dict[str, str]:
    return {logical_id: resource["Type"] for logical_id, resource in json.loads(template)["Resources"].items()}
