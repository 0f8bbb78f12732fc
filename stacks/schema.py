"""Writes the JSON Schema of the settings, which gives editors completion: ``make schema``."""

import json
from pathlib import Path

from stacks.settings import StudioSettings


def schema_text() -> str:
    """Return the schema as it is committed."""
    return json.dumps(StudioSettings.model_json_schema(), indent=2) + "\n"


if __name__ == "__main__":
    Path("studio.schema.json").write_text(schema_text(), encoding="utf-8")
