"""Several scripts in one."""

from collections.abc import Iterable
from shlex import quote

_BEGIN = """\
#!/bin/bash
# Runs several scripts, one after the other, and stops where one fails.
parts=$(mktemp -d) || exit
trap 'rm -rf "$parts"' EXIT

run() {
  chmod u+x "$1" && "$1"
  local status=$?
  if [ "$status" != 0 ]; then
    echo "$2 failed with status $status" >&2
    exit "$status"
  fi
}
"""


def one_after_the_other(parts: Iterable[tuple[str, str]]) -> str:
    """Return the script that runs these scripts, each with the interpreter that it names.

    Args:
        parts: the name and the text of each.
    """
    return _BEGIN + "".join(_part(number, name, script) for number, (name, script) in enumerate(parts, start=1))


def _part(number: int, name: str, script: str) -> str:
    end = "END_OF_SCRIPT"
    while end in script:
        end += "_"
    text = script if script.endswith("\n") else f"{script}\n"
    file = f'"$parts/{number}"'
    return f"\ncat >{file} <<'{end}'\n{text}{end}\nrun {file} {quote(name)}\n"
