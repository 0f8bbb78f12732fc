"""What an app of a space runs on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from aws_cdk import Token

from constructs_lib.compute.app_instance_types import FAMILIES_UNKNOWN_TO_SCHEMA, SIZES_BY_FAMILY
from constructs_lib.errors import check_type

_GPU_FAMILY = re.compile(r"[gp]\d")

# See https://docs.aws.amazon.com/sagemaker/latest/dg/remote-access.html
_TOO_SMALL_FOR_SESSIONS = frozenset(
    {
        "ml.c5.large",
        "ml.c6i.large",
        "ml.c6id.large",
        "ml.c7i.large",
        "ml.t3.medium",
        "ml.t3.micro",
        "ml.t3.small",
    }
)


@dataclass(frozen=True)
class InstanceType:
    """An instance type of SageMaker Studio's apps.

    The constants are the types that the API listed when this release was made. ``InstanceType.of``
    is the door for newer ones: these are passed on and not judged.

    Args:
        name: such as ``ml.g5.xlarge``, or a token that stands for one.

    Raises:
        TypeError: the name is no text.
        ValueError: the name does not have the form ``ml.FAMILY.SIZE``.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceSpec.html
    """

    name: str

    SYSTEM: ClassVar[InstanceType]
    ML_C5_LARGE: ClassVar[InstanceType]
    ML_C5_XLARGE: ClassVar[InstanceType]
    ML_C5_2XLARGE: ClassVar[InstanceType]
    ML_C5_4XLARGE: ClassVar[InstanceType]
    ML_C5_9XLARGE: ClassVar[InstanceType]
    ML_C5_12XLARGE: ClassVar[InstanceType]
    ML_C5_18XLARGE: ClassVar[InstanceType]
    ML_C5_24XLARGE: ClassVar[InstanceType]
    ML_C6I_LARGE: ClassVar[InstanceType]
    ML_C6I_XLARGE: ClassVar[InstanceType]
    ML_C6I_2XLARGE: ClassVar[InstanceType]
    ML_C6I_4XLARGE: ClassVar[InstanceType]
    ML_C6I_8XLARGE: ClassVar[InstanceType]
    ML_C6I_12XLARGE: ClassVar[InstanceType]
    ML_C6I_16XLARGE: ClassVar[InstanceType]
    ML_C6I_24XLARGE: ClassVar[InstanceType]
    ML_C6I_32XLARGE: ClassVar[InstanceType]
    ML_C6ID_LARGE: ClassVar[InstanceType]
    ML_C6ID_XLARGE: ClassVar[InstanceType]
    ML_C6ID_2XLARGE: ClassVar[InstanceType]
    ML_C6ID_4XLARGE: ClassVar[InstanceType]
    ML_C6ID_8XLARGE: ClassVar[InstanceType]
    ML_C6ID_12XLARGE: ClassVar[InstanceType]
    ML_C6ID_16XLARGE: ClassVar[InstanceType]
    ML_C6ID_24XLARGE: ClassVar[InstanceType]
    ML_C6ID_32XLARGE: ClassVar[InstanceType]
    ML_C7I_LARGE: ClassVar[InstanceType]
    ML_C7I_XLARGE: ClassVar[InstanceType]
    ML_C7I_2XLARGE: ClassVar[InstanceType]
    ML_C7I_4XLARGE: ClassVar[InstanceType]
    ML_C7I_8XLARGE: ClassVar[InstanceType]
    ML_C7I_12XLARGE: ClassVar[InstanceType]
    ML_C7I_16XLARGE: ClassVar[InstanceType]
    ML_C7I_24XLARGE: ClassVar[InstanceType]
    ML_C7I_48XLARGE: ClassVar[InstanceType]
    ML_G4DN_XLARGE: ClassVar[InstanceType]
    ML_G4DN_2XLARGE: ClassVar[InstanceType]
    ML_G4DN_4XLARGE: ClassVar[InstanceType]
    ML_G4DN_8XLARGE: ClassVar[InstanceType]
    ML_G4DN_12XLARGE: ClassVar[InstanceType]
    ML_G4DN_16XLARGE: ClassVar[InstanceType]
    ML_G5_XLARGE: ClassVar[InstanceType]
    ML_G5_2XLARGE: ClassVar[InstanceType]
    ML_G5_4XLARGE: ClassVar[InstanceType]
    ML_G5_8XLARGE: ClassVar[InstanceType]
    ML_G5_12XLARGE: ClassVar[InstanceType]
    ML_G5_16XLARGE: ClassVar[InstanceType]
    ML_G5_24XLARGE: ClassVar[InstanceType]
    ML_G5_48XLARGE: ClassVar[InstanceType]
    ML_G6_XLARGE: ClassVar[InstanceType]
    ML_G6_2XLARGE: ClassVar[InstanceType]
    ML_G6_4XLARGE: ClassVar[InstanceType]
    ML_G6_8XLARGE: ClassVar[InstanceType]
    ML_G6_12XLARGE: ClassVar[InstanceType]
    ML_G6_16XLARGE: ClassVar[InstanceType]
    ML_G6_24XLARGE: ClassVar[InstanceType]
    ML_G6_48XLARGE: ClassVar[InstanceType]
    ML_G6E_XLARGE: ClassVar[InstanceType]
    ML_G6E_2XLARGE: ClassVar[InstanceType]
    ML_G6E_4XLARGE: ClassVar[InstanceType]
    ML_G6E_8XLARGE: ClassVar[InstanceType]
    ML_G6E_12XLARGE: ClassVar[InstanceType]
    ML_G6E_16XLARGE: ClassVar[InstanceType]
    ML_G6E_24XLARGE: ClassVar[InstanceType]
    ML_G6E_48XLARGE: ClassVar[InstanceType]
    ML_G7_2XLARGE: ClassVar[InstanceType]
    ML_G7_4XLARGE: ClassVar[InstanceType]
    ML_G7_8XLARGE: ClassVar[InstanceType]
    ML_G7_12XLARGE: ClassVar[InstanceType]
    ML_G7_24XLARGE: ClassVar[InstanceType]
    ML_G7_48XLARGE: ClassVar[InstanceType]
    ML_G7E_2XLARGE: ClassVar[InstanceType]
    ML_G7E_4XLARGE: ClassVar[InstanceType]
    ML_G7E_8XLARGE: ClassVar[InstanceType]
    ML_G7E_12XLARGE: ClassVar[InstanceType]
    ML_G7E_24XLARGE: ClassVar[InstanceType]
    ML_G7E_48XLARGE: ClassVar[InstanceType]
    ML_GEOSPATIAL_INTERACTIVE: ClassVar[InstanceType]
    ML_M5_LARGE: ClassVar[InstanceType]
    ML_M5_XLARGE: ClassVar[InstanceType]
    ML_M5_2XLARGE: ClassVar[InstanceType]
    ML_M5_4XLARGE: ClassVar[InstanceType]
    ML_M5_8XLARGE: ClassVar[InstanceType]
    ML_M5_12XLARGE: ClassVar[InstanceType]
    ML_M5_16XLARGE: ClassVar[InstanceType]
    ML_M5_24XLARGE: ClassVar[InstanceType]
    ML_M5D_LARGE: ClassVar[InstanceType]
    ML_M5D_XLARGE: ClassVar[InstanceType]
    ML_M5D_2XLARGE: ClassVar[InstanceType]
    ML_M5D_4XLARGE: ClassVar[InstanceType]
    ML_M5D_8XLARGE: ClassVar[InstanceType]
    ML_M5D_12XLARGE: ClassVar[InstanceType]
    ML_M5D_16XLARGE: ClassVar[InstanceType]
    ML_M5D_24XLARGE: ClassVar[InstanceType]
    ML_M6I_LARGE: ClassVar[InstanceType]
    ML_M6I_XLARGE: ClassVar[InstanceType]
    ML_M6I_2XLARGE: ClassVar[InstanceType]
    ML_M6I_4XLARGE: ClassVar[InstanceType]
    ML_M6I_8XLARGE: ClassVar[InstanceType]
    ML_M6I_12XLARGE: ClassVar[InstanceType]
    ML_M6I_16XLARGE: ClassVar[InstanceType]
    ML_M6I_24XLARGE: ClassVar[InstanceType]
    ML_M6I_32XLARGE: ClassVar[InstanceType]
    ML_M6ID_LARGE: ClassVar[InstanceType]
    ML_M6ID_XLARGE: ClassVar[InstanceType]
    ML_M6ID_2XLARGE: ClassVar[InstanceType]
    ML_M6ID_4XLARGE: ClassVar[InstanceType]
    ML_M6ID_8XLARGE: ClassVar[InstanceType]
    ML_M6ID_12XLARGE: ClassVar[InstanceType]
    ML_M6ID_16XLARGE: ClassVar[InstanceType]
    ML_M6ID_24XLARGE: ClassVar[InstanceType]
    ML_M6ID_32XLARGE: ClassVar[InstanceType]
    ML_M7I_LARGE: ClassVar[InstanceType]
    ML_M7I_XLARGE: ClassVar[InstanceType]
    ML_M7I_2XLARGE: ClassVar[InstanceType]
    ML_M7I_4XLARGE: ClassVar[InstanceType]
    ML_M7I_8XLARGE: ClassVar[InstanceType]
    ML_M7I_12XLARGE: ClassVar[InstanceType]
    ML_M7I_16XLARGE: ClassVar[InstanceType]
    ML_M7I_24XLARGE: ClassVar[InstanceType]
    ML_M7I_48XLARGE: ClassVar[InstanceType]
    ML_P3_2XLARGE: ClassVar[InstanceType]
    ML_P3_8XLARGE: ClassVar[InstanceType]
    ML_P3_16XLARGE: ClassVar[InstanceType]
    ML_P3DN_24XLARGE: ClassVar[InstanceType]
    ML_P4D_24XLARGE: ClassVar[InstanceType]
    ML_P4DE_24XLARGE: ClassVar[InstanceType]
    ML_P5_4XLARGE: ClassVar[InstanceType]
    ML_P5_48XLARGE: ClassVar[InstanceType]
    ML_P5EN_48XLARGE: ClassVar[InstanceType]
    ML_P6_B200_48XLARGE: ClassVar[InstanceType]
    ML_R5_LARGE: ClassVar[InstanceType]
    ML_R5_XLARGE: ClassVar[InstanceType]
    ML_R5_2XLARGE: ClassVar[InstanceType]
    ML_R5_4XLARGE: ClassVar[InstanceType]
    ML_R5_8XLARGE: ClassVar[InstanceType]
    ML_R5_12XLARGE: ClassVar[InstanceType]
    ML_R5_16XLARGE: ClassVar[InstanceType]
    ML_R5_24XLARGE: ClassVar[InstanceType]
    ML_R6I_LARGE: ClassVar[InstanceType]
    ML_R6I_XLARGE: ClassVar[InstanceType]
    ML_R6I_2XLARGE: ClassVar[InstanceType]
    ML_R6I_4XLARGE: ClassVar[InstanceType]
    ML_R6I_8XLARGE: ClassVar[InstanceType]
    ML_R6I_12XLARGE: ClassVar[InstanceType]
    ML_R6I_16XLARGE: ClassVar[InstanceType]
    ML_R6I_24XLARGE: ClassVar[InstanceType]
    ML_R6I_32XLARGE: ClassVar[InstanceType]
    ML_R6ID_LARGE: ClassVar[InstanceType]
    ML_R6ID_XLARGE: ClassVar[InstanceType]
    ML_R6ID_2XLARGE: ClassVar[InstanceType]
    ML_R6ID_4XLARGE: ClassVar[InstanceType]
    ML_R6ID_8XLARGE: ClassVar[InstanceType]
    ML_R6ID_12XLARGE: ClassVar[InstanceType]
    ML_R6ID_16XLARGE: ClassVar[InstanceType]
    ML_R6ID_24XLARGE: ClassVar[InstanceType]
    ML_R6ID_32XLARGE: ClassVar[InstanceType]
    ML_R7I_LARGE: ClassVar[InstanceType]
    ML_R7I_XLARGE: ClassVar[InstanceType]
    ML_R7I_2XLARGE: ClassVar[InstanceType]
    ML_R7I_4XLARGE: ClassVar[InstanceType]
    ML_R7I_8XLARGE: ClassVar[InstanceType]
    ML_R7I_12XLARGE: ClassVar[InstanceType]
    ML_R7I_16XLARGE: ClassVar[InstanceType]
    ML_R7I_24XLARGE: ClassVar[InstanceType]
    ML_R7I_48XLARGE: ClassVar[InstanceType]
    ML_T3_MICRO: ClassVar[InstanceType]
    ML_T3_SMALL: ClassVar[InstanceType]
    ML_T3_MEDIUM: ClassVar[InstanceType]
    ML_T3_LARGE: ClassVar[InstanceType]
    ML_T3_XLARGE: ClassVar[InstanceType]
    ML_T3_2XLARGE: ClassVar[InstanceType]
    ML_TRN1_2XLARGE: ClassVar[InstanceType]
    ML_TRN1_32XLARGE: ClassVar[InstanceType]
    ML_TRN1N_32XLARGE: ClassVar[InstanceType]

    def __post_init__(self) -> None:
        name = self.name
        check_type("name", name, str, "one such as 'ml.m5.large'")
        if name in _KNOWN or re.fullmatch(r"ml\.[a-z0-9-]+\.[a-z0-9-]+", name) or Token.is_unresolved(name):
            return
        if re.fullmatch(r"[a-z0-9-]+\.[a-z0-9-]+", name):
            raise ValueError(f"instance type must start with 'ml.', got {name!r}; use InstanceType.of('ml.{name}')")
        raise ValueError(f"instance type must have the form ml.FAMILY.SIZE, got {name!r}; pass one such as ml.m5.large")

    @staticmethod
    def of(name: str) -> InstanceType:
        """Return the instance type with this name, such as ``ml.g5.xlarge``, or a token that stands for one.

        Raises:
            ValueError: the name does not have the form ``ml.FAMILY.SIZE``.
        """
        return InstanceType(name)

    @staticmethod
    def known() -> tuple[InstanceType, ...]:
        """Return every type that has a constant."""
        return tuple(InstanceType(name) for name in _KNOWN)

    @property
    def is_known(self) -> bool:
        """Whether the type has a constant; a newer one is not judged."""
        return self.name in _KNOWN

    @property
    def is_gpu(self) -> bool:
        """Whether a known type has NVIDIA GPUs: those of the families g and p."""
        return self.is_known and _GPU_FAMILY.match(self._family) is not None

    @property
    def _is_token(self) -> bool:
        return not self.is_known and Token.is_unresolved(self.name)

    @property
    def runs_spaces(self) -> bool:
        """Whether JupyterLab and Code Editor can run on it: not on ``system`` nor on geospatial ones."""
        return self._family not in ("system", "geospatial")

    @property
    def _takes_remote_sessions(self) -> bool:
        """Whether a known type has the 8 GiB of memory that remote sessions need."""
        return self.is_known and self.runs_spaces and self.name not in _TOO_SMALL_FOR_SESSIONS

    def _is_in_schema_of(self, resource_type: str) -> bool:
        """Whether template validators know the type for a resource; they lag behind the API."""
        return self.is_known and self._family not in FAMILIES_UNKNOWN_TO_SCHEMA[resource_type]

    @property
    def _family(self) -> str:
        return self.name if self.name == "system" else self.name.removeprefix("ml.").partition(".")[0]


def _constant(name: str) -> str:
    return name.upper().replace(".", "_").replace("-", "_")


_KNOWN = ("system", *(f"ml.{family}.{size}" for family, sizes in SIZES_BY_FAMILY.items() for size in sizes))

for _name in _KNOWN:
    setattr(InstanceType, _constant(_name), InstanceType(_name))
