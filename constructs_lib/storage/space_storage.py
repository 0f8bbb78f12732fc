"""The EBS volume of a space."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aws_cdk import Size, SizeRoundingBehavior

from constructs_lib.errors import check_type
from constructs_lib.quantity import check_whole, is_above

MINIMUM_GIB = 5
MAXIMUM_GIB = 16_384


@dataclass(frozen=True)
class SpaceStorage:
    """The size that the volume of a space has when nobody says one, and the largest it may get.

    A volume grows and never shrinks.

    Attributes:
        default_gib: the size without a word, in GiB.
        maximum_gib: the largest size, in GiB.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-jl-admin-guide-storage.html
    """

    default_gib: float
    maximum_gib: float

    def __init__(self, *, default: Size | None = None, maximum: Size | None = None) -> None:
        """Define both sizes.

        Args:
            default: whole GiB, 5..16384. Default: 20 GiB, or the maximum if that is less.
            maximum: whole GiB, 5..16384. Default: 100 GiB, or the default size if that is more.

        Raises:
            TypeError: a size is no ``Size``.
            ValueError: a size is out of range, or the default is above the maximum.
        """
        for argument, given in (("default", default), ("maximum", maximum)):
            check_type(argument, given, Size, "Size.gibibytes(50) say")
        default_gib = None if default is None else whole_gibibytes("default of storage", default)
        maximum_gib = None if maximum is None else whole_gibibytes("maximum of storage", maximum)
        if default_gib is None:
            default_gib = maximum_gib if maximum_gib is not None and is_above(20, maximum_gib) else 20
        if maximum_gib is None:
            maximum_gib = default_gib if is_above(default_gib, 100) else 100
        if is_above(default_gib, maximum_gib):
            raise ValueError(
                f"default of storage must be at most its maximum of {maximum_gib} GiB, got {default_gib}; "
                f"pass maximum=Size.gibibytes({default_gib}) or more"
            )
        object.__setattr__(self, "default_gib", default_gib)
        object.__setattr__(self, "maximum_gib", maximum_gib)

    def __repr__(self) -> str:
        return f"SpaceStorage(default=Size.gibibytes({self.default_gib}), maximum=Size.gibibytes({self.maximum_gib}))"

    def _problems_of(self, gibibytes: float) -> Iterator[str]:
        """Say why a single space cannot have a volume of this size."""
        if is_above(gibibytes, self.maximum_gib):
            yield (
                f"storage must be at most {self.maximum_gib} GiB, as the owner or the domain allows, got {gibibytes}; "
                f"pass a smaller size, or SpaceStorage(maximum=Size.gibibytes({gibibytes})) there"
            )

    def _render(self) -> dict[str, Any]:
        return {
            "defaultEbsStorageSettings": {
                "defaultEbsVolumeSizeInGb": self.default_gib,
                "maximumEbsVolumeSizeInGb": self.maximum_gib,
            }
        }


def whole_gibibytes(what: str, size: Size) -> float:
    """Return a size in GiB.

    Raises:
        ValueError: it is not 5..16384 whole GiB.
    """
    return check_whole(
        what,
        size.to_gibibytes(rounding=SizeRoundingBehavior.NONE),
        minimum=MINIMUM_GIB,
        maximum=MAXIMUM_GIB,
        unit="GiB",
        make="Size.gibibytes",
    )
