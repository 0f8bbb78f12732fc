"""Reads a settings file, and says in a person's words what is wrong with it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from constructs_lib.classic import classic_refusal
from stacks.contradictions import contradictions
from stacks.problems import Problems, hint
from stacks.settings import StudioSettings
from stacks.settings_file import Location, SettingsFile
from stacks.values import FORMS


def load_settings(file: SettingsFile) -> StudioSettings:
    """Return the settings that a file holds.

    Raises:
        SettingsError: they are malformed, or contradict themselves; everything is said at once.
    """
    problems = Problems(file)
    for location in file.repeated:
        problems.add(location, "must be given once, got it twice; leave out one of the two")
    for location, message in contradictions(file.data):
        problems.add(location, message)
    settings = None
    try:
        settings = StudioSettings.model_validate(file.data)
    except ValidationError as error:
        for details in error.errors():
            for line in _message(details).splitlines():
                problems.add(_location(details), line)
    problems.raise_if_any()
    assert settings is not None, "malformed settings are problems"
    return settings


def _location(details: ErrorDetails) -> Location:
    """Return the way in the file: without what pydantic adds for the branch of a choice, or for a key."""
    return tuple(step for step in details["loc"] if step != "[key]" and not str(step).startswith("<"))


def _message(details: ErrorDetails) -> str:
    got, context = details["input"], details.get("ctx", {})
    match details["type"]:
        case "missing":
            return "must be given, got nothing; add it"
        case "extra_forbidden" if refusal := classic_refusal(str(details["loc"][-1])):
            return refusal
        case "literal_error" if refusal := classic_refusal(str(got)):
            return refusal
        case "extra_forbidden":
            known = _known_keys(StudioSettings, _location(details)[:-1])
            return f"is not a key here; {hint(str(details['loc'][-1]), known, 'keys are ' + ', '.join(known))}"
        case "string_type":
            fix = "write a single text" if isinstance(got, list | dict) else "put it in quotes"
            return f"must be text, got {_shown(got)}; {fix}"
        case "string_pattern_mismatch":
            return f"must be {FORMS[context['pattern']]}, got {got!r}"
        case "literal_error":
            return f"must be {context['expected'].replace(chr(39), '')}, got {_shown(got)}"
        case "greater_than_equal":
            return f"must be {context['ge']} or more, got {got}"
        case "less_than_equal":
            return f"must be {context['le']} or less, got {got}"
        case "int_type" | "int_from_float":
            return f"must be a whole number without quotes, got {_shown(got)}"
        case "bool_type":
            return f"must be true or false, got {_shown(got)}"
        case "list_type":
            return f"must be a list, got {_shown(got)}; write its items as [a, b] or each after a hyphen"
        case "too_short" | "string_too_short":
            return f"must have at least {context['min_length']}, got {len(got)}"
        case "too_long" | "string_too_long":
            return f"must have at most {context['max_length']}, got {len(got)}"
        case "model_type" | "dict_type":
            return f"must be keys with values, got {_shown(got)}"
        case "invalid_key":
            return f"must be a key of text, got {got}; put it in quotes"
        case "value_error":
            return str(context["error"])
        case _:
            return f"{details['msg'][:1].lower()}{details['msg'][1:]}, got {_shown(got)}"


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "keys with values"
    return "a list" if isinstance(value, list) else repr(value)


def _known_keys(model: type[BaseModel], location: Location) -> list[str]:
    """Return the keys that may stand at a place in the file."""
    schema = model.model_json_schema()
    here = schema
    for step in location:
        here = here["items"] if isinstance(step, int) else here["properties"][step]
        choices = [*here.get("anyOf", ()), *here.get("oneOf", ())]
        here = next((choice for choice in choices if "$ref" in choice or "items" in choice), here)
        if "$ref" in here:
            here = schema["$defs"][here["$ref"].rpartition("/")[2]]
    return sorted(here["properties"])
