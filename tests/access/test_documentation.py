"""What the documentation says of the contract, and that it covers what it must."""

from __future__ import annotations

import re

from tests.access.contract import contract
from tests.access.render import PAGE, rendered

CLOSED_BY_IAM = {*range(1, 13), 15, 16, 17, 18}
ASSERTED_ON_THE_TEMPLATE = {13, 14}


def test_page_is_rendered_from_the_contract() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert page == rendered(page), "the contract changed: run make docs"


def test_every_escalation_path_that_iam_closes_has_a_row() -> None:
    assert {path for section in contract() for row in section.rows for path in row.paths} == CLOSED_BY_IAM


def test_page_lists_every_escalation_path() -> None:
    listed = re.findall(r"^\| (\d+) \|", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert {int(number) for number in listed} == CLOSED_BY_IAM | ASSERTED_ON_THE_TEMPLATE
