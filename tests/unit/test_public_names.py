from __future__ import annotations

import inspect

import constructs_lib


def test_all_is_sorted_and_complete() -> None:
    public = {
        name for name, value in vars(constructs_lib).items() if not name.startswith("_") and not inspect.ismodule(value)
    }

    assert public == set(constructs_lib.__all__)
    assert constructs_lib.__all__ == sorted(constructs_lib.__all__)


def test_every_public_name_and_member_is_documented() -> None:
    undocumented = [
        f"{name}.{member_name}"
        for name in constructs_lib.__all__
        for member_name, member in vars(getattr(constructs_lib, name)).items()
        if not member_name.startswith("_")
        and (inspect.isfunction(member) or isinstance(member, property | staticmethod))
        and not inspect.getdoc(getattr(getattr(constructs_lib, name), member_name, member))
    ]

    assert undocumented == []
    assert all(inspect.getdoc(getattr(constructs_lib, name)) for name in constructs_lib.__all__)
