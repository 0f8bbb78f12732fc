"""A whole deletion, pass by pass, beside a Studio that takes its time."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.drain.handler.clients import Clients
from constructs_lib.drain.handler.custom_resource import CustomResource
from tests.drain.handler.aws import DOMAIN, request


class SlowStudio:
    """A domain in which a deletion takes two looks, and a space waits for its apps."""

    def __init__(self, apps: dict[str, str], spaces: list[str]) -> None:
        self.apps = apps
        self.spaces = spaces
        self.log: list[str] = []
        self._deleting: dict[str, int] = {}

    def describe_stacks(self, **_: Any) -> Any:
        return {"Stacks": [{"StackStatus": "DELETE_IN_PROGRESS"}]}

    def describe_domain(self, **_: Any) -> Any:
        return {"Status": "InService"}

    def delete_app(self, AppName: str, **_: Any) -> None:
        self._delete(f"app {AppName}")

    def delete_space(self, SpaceName: str, **_: Any) -> None:
        assert SpaceName not in self.apps.values(), "SageMaker refuses it"
        self._delete(f"space {SpaceName}")

    def get_paginator(self, operation: str) -> Any:
        studio = self

        class Paginator:
            def paginate(self, **_: Any) -> list[Any]:
                return [studio.look(operation)]

        return Paginator()

    def look(self, operation: str) -> Any:
        if operation == "list_user_profiles":
            return {"UserProfiles": []}
        if operation == "list_apps":
            self.apps = {name: space for name, space in self.apps.items() if self._is_there(f"app {name}")}
            apps = [
                self._thing(f"app {name}", AppName=name, AppType="JupyterLab", SpaceName=space)
                for name, space in self.apps.items()
            ]
            return {"Apps": apps}
        self.spaces = [name for name in self.spaces if self._is_there(f"space {name}")]
        return {"Spaces": [self._thing(f"space {name}", SpaceName=name) for name in self.spaces]}

    def _thing(self, thing: str, **details: str) -> dict[str, str]:
        return {"DomainId": DOMAIN, "Status": "Deleting" if thing in self._deleting else "InService", **details}

    def _delete(self, thing: str) -> None:
        self.log.append(thing)
        assert thing not in self._deleting, "asked for twice"
        self._deleting[thing] = 2

    def _is_there(self, thing: str) -> bool:
        if thing in self._deleting:
            self._deleting[thing] -= 1
        return self._deleting.get(thing) != 0


@pytest.mark.parametrize(("apps", "passes"), [({"one": "lab", "two": "declared"}, 5), ({}, 3)])
def test_ends_with_nothing_left(apps: dict[str, str], passes: int) -> None:
    studio = SlowStudio(apps, ["lab", "old", "declared"])
    resource = CustomResource(Clients(cloudformation=studio, ec2=None, efs=None, sagemaker=studio))
    event = request(
        "Delete",
        "Custom::StudioDrain",
        DomainId=DOMAIN,
        WholeDomain="true",
        SpaceNames=["declared"],
        DeleteUserSpaces="true",
    )
    event |= resource.on_event(event)
    answers = [resource.is_complete(event)["IsComplete"] for _ in range(passes)]
    assert answers == [False] * (passes - 1) + [True]
    assert studio.log == [*(f"app {name}" for name in apps), "space lab", "space old"]
    assert studio.spaces == ["declared"]
