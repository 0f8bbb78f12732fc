from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from localcloud.assembly import ACCOUNT, REGION, Assembly
from tests.studios import studio_app, written


@pytest.mark.parametrize(
    ("place", "account", "region"),
    [("", ACCOUNT, REGION), ("account: '111122223333', region: eu-west-1", "111122223333", "eu-west-1")],
)
def test_is_deployed_where_the_settings_say(place: str, account: str, region: str, tmp_path: Path) -> None:
    settings = written(tmp_path, f"domain: {{name: vision, {place}}}\nusers: [{{name: zoe}}]")
    assembly = Assembly.read(Path(studio_app(settings, tmp_path / "out").synth().directory))

    assert assembly.stacks == ("vision-network", "vision-studio", "vision-users-1")
    assert (assembly.account, assembly.region) == (account, region)


def test_is_known_by_its_place_and_its_stacks() -> None:
    one = Assembly(Path("one"), ("vision-studio",), ACCOUNT, REGION)

    assert one.key == replace(one, folder=Path("two")).key
    others = [replace(one, account="111122223333"), replace(one, region="eu-west-1"), replace(one, stacks=("studio",))]
    assert len({one.key, *(other.key for other in others)}) == 4
