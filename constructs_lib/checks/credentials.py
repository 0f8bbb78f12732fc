"""What a credential looks like in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from constructs_lib.templates.unresolved import UNRESOLVED

# A value that is looked up when the script runs, $NAME, $(command) or call() say, is no credential; in single quotes
# a $ is one.
_LITERAL = r"""(?:"?(?P<literal>(?!\?)[^\s"'$`({<\[\],;]{6,})(?=["'\s,;)]|$)|'(?P<quoted>[^\s'`{<][^\s']{5,})')"""
_LATER = rf"""["']?(?P<later>{UNRESOLVED.pattern}|\{{\{{resolve:)"""
_VALUE = f"(?:{_LITERAL}|{_LATER})"
_NAME = r"(?<![\w.-])(?P<name>[\w.-]{1,100})"

_NAMED = (
    re.compile(rf"""{_NAME}["']?\]?["']?[ \t]*[=:][ \t]*{_VALUE}"""),
    re.compile(rf"(?<![\w-])--(?P<name>[\w.-]{{1,100}})[ =]{_VALUE}"),
    re.compile(rf"{_NAME}[ \t](?P<literal>(?P<quoted>(?!))?){_LATER}"),
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_SECRET = re.compile(r"(.*(password|passwd|passphrase|apikey|secret)|pass|pwd|token|credentials?)")
_KEYS = {("api", "key"), ("access", "key"), ("private", "key"), ("account", "key")}
# PASSWORD_FILE and --secret-id say where a credential is, or something about it.
_ABOUT = set(
    "arn authentication bits count dir endpoint expiry file helper id length name path process size source stdin "
    "through ttl type uri url version".split()
)

_SHAPES = {
    "an AWS access key": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY"),
    "a GitHub token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{20}|github_pat_\w{20})"),
    "a GitLab token": re.compile(r"\bglpat-[\w-]{16}"),
    "a Hugging Face token": re.compile(r"\bhf_[A-Za-z0-9]{20}"),
    "a Slack token": re.compile(r"\bxox[abprs]-[\w-]{10}"),
    "a PyPI token": re.compile(r"\bpypi-[\w-]{20}"),
    "an npm token": re.compile(r"\bnpm_[A-Za-z0-9]{20}"),
    "an API key": re.compile(r"\bsk-[\w-]{20}"),
    "a Weights & Biases key": re.compile(r"\bwandb login [0-9a-f]{40}"),
    "a JSON web token": re.compile(r"(?<![\w-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}\."),
    "a password in a URL": re.compile(
        rf"://[^\s/:@]{{0,200}}:(?:[^\s/@${{<{UNRESOLVED.pattern[0]}]{{1,200}}@|{_LATER})"
    ),
    "an authorization header": re.compile(r"(?i)authorization\s{0,9}:\s{0,9}(?:basic|bearer|token)\s[^\s\"'$`{<]{8}"),
    "a user and password": re.compile(rf"(?:-u|--user)[ =][\"']?[\w.@-]{{1,100}}:{_VALUE}"),
    "a login for netrc": re.compile(rf"\blogin\s\S{{1,200}}\spassword\s{_VALUE}"),
    "a setting of a profile": re.compile(
        rf"\baws configure set \S{{0,100}}(?:secret_access_key|session_token) {_VALUE}"
    ),
    "a password option": re.compile(rf"\b(?:sshpass|docker login|podman login)\b.{{0,200}} -p[ =]?{_VALUE}"),
    "a database password": re.compile(r"\b(?:mysql|mysqldump|mariadb)\b.{0,200} -p[^\s\"'$`]{6}"),
    "a piped password": re.compile(
        r"\becho [\"']?[^\s\"'$`]{6,200}[\"']? ?\| ?\S{1,100} login\b.{0,200}--password-stdin"
    ),
}


def credentials_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text that carry a credential, by number, and what it looks like."""
    for number, line in enumerate(text.splitlines(), start=1):
        what = next((what for what, shape in _SHAPES.items() if shape.search(line)), None)
        if what is None and _has_secret(line):
            what = "a secret"
        if what is not None:
            yield number, what


def is_secret(name: str, value: str) -> bool:
    """Whether a variable carries a credential."""
    return any(True for _ in credentials_in(f"{name}={value}"))


def _has_secret(line: str) -> bool:
    return any(
        _is_secret_name(found["name"]) and _is_secret_value(found["literal"] or found["quoted"], found["later"])
        for shape in _NAMED
        for found in shape.finditer(line)
    )


def _is_secret_name(name: str) -> bool:
    words = [word.lower() for word in _WORD.findall(name)]
    if not words or words[-1] in _ABOUT or name in ("PWD", "OLDPWD"):
        return False
    return any(_SECRET.fullmatch(word) for word in words) or any(pair in _KEYS for pair in pairwise(words))


def _is_secret_value(literal: str | None, later: str | None) -> bool:
    """Whether a value is a secret, unless it is masked, or the ARN of one."""
    return bool(later) or (literal is not None and len(set(literal)) > 1 and not literal.startswith("arn:"))
