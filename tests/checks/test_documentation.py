"""The catalogue in the documentation is the one that runs."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.checks.rule import Rule
from constructs_lib.checks.rules import RULES
from tests.checks.render import PAGE, rendered


def test_page_is_rendered_from_the_rules() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert page == rendered(page), "the rules changed: run make docs"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rules_speak_in_sentences(rule: Rule[Any]) -> None:
    assert rule.info.endswith(".") and rule.explanation.endswith(".")
    assert rule.fix and not rule.fix.endswith(".")
    assert rule.fix[0].islower()
