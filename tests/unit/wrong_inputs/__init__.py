"""What is given, and the message that must come: one line each, one file a part of the library."""

from tests.unit.wrong_inputs import file_systems, images, lifecycle, network, patch, settings, studios

PARTS = (studios, settings, images, lifecycle, file_systems, network, patch)
