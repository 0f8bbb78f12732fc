from __future__ import annotations

import importlib

import pytest

import constructs_lib
from constructs_lib.classic import classic_refusal

FIX = "of Studio Classic; use JupyterLab or CodeEditor, docs/classic-migration.md says how to come from Classic"


@pytest.mark.parametrize("name", ["JupyterServer", "KernelGateway", "KernelGatewayApp", "ClassicDomain"])
def test_import_of_a_classic_name_says_where_to_go(name: str) -> None:
    with pytest.raises(ImportError) as refusal:
        exec(f"from constructs_lib import {name}")

    assert str(refusal.value) == f"{name} must be of the modern Studio, got {name!r} {FIX}"


def test_other_names_are_missing_as_everywhere() -> None:
    assert not hasattr(constructs_lib, "JupyterLabs")
    assert importlib.import_module("constructs_lib.domain")


@pytest.mark.parametrize("word", ["legacy", "Legacy", "JupyterServer", "jupyter_server", "KernelGatewayAppSettings"])
def test_words_for_classic_are_known(word: str) -> None:
    assert classic_refusal(word) == f"must be of the modern Studio, got {word!r} {FIX}"


@pytest.mark.parametrize("word", ["JupyterLab", "CodeEditor", "", "jupyter", "kernel"])
def test_other_words_are_not(word: str) -> None:
    assert classic_refusal(word) is None
