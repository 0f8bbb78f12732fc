"""What the lock and the judge make of the mutations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from constructs_lib.safety.change import Danger
from constructs_lib.safety.comparison import compare
from constructs_lib.safety.deployed_stack import DeployedStack
from constructs_lib.safety.lock_file import LockFile
from constructs_lib.safety.locked_resource import LockedResource
from constructs_lib.safety.stateful_resources import StatefulResources
from constructs_lib.templates.assembly import Assembly
from tests.safety import team_app
from tests.safety.drafts import Draft
from tests.safety.judge import judge
from tests.safety.mutations import REFERENCE, TEAM, Mutation
from tests.studios import REFERENCE as SETTINGS
from tests.studios import studio_app


@dataclass(frozen=True)
class Outcome:
    """What comes of a mutation, by STACK/LOGICALID.

    Attributes:
        mutation: the mutation.
        before: the app that it changes.
        changes: whether it changes the app at all.
        dangers: what the lock finds.
        lost: the resources that the lock finds, of those that the judge looks at too.
        destroyed: what the judge takes for destroyed.
    """

    mutation: Mutation
    before: Draft
    changes: bool
    dangers: set[tuple[str, Danger]]
    lost: set[str]
    destroyed: set[str]

    def keys(self, names: Iterable[str]) -> set[str]:
        """Return resources of the app before by their names."""
        return {"/".join(self.before.place(name)) for name in names}


@dataclass(frozen=True)
class _Files:
    """What is in the files of an assembly, and in the templates by stack."""

    contents: dict[str, str]
    templates: dict[str, str]

    @classmethod
    def of(cls, draft: Draft) -> _Files:
        contents = draft.contents()
        return cls(contents, {stack: contents[file] for stack, file in draft.files.items()})


def synthesize(folder: Path) -> dict[str, Path]:
    """Synthesize the apps that are changed."""
    studio_app(SETTINGS, folder / REFERENCE).synth()
    team_app.synthesize(folder / TEAM)
    return {name: folder / name for name in (REFERENCE, TEAM)}


def prove(mutations: Sequence[Mutation], apps: dict[str, Path], folder: Path) -> list[Outcome]:
    """Lock the apps, and hold each mutation against its lock, and before the judge."""
    locks = {name: _lock(app, folder / f"{name}.lock.json") for name, app in apps.items()}
    drafts = {name: Draft(app) for name, app in apps.items()}
    before = {name: _Files.of(draft) for name, draft in drafts.items()}
    after = [_Files.of(mutated(one, apps)) for one in mutations]
    outcomes = []
    with ThreadPoolExecutor() as beside:
        pairs = [(before[one.app].templates, files.templates) for one, files in zip(mutations, after, strict=True)]
        destroyed = beside.submit(judge, pairs)
        for index, (one, files) in enumerate(zip(mutations, after, strict=True)):
            assembly = Assembly.in_folder(write(files.contents, folder / str(index)))
            changes = compare(locks[one.app], StatefulResources(assembly))
            outcomes.append(
                Outcome(
                    mutation=one,
                    before=drafts[one.app],
                    changes=files != before[one.app],
                    dangers={(_key(change.locked), change.danger) for change in changes},
                    lost={_key(change.locked) for change in changes if not change.locked.kind.when_referred},
                    destroyed=set(),
                )
            )
    return [replace(one, destroyed=keys) for one, keys in zip(outcomes, destroyed.result(), strict=True)]


def mutated(mutation: Mutation, apps: dict[str, Path]) -> Draft:
    """Return an app with a mutation done to it."""
    draft = Draft(apps[mutation.app])
    mutation.change(draft)
    return draft


def write(contents: dict[str, str], folder: Path) -> Path:
    """Write the files of an assembly, and return its folder."""
    folder.mkdir()
    for name, content in contents.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def _lock(app: Path, path: Path) -> dict[str, LockedResource]:
    """Return what is locked of an app, as it comes back from the file."""
    file = LockFile(path)
    file.write(StatefulResources(Assembly.in_folder(app)).resources.values())
    locked = file.read()
    assert locked
    return locked


def _key(locked: LockedResource) -> str:
    """Return where a resource is, without the account and the region, as the judge has it."""
    return f"{DeployedStack.parse(locked.stack).name}/{locked.logical_id}"
