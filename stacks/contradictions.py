"""Where keys of a settings file contradict each other, whatever else is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from stacks.problems import hint
from stacks.settings_file import Location
from stacks.words import APPS, DISTRIBUTIONS

Problem = tuple[Location, str]
_Mapping = dict[str, Any]

_IMAGES = "cpu, gpu, one of domain.images, or the ARN of an image or an image version"


def contradictions(data: Any) -> Iterator[Problem]:
    """Return the places in the data that cannot be, with the reasons."""
    yield from _repeated_names(data)
    yield from _missing_owners(data)
    yield from _wrong_members(data)
    yield from _missing_roles(data)
    yield from _half_an_environment(data)
    yield from _network_beside_another(data)
    yield from _what_only_a_vpc_has(data)
    yield from _wrong_images(data)
    yield from _wrong_scripts(data)
    yield from _scripts_beside_each_other(data)


def _repeated_names(data: Any) -> Iterator[Problem]:
    for named in (
        [*_names(data, "roles"), *_names(data, "users")],
        [*_names_of(_spaces(data))],
        [*_names_of(_offered(data, "images"))],
        [*_names_of(_offered(data, "scripts"))],
    ):
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
            yield location, f"must be one of the users, got {owner!r}; {hint(owner, users, 'add that user')}"


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
                yield location, f"must be one of the users, got {member!r}; {hint(member, known, 'add that user')}"
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
            yield location, f"must be one of the roles, got {role!r}; {hint(role, roles, 'add it to roles')}"


def _half_an_environment(data: Any) -> Iterator[Problem]:
    domain = _mapping(data, "domain")
    if ("account" in domain) != ("region" in domain):
        given, other = ("account", "region") if "account" in domain else ("region", "account")
        yield ("domain", given), f"must come with {other}, got it alone; add {other}, or leave out {given}"


def _network_beside_another(data: Any) -> Iterator[Problem]:
    domain = _mapping(data, "domain")
    if "network" in domain and "vpc" in domain:
        yield (
            ("domain", "network"),
            "must be left out beside vpc, a network that exists, got both; leave out one of the two",
        )


def _what_only_a_vpc_has(data: Any) -> Iterator[Problem]:
    domain = _mapping(data, "domain")
    for outer, key in (("network", "features"), ("network", "nat_gateways"), ("docker", "trusted_accounts")):
        if domain.get("network_access") == "PublicInternetOnly" and _mapping(domain, outer).get(key):
            yield (
                ("domain", outer, key),
                "must come with network_access: VpcOnly, got PublicInternetOnly, where they have no effect; "
                f"write network_access: VpcOnly, or leave out {key}",
            )


def _wrong_images(data: Any) -> Iterator[Problem]:
    images = _by_name(_offered(data, "images"))
    known = [*DISTRIBUTIONS, *images]
    for location, name, space in _spaces_that_name(data, "image"):
        if name in images:
            yield from _of_another_app(location, name, images[name], space)
        elif name not in known and not name.startswith("arn:"):
            yield location, f"must be {_IMAGES}, got {name!r}; {hint(name, known, 'add it to domain.images')}"


def _wrong_scripts(data: Any) -> Iterator[Problem]:
    scripts = _by_name(_offered(data, "scripts"))
    for location, name, space in _spaces_that_name(data, "script"):
        if name not in scripts:
            fix = hint(name, [*scripts], "add it to domain.scripts")
            yield location, f"must be one of domain.scripts, got {name!r}; {fix}"
        elif scripts[name].get("run") == "Always":
            yield location, f"must be a script that does not always run, got {name!r}; leave it out, it runs anyway"
        else:
            yield from _of_another_app(location, name, scripts[name], space)


def _of_another_app(location: Location, name: str, offer: _Mapping, space: _Mapping) -> Iterator[Problem]:
    app = space.get("app")
    if app in [*APPS] and app not in _apps(offer):
        yield location, f"must be one for {app}, got {name!r}, which is not; add {app} to its apps"


def _scripts_beside_each_other(data: Any) -> Iterator[Problem]:
    for run in ("Always", "Default"):
        first: dict[str, object] = {}
        for location, script in _offered(data, "scripts"):
            apps = _apps(script) if script.get("run") == run else []
            if app := next((app for app in apps if app in first), None):
                yield (
                    (*location, "run"),
                    f"must be {run} for one script of {app}, got {script.get('name')!r} beside {first[app]!r}; "
                    "make one script of the two",
                )
            first = dict.fromkeys(apps, script.get("name")) | first


def _mapping(data: Any, key: str) -> _Mapping:
    """Return the mapping at a key, an empty one for whatever else is there."""
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, dict) else {}


def _items(data: Any, key: str) -> Iterator[tuple[Location, _Mapping]]:
    """Yield the mappings of a list, whatever else the data are."""
    items = data.get(key) if isinstance(data, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield (key, index), item


def _offered(data: Any, key: str) -> Iterator[tuple[Location, _Mapping]]:
    for location, item in _items(_mapping(data, "domain"), key):
        yield ("domain", *location), item


def _spaces(data: Any) -> Iterator[tuple[Location, _Mapping]]:
    for outer, user in _items(data, "users"):
        for inner, space in _items(user, "spaces"):
            yield (*outer, *inner), space
    yield from _items(data, "shared_spaces")


def _spaces_that_name(data: Any, key: str) -> Iterator[tuple[Location, str, _Mapping]]:
    for location, space in _spaces(data):
        if isinstance(space.get(key), str):
            yield (*location, key), space[key], space


def _names(data: Any, list_key: str, key: str = "name") -> Iterator[tuple[Location, str]]:
    yield from _names_of(_items(data, list_key), key)


def _names_of(items: Iterable[tuple[Location, _Mapping]], key: str = "name") -> Iterator[tuple[Location, str]]:
    for location, item in items:
        if isinstance(item.get(key), str):
            yield (*location, key), item[key]


def _by_name(items: Iterable[tuple[Location, _Mapping]]) -> dict[str, _Mapping]:
    return {item["name"]: item for _, item in items if isinstance(item.get("name"), str)}


def _apps(offer: _Mapping) -> list[str]:
    """Return the apps that an image or a script is for; all, if that cannot be told."""
    apps = offer.get("apps")
    return [app for app in APPS if not isinstance(apps, list) or app in apps]


def _texts(data: _Mapping, list_key: str) -> Iterator[tuple[Location, str]]:
    items = data.get(list_key)
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, str):
            yield (list_key, index), item
