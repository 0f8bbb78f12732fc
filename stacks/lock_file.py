"""Where the lock of a settings file is: ``python -m stacks.lock_file studio.yaml``."""

import sys
from pathlib import Path


def lock_file(settings: Path) -> Path:
    """Return the lock beside the settings: ``X.lock.json`` for ``X.yaml``, ``X.yml`` and ``X``."""
    name = settings.stem if settings.suffix in (".yaml", ".yml") else settings.name
    return settings.with_name(f"{name}.lock.json")


if __name__ == "__main__":
    print(lock_file(Path(sys.argv[1])))
