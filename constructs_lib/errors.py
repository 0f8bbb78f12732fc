"""How refusals name the construct they speak of."""

from collections.abc import Iterator
from contextlib import contextmanager

from constructs import IConstruct


@contextmanager
def located_at(construct: IConstruct) -> Iterator[None]:
    """Prefix every ``ValueError`` of the block with the path of the construct.

    The path is read only when there is something to report: it costs a call to the CDK.
    """
    try:
        yield
    except ValueError as error:
        raise ValueError(f"[{construct.node.path}] {error}") from None
