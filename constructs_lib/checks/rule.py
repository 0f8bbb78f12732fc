"""What a rule of the pack is, and what it finds."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from constructs_lib.templates.resource import Part, UnresolvedProperty

if TYPE_CHECKING:
    from constructs_lib.checks.studio import Studio

Judged = TypeVar("Judged", bound=Part)

PACK = "Studio"
"""The name of the pack, before the ids of its rules."""


class Level(enum.Enum):
    """How much a finding weighs: an error fails the synth, a warning fails it with ``--strict``."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True)
class Controls:
    """The controls that a rule serves, where one fits.

    Attributes:
        nist: of NIST SP 800-53 Rev. 5.
        hipaa: of the HIPAA Security Rule, 45 CFR.
        pci_dss: of PCI DSS 3.2.1.
    """

    nist: tuple[str, ...] = ()
    hipaa: tuple[str, ...] = ()
    pci_dss: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the controls as a reader looks them up."""
        named = {"NIST 800-53 R5": self.nist, "HIPAA": self.hipaa, "PCI DSS 3.2.1": self.pci_dss}
        return "; ".join(f"{standard}: {', '.join(ids)}" for standard, ids in named.items() if ids)


@dataclass(frozen=True)
class Finding:
    """What is wrong at one place.

    Attributes:
        part: the place.
        path: the property below it.
        message: what must be there, and what is.
        detail: which of several findings on a resource it is, for those that are acknowledged one by one.
    """

    part: Part
    path: str
    message: str
    detail: str | None = None


def all_of(*checks: Iterator[Finding]) -> Iterator[Finding]:
    """Yield what is wrong by any of several checks, and only then raise what one of them cannot tell."""
    unknown = None
    for check in checks:
        try:
            yield from check
        except UnresolvedProperty as error:
            unknown = unknown or error
    if unknown is not None:
        raise unknown


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule(Generic[Judged]):
    """One thing that a Studio must be.

    Attributes:
        name: what comes after ``Studio-`` in its id.
        level: how much its findings weigh.
        info: what is wrong where it finds something, in one sentence.
        explanation: why that matters.
        fix: what to do.
        controls: the controls that it serves.
        subjects: which parts of a deployment it judges.
        check: yields what is wrong with one of them.
    """

    name: str
    level: Level
    info: str
    explanation: str
    fix: str
    controls: Controls = Controls()
    subjects: Callable[[Studio], Iterable[Judged]]
    check: Callable[[Judged, Studio], Iterator[Finding]]

    @property
    def id(self) -> str:
        """The id of the rule, without the name of the pack that an acknowledgement puts before it."""
        return f"{PACK}-{self.name}"
