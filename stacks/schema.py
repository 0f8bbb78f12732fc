"""Writes the JSON Schema of the settings, which gives editors completion: ``make schema``."""

import json
from pathlib import Path

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from stacks.settings import StudioSettings


class _WithoutNull(GenerateJsonSchema):
    """A schema in which a key that may be left out may not be left blank, as in the settings themselves."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        json_schema = super().default_schema(schema)
        if json_schema.get("default", ...) is None:
            del json_schema["default"]
        return json_schema


def schema_text() -> str:
    """Return the schema as it is committed."""
    return json.dumps(StudioSettings.model_json_schema(schema_generator=_WithoutNull), indent=2) + "\n"


if __name__ == "__main__":
    Path("studio.schema.json").write_text(schema_text(), encoding="utf-8")
