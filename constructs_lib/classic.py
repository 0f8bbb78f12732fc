"""Studio Classic: left out on purpose, and what is said to those who look for it."""

import re

_WORDS = ("classic", "jupyterserver", "kernelgateway", "legacy", "studioclassic")


def classic_refusal(word: str) -> str | None:
    """Return what to say to somebody who asks for Studio Classic by this word; ``None`` for any other word.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-migrate.html
    """
    if not re.sub(r"[^a-z]", "", word.lower()).startswith(_WORDS):
        return None
    return (
        f"must be of the modern Studio, got {word!r} of Studio Classic; use JupyterLab or CodeEditor, "
        "docs/classic-migration.md says how to come from Classic"
    )
