"""How the API refuses."""

from __future__ import annotations


class ApiError(Exception):
    """A refusal, by the code that the API has for it."""

    def __init__(self, code: str, message: str) -> None:
        """Name the code, ``ResourceInUse`` say, and what is wrong."""
        super().__init__(message)
        self.code = code
        self.message = message


def invalid(message: str) -> ApiError:
    """Return the refusal of a request that is wrong in itself."""
    return ApiError("ValidationException", message)
