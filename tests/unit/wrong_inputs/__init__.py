"""What is given, and the message that must come: one line each, one file a part of the library."""

from tests.unit.wrong_inputs import studios

PARTS = (studios,)
