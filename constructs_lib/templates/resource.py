"""A resource of a template, and the parts of its properties."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from constructs_lib.templates.assembly import MACROS, Json, Template
from constructs_lib.templates.references import NO_VALUE, References, is_intrinsic
from constructs_lib.templates.unresolved import UNRESOLVED, Unresolved, is_known


class UnresolvedProperty(Exception):
    """A property that was asked for, and that the templates do not tell."""

    def __init__(self, part: Part, path: str, expression: str, value: Any = None) -> None:
        """Name the property, what stands in its place in words, and as it stands in the template."""
        super().__init__(expression)
        self.part = part
        self.path = path
        self.expression = expression
        self.value = value


class Part:
    """A place in the properties of a resource.

    Attributes:
        resource: the resource.
        path: where in it, by names and indexes with dots; ``Properties`` for all its properties.
        value: what is there, as in the template.
    """

    def __init__(self, resource: Resource, path: str, value: Any) -> None:
        """Name the place."""
        self.resource = resource
        self.path = path
        self.value = value

    def get(self, path: str) -> Any:
        """Return what a property below comes to, None where there is none.

        Raises:
            UnresolvedProperty: only the deployment knows, be it a piece.
        """
        value = self._raw(path)
        if value is None or isinstance(value, bool | int):
            return value
        try:
            found = self._references.resolve(self.resource.template, value)
        except Unresolved as error:
            raise UnresolvedProperty(self, path, error.expression) from None
        if not is_known(found):
            raise UnresolvedProperty(self, path, str(found))
        return found

    def number(self, path: str) -> int | None:
        """Return the whole number that a property below comes to, be it written as text, None where there is none.

        Raises:
            UnresolvedProperty: only the deployment knows.
        """
        value = self.get(path)
        try:
            return None if value is None else int(value)
        except (TypeError, ValueError):
            raise UnresolvedProperty(self, path, str(value)) from None

    def text(self, path: str) -> Any:
        """Return what a property below comes to, with a text for whatever is unresolved, None where there is none."""
        try:
            value = self._raw(path)
        except UnresolvedProperty as error:
            value = error.value
        return None if value is None else self._references.text(self.resource.template, value)

    def entries(self, path: str) -> dict[str, Any]:
        """Return what a map below comes to, with a text for each value that is unresolved; empty where there is none.

        Raises:
            UnresolvedProperty: only the deployment knows what is in the map.
        """
        found = self.text(path)
        if found is not None and not isinstance(found, dict):
            raise UnresolvedProperty(self, path, str(found))
        return found or {}

    @property
    def exists(self) -> bool:
        """Whether there is anything at the place."""
        return self.value is not None

    def is_given(self, path: str) -> bool:
        """Whether a property below is there, be its value unknown.

        Raises:
            UnresolvedProperty: a condition of the template decides whether it is there.
        """
        try:
            value = self._raw(path)
        except UnresolvedProperty as error:
            value = error.value
        if isinstance(value, dict) and NO_VALUE in value.get("Fn::If", ()):
            self.get(path)
        return value is not None

    def below(self, path: str) -> Part:
        """Return a place below, whether or not anything is there."""
        try:
            value = self._raw(path)
        except UnresolvedProperty as error:
            value = error.value
        return Part(self.resource, self.place(path), value)

    def parts(self, path: str) -> Iterator[Part]:
        """Yield the items of a list below, and the place itself for a list that is unresolved.

        A single item counts as a list of one, as in IAM. Where a condition of the template decides, both branches
        are yielded: either may come to be.
        """
        yield from self._items(self.path, path.split(".") if path else [], self.value)

    def place(self, path: str) -> str:
        """Return where a property below is in the resource."""
        return ".".join(filter(None, (self.path, path)))

    @property
    def _references(self) -> References:
        return self.resource.references

    def _items(self, place: str, names: list[str], value: Any) -> Iterator[Part]:
        """Yield the items that are at these names below a value, through conditions and references on the way."""
        if value is None or value == NO_VALUE:
            return
        if is_intrinsic(value) and "Fn::If" in value:
            for branch in value["Fn::If"][1:]:
                yield from self._items(place, names, branch)
            return
        if is_intrinsic(value):
            try:
                value = self._references.resolve(self.resource.template, value)
            except Unresolved:
                yield Part(self.resource, ".".join(filter(None, (place, *names))), value)
                return
        if names and isinstance(value, str):
            value = _parsed(value)
        if names and isinstance(value, str) and not is_known(value):
            yield Part(self.resource, ".".join(filter(None, (place, *names))), value)
        elif names:
            if isinstance(value, dict):
                yield from self._items(".".join(filter(None, (place, names[0]))), names[1:], _member(value, names[0]))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._items(f"{place}.{index}", [], item)
        else:
            yield Part(self.resource, place, value)

    def _raw(self, path: str) -> Any:
        value = self.value
        for name in path.split(".") if path else ():
            if is_intrinsic(value):
                try:
                    value = self._references.resolve(self.resource.template, value)
                except Unresolved as error:
                    raise UnresolvedProperty(self, path, error.expression, value) from None
            if isinstance(value, str) and not is_known(value):
                raise UnresolvedProperty(self, path, value, value)
            if not isinstance(value, dict):
                return None
            value = _member(value, name)
        return None if value == NO_VALUE else value


class Resource(Part):
    """A resource of a template: the part that is all its properties.

    Attributes:
        references: what the template refers to.
        template: the template that it stands in.
        logical_id: its name there.
        body: all of it, as in the template.
    """

    def __init__(self, references: References, template: Template, logical_id: str, body: Json) -> None:
        """Take a resource as it stands in its template."""
        super().__init__(self, "Properties", body.get("Properties", {}))
        self.references = references
        self.template = template
        self.logical_id = logical_id
        self.body = body

    @property
    def whole(self) -> Part:
        """All of it, deletion policy and the like included."""
        return Part(self, "", self.body)

    @property
    def type(self) -> str:
        """The type of the resource."""
        return str(self.body["Type"])


def _member(value: Json, name: str) -> Any:
    """Return what a map has by a name; a macro beside it may bring in what it has not."""
    if name in value:
        return value[name]
    return next(({key: one} for key, one in value.items() if key.startswith(MACROS)), None)


def _parsed(text: str) -> Any:
    """Return a document that is given as text, as IAM takes it too, or the text if it is none."""
    try:
        return json.loads(UNRESOLVED.sub(lambda piece: json.dumps(piece[0], ensure_ascii=False)[1:-1], text))
    except ValueError:
        return text
