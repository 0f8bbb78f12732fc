"""Prints the share for each type, and fails below all."""

import sys

from tests.coverage.coverage import TYPES, Coverage

coverages = [Coverage.measured(resource_type) for resource_type in TYPES]
print(*coverages, sep="\n")
sys.exit(not all(one.is_complete for one in coverages))
