"""Values just beyond the limits of the schemas are refused, and values just inside come out in the template."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest

from tests.conftest import CONTEXT
from tests.coverage.snapshots import is_computed, values_in, values_set
from tests.limits.limits import TYPES, Limits, limited, required
from tests.limits.parts import PARTS
from tests.limits.rows import CLOSED, HELD, MADE, OPEN, key_for
from tests.limits.values import Build, Items, Number, Text
from tests.templates import Template
from tests.unit.wrong_inputs.studio import Studio

ALL_LIMITED = [
    (resource_type, path, limits) for resource_type in TYPES for path, limits in limited(resource_type).items()
]


@cache
def limits_of(key: str) -> list[Limits]:
    """The limits of the properties that a row stands for, each once."""
    distinct = {repr(limits): limits for kind, path, limits in ALL_LIMITED if key_for(kind, path) == key}
    return list(distinct.values())


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> cdk.App:
    """An app for what is refused; it is never synthesized."""
    return new_app(tmp_path_factory.mktemp("outside"))


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Template | Exception]:
    """The templates of all values just inside, in one synth; where one was refused, the refusal."""
    app = new_app(tmp_path_factory.mktemp("inside"))
    refusals = {}
    for name, build, value in values_inside():
        try:
            build(Studio(app, cdk.Stack(app, name)), value)
        except Exception as refusal:
            refusals[name] = refusal
    return {stack.stack_name: stack.template for stack in app.synth().stacks} | refusals


def new_app(outdir: Path) -> cdk.App:
    return cdk.App(outdir=str(outdir), context=CONTEXT, builtin_cloud_formation_validation=False, tree_metadata=False)


def values_inside() -> Iterator[tuple[str, Build, Any]]:
    for row, (key, held) in enumerate(HELD.items()):
        values = [value for limits in limits_of(key) for value in held.right(limits)]
        for number, value in enumerate(values):
            if value not in values[:number]:
                yield f"Row{row}Value{number}", held.build, value
    for row, one in enumerate(OPEN.values()):
        yield f"Open{row}", one.build, one.value
    for row, made in enumerate(MADE.values()):
        yield f"Made{row}", lambda studio, build: build(studio), made.build


def values_at(template: Template | Exception, key: str) -> list[Any]:
    """What a template has at the paths that a row stands for."""
    if isinstance(template, Exception):
        raise template
    return [
        encoded(value)
        for resource_type in TYPES
        for path, values in values_in([template], resource_type).items()
        if key_for(resource_type, path) == key
        for value in values
    ]


def encoded(value: Any) -> Any:
    """The value, or what the deployment makes of it if that is base64."""
    text = value.get("Fn::Base64") if isinstance(value, dict) else None
    return b64encode(text.encode()).decode() if isinstance(text, str) else value


@pytest.mark.parametrize("resource_type", TYPES)
def test_every_limit_of_what_the_api_sets_is_held_or_closed(resource_type: str) -> None:
    found = values_set(resource_type)

    without = [path for path in limited(resource_type) if path in found and key_for(resource_type, path) is None]

    assert without == [], "each needs a row in tests/limits/parts"


@pytest.mark.parametrize("key", [*HELD, *CLOSED, *MADE, *OPEN])
def test_every_row_stands_for_a_limit(key: str) -> None:
    assert limits_of(key)


def test_no_row_stands_twice() -> None:
    tables = [vars(part).get(table, {}) for part in PARTS for table in ("HELD", "MADE", "OPEN")]
    closed = [keys for part in PARTS for keys in vars(part).get("CLOSED", {}).values()]

    assert [
        key for key, count in Counter(key for keys in (*tables, *closed) for key in keys).items() if count > 1
    ] == []


@pytest.mark.parametrize("key", list(HELD))
def test_what_is_just_beyond_is_refused(key: str, outside: cdk.App) -> None:
    held, taken = HELD[key], []
    beyond = {
        repr(value): value for limits in limits_of(key) for value in held.around(limits) if not limits.allow(value)
    }
    for number, value in enumerate(beyond.values()):
        studio = Studio(outside, cdk.Stack(outside, f"Row{list(HELD).index(key)}Value{number}"))
        try:
            held.build(studio, value)
        except (TypeError, ValueError):
            continue
        taken.append(value)

    assert beyond
    assert taken == [], "cfn-lint refuses these"


@pytest.mark.parametrize("key", list(HELD))
def test_what_is_just_inside_comes_out(key: str, templates: dict[str, Template | Exception]) -> None:
    row = list(HELD).index(key)
    inside = {name: value for name, _, value in values_inside() if name.startswith(f"Row{row}Value")}

    assert inside
    for name, value in inside.items():
        assert value in values_at(templates[name], key), value


@pytest.mark.parametrize("key", list(OPEN))
def test_what_is_open_on_purpose_is_open_still(key: str, templates: dict[str, Template | Exception]) -> None:
    value = OPEN[key].value

    assert OPEN[key].reason
    assert not any(limits.allow(value) for limits in limits_of(key))
    assert value in values_at(templates[f"Open{list(OPEN).index(key)}"], key)


@pytest.mark.parametrize("key", list(MADE))
def test_what_is_made_of_the_longest_is_within_its_limits(key: str, templates: dict[str, Template | Exception]) -> None:
    values = values_at(templates[f"Made{list(MADE).index(key)}"], key)

    assert values
    assert [value for value in values for limits in limits_of(key) if not limits.allow(value)] == []


@pytest.mark.parametrize("key", list(CLOSED))
def test_what_is_closed_is_within_its_limits_in_every_snapshot(key: str) -> None:
    for resource_type, path, limits in ALL_LIMITED:
        if key_for(resource_type, path) == key:
            for value in values_set(resource_type).get(path, ()):
                assert is_computed(value) or limits.allow(value), f"{resource_type}/{path}: {value!r}"


@pytest.mark.parametrize("resource_type", TYPES)
def test_every_object_has_the_members_that_it_must_have(
    resource_type: str, templates: dict[str, Template | Exception]
) -> None:
    made = [one for one in templates.values() if not isinstance(one, Exception)]
    for found in (values_set(resource_type), values_in(made, resource_type)):
        for path, members in required(resource_type).items():
            for value in found.get(path, ()):
                assert members <= set(value), f"{path}: {value}"


def test_texts_are_varied_at_each_limit() -> None:
    limits = Limits.of({"type": "string", "minLength": 3, "maxLength": 5, "pattern": "^[a-z]+$"})

    refused = [value for value in Text(lambda s, v: None, "abcd").around(limits) if not limits.allow(value)]

    assert {"ab", "abcddd", "ABCD", "abcd ", "_abcd", "ab/cd"} <= set(refused)
    assert "abcd\n" not in refused  # $ stands before the last line end too, for cfn-lint


def test_numbers_are_varied_at_each_limit() -> None:
    limits = Limits.of({"type": "integer", "minimum": 60, "maximum": 90})

    values = list(Number(lambda s, v: None).around(limits))

    assert [value for value in values if not limits.allow(value)] == [59, 60.5, 91, 90.5]


def test_lists_are_varied_at_each_limit() -> None:
    limits = Limits.of({"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": True})

    values = list(Items(lambda s, v: None, str, most=2).around(limits))

    assert [value for value in values if not limits.allow(value)] == [["0", "1", "2"], [], ["0", "0"]]


def test_what_limits_nothing_needs_no_row() -> None:
    assert not Limits.of({"type": "string", "minLength": 0, "pattern": ".*"})
    assert not Limits.of({"type": "array", "minItems": 0, "uniqueItems": False, "items": {"maxLength": 5}})


def test_the_longest_key_that_ends_a_path_counts() -> None:
    assert key_for("AWS::SageMaker::Space", "SpaceName") == "Space/SpaceName"
    assert key_for("AWS::SageMaker::Space", "Tags[]/Key") == "Tags[]/Key"
    assert key_for("AWS::SageMaker::Domain", "DefaultUserSettings/SecurityGroups[]") == "SecurityGroups[]"
    assert key_for("AWS::SageMaker::Domain", "MySubnetIds") is None
