"""Reads a settings file, and says in a person's words what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from constructs_lib.errors import closest
from stacks.problems import Problems
from stacks.settings import FORMS, StudioSettings
from stacks.settings_file import Location, SettingsFile

Problem = tuple[Location, str]


def load_settings(file: SettingsFile) -> StudioSettings:
    """Return the settings that a file holds.

    Raises:
        SettingsError: they are malformed, or contradict themselves; everything is said at once.
    """
    problems = Problems(file)
    for location in file.repeated:
        problems.add(location, "must be given once, got it twice; leave out one of the two")
    for location, message in (
        *_repeated_names(file.data),
        *_missing_owners(file.data),
        *_wrong_members(file.data),
        *_missing_roles(file.data),
        *_half_an_environment(file.data),
    ):
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


def _repeated_names(data: Any) -> Iterator[Problem]:
    spaces = [
        ((*outer, *inner), name) for outer, user in _items(data, "users") for inner, name in _names(user, "spaces")
    ]
    for named in ([*_names(data, "roles"), *_names(data, "users")], [*spaces, *_names(data, "shared_spaces")]):
        first: dict[str, str] = {}
        for location, name in named:
            if name.lower() in first:
                other = first[name.lower()]
                yield location, f"must be unique whatever its case, got {name!r} beside {other!r}; rename one"
            first.setdefault(name.lower(), name)


def _missing_owners(data: Any) -> Iterator[Problem]:
    users = [name for _, name in _names(data, "users")]
    for location, owner in _names(data, "shared_spaces", key="owner"):
        if owner not in users:
            yield location, f"must be one of the users, got {owner!r}; {_closest(owner, users, 'add that user')}"


def _wrong_members(data: Any) -> Iterator[Problem]:
    users = {name: location[1] for location, name in _names(data, "users")}
    roles = {location[1]: role for location, role in _names(data, "users", key="role")}
    known = [*users]
    for outer, space in _items(data, "shared_spaces"):
        earlier: list[str] = []
        for inner, member in _texts(space, "members"):
            location = (*outer, *inner)
            if member in earlier:
                yield location, f"must be given once, got {member!r} twice; leave out one of the two"
            elif member not in known:
                yield location, f"must be one of the users, got {member!r}; {_closest(member, known, 'add that user')}"
            elif role := roles.get(users[member]):
                yield (
                    location,
                    f"must be a user without a role, got {member!r}, whom IAM cannot tell from others with {role!r}; "
                    f"leave out this member, or users[{users[member]}].role",
                )
            earlier.append(member)


def _missing_roles(data: Any) -> Iterator[Problem]:
    roles = [name for _, name in _names(data, "roles")]
    for location, role in _names(data, "users", key="role"):
        if role not in roles:
            yield location, f"must be one of the roles, got {role!r}; {_closest(role, roles, 'add it to roles')}"


def _half_an_environment(data: Any) -> Iterator[Problem]:
    domain = data.get("domain") if isinstance(data, dict) else None
    if isinstance(domain, dict) and ("account" in domain) != ("region" in domain):
        given, other = ("account", "region") if "account" in domain else ("region", "account")
        yield ("domain", given), f"must come with {other}, got it alone; add {other}, or leave out {given}"


def _items(data: Any, key: str) -> Iterator[tuple[Location, dict[str, Any]]]:
    """Yield the mappings of a list, whatever else the data are."""
    items = data.get(key) if isinstance(data, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield (key, index), item


def _names(data: Any, list_key: str, key: str = "name") -> Iterator[tuple[Location, str]]:
    for location, item in _items(data, list_key):
        if isinstance(item.get(key), str):
            yield (*location, key), item[key]


def _texts(data: dict[str, Any], list_key: str) -> Iterator[tuple[Location, str]]:
    items = data.get(list_key)
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, str):
            yield (list_key, index), item


def _location(details: ErrorDetails) -> Location:
    """Return the way in the file: without what pydantic adds for the branch of a choice, or for a key."""
    return tuple(step for step in details["loc"] if step != "[key]" and not str(step).startswith("<"))


def _message(details: ErrorDetails) -> str:
    got, context = details["input"], details.get("ctx", {})
    match details["type"]:
        case "missing":
            return "must be given, got nothing; add it"
        case "extra_forbidden":
            known = _known_keys(StudioSettings, _location(details)[:-1])
            return f"is not a key here; {_closest(str(details['loc'][-1]), known, 'keys are ' + ', '.join(known))}"
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


def _closest(word: str, words: list[str], otherwise: str) -> str:
    close = closest(word, words)
    return f"did you mean {close!r}?" if close else otherwise


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
