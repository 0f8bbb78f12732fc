"""Asks the IAM simulator what a request comes to."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.access.documents import Document
from tests.access.references import ACCOUNT
from tests.conftest import ROOT

ALLOWED, IMPLICITLY_DENIED, EXPLICITLY_DENIED = "Allowed", "ImplicitlyDenied", "ExplicitlyDenied"


@dataclass(frozen=True)
class Case:
    """One request: who asks for what, under which policies.

    The unvalidated mode is for the policy variables of services, ``${sagemaker:DomainId}`` say. It checks no names and
    no types, and takes no resource policy.
    """

    action: str
    resource: str
    principal: str
    identity_policies: Sequence[Document]
    context: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    resource_policy: Document | None = None
    resource_account: str = ACCOUNT
    validated: bool = True

    def __str__(self) -> str:
        return f"{self.action} on {self.resource} by {self.principal} with {json.dumps(self.context)}"


class _Policies:
    """Names documents, and equal documents alike, so that each is sent once."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def name(self, document: Document) -> str:
        text = json.dumps(document, sort_keys=True)
        return self._names.setdefault(text, f"policy-{len(self._names)}")

    def by_name(self) -> dict[str, Document]:
        return {name: json.loads(text) for text, name in self._names.items()}


def decide(cases: Sequence[Case]) -> list[str]:
    """Return the decision of each case.

    Raises:
        AssertionError: the simulator did not decide some of the cases as they are; each is named.
    """
    outcomes = _simulated(cases)
    errors = [
        f"{case}: {outcome['error']}" for case, outcome in zip(cases, outcomes, strict=True) if "error" in outcome
    ]
    assert not errors, "\n".join(errors)
    return [outcome["decision"] for outcome in outcomes]


def _simulated(cases: Sequence[Case]) -> list[dict[str, str]]:
    """Return the outcome of each case; equal ones are decided once."""
    policies = _Policies()
    texts = [json.dumps(_request(case, policies)) for case in cases]
    requests = list(dict.fromkeys(texts))
    asked = {"policies": policies.by_name(), "cases": [json.loads(request) for request in requests]}
    outcomes: dict[str, dict[str, str]] = dict(zip(requests, _answers(asked), strict=True))
    return [outcomes[text] for text in texts]


def _answers(asked: dict[str, Any]) -> list[dict[str, str]]:
    """Ask the one process of this run: a line to it, a line from it."""
    node = _node()
    assert node.stdin is not None and node.stdout is not None
    node.stdin.write(json.dumps(asked) + "\n")
    node.stdin.flush()
    line = node.stdout.readline()
    assert line, "the simulator ended; its message stands above"
    answers: list[dict[str, str]] = json.loads(line)
    return answers


@cache
def _node() -> subprocess.Popen[str]:
    script = Path(__file__).with_name("simulate.mjs")
    command = [os.environ["JSII_NODE"], str(script)]
    node = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    atexit.register(node.communicate)
    return node


def _request(case: Case, policies: _Policies) -> dict[str, Any]:
    return {
        "identityPolicies": [policies.name(document) for document in case.identity_policies],
        "resourcePolicy": None if case.resource_policy is None else policies.name(case.resource_policy),
        "action": case.action,
        "principal": case.principal,
        "resource": case.resource,
        "resourceAccount": case.resource_account,
        "context": dict(case.context),
        "validated": case.validated,
    }
