from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from tests.conftest import CONTEXT
from tests.recipes.recipes import Recipe, run

pytest.register_assert_rewrite("tests.recipes.every_recipe")

Synthesize = Callable[[str, bool], Recipe]


@pytest.fixture(scope="session")
def synthesize(tmp_path_factory: pytest.TempPathFactory) -> Synthesize:
    """Run a recipe once, with the feature flags of ``cdk.json`` or without any."""

    @cache
    def synthesize(recipe: str, with_flags: bool) -> Recipe:
        context: dict[str, Any] = CONTEXT if with_flags else {}
        return run(recipe, tmp_path_factory.mktemp(recipe), context)

    return synthesize


@pytest.fixture(params=[True, False], ids=["with feature flags", "without"])
def with_flags(request: pytest.FixtureRequest) -> bool:
    """Whether the feature flags of ``cdk.json`` are on."""
    return bool(request.param)


@pytest.fixture
def regulated(synthesize: Synthesize) -> Recipe:
    return synthesize("regulated", True)


@pytest.fixture
def gpu_team(synthesize: Synthesize) -> Recipe:
    return synthesize("gpu-team", True)


@pytest.fixture
def classroom(synthesize: Synthesize) -> Recipe:
    return synthesize("classroom", True)
