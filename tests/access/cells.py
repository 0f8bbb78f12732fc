"""The cells of the contract: one request by one actor, and the answer that must come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.access.contract import NEVER, YES, Row, Section, contract
from tests.access.documents import Document
from tests.access.requests import case
from tests.access.simulator import ALLOWED, Case
from tests.access.studios import Actor, Studio, studio
from tests.access.wide_policies import everything, full_access, start_session_anywhere


@dataclass(frozen=True)
class Cell:
    """What one actor may do of one row."""

    section: Section
    row: Row
    actor_name: str

    @property
    def expected(self) -> str:
        """The answer in the contract."""
        return self.row.answers[self.actor_name]

    @property
    def studio(self) -> Studio:
        """Where it is asked."""
        return studio(self.section.studio)

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return self.studio.actors[self.actor_name]

    def __str__(self) -> str:
        return f"{self.section.title}: {self.row.words}: {self.actor_name}"

    def case(self, policies: Iterable[Document]) -> Case:
        """The request under these policies, with those that the actor has in the account."""
        return case(self.row, self.studio, self.actor, tuple(policies))

    def wide_policies(self) -> list[list[Document]]:
        """What somebody may have attached beside the actor's own policies, one after the other."""
        domain_id = self.studio.domain_ids[self.actor.domain]
        return [[full_access(domain_id, self.actor.user_profile_name), start_session_anywhere()], [everything()]]

    def is_right(self, decision: str) -> bool:
        """Whether a decision under the actor's own policies is as the contract says."""
        return (decision == ALLOWED) == (self.expected == YES)


def cells() -> list[Cell]:
    """All cells of the contract."""
    return [Cell(section, row, actor) for section in contract() for row in section.rows for actor in row.answers]


def cells_that_never() -> list[Cell]:
    """The cells that no other policy may open."""
    return [cell for cell in cells() if cell.expected == NEVER]
