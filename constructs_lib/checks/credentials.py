"""What a credential looks like in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A value that is looked up when the script runs, $NAME or $(command) say, is no credential; in single quotes it is one.
_LITERAL = r"""(?:"?(?![$`{<?"'\s])[^\s"'$`]{6,}|'[^\s'`{<][^\s']{5,}')"""
_WORDS = (
    r"(?:passw(?:or)?d|passphrase|pwd|secret|(?<![a-z])token(?![a-z])|api[_-]?key|access[_-]?key|private[_-]?key"
    r"|credentials?|(?<![a-z])pass(?![a-z]))"
)
# PASSWORD_FILE and --secret-id say where a credential is.
_ELSEWHERE = r"(?:file|path|dir|arn|id|name|url|uri|endpoint|helper|stdin|ttl)"
_NAME = rf"(?![\w.-]*[_-]{_ELSEWHERE}(?![\w.-]))[\w.-]*{_WORDS}[\w.-]*"
_ARN = re.compile(r"\barn:[\w:/*.-]+")
_UNKNOWN = r"[\"']?(?:<\?|\{\{resolve:)"

_SHAPES = {
    "an AWS access key": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "a GitHub token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})"),
    "a GitLab token": re.compile(r"\bglpat-[\w-]{16,}"),
    "a Hugging Face token": re.compile(r"\bhf_[A-Za-z0-9]{20,}"),
    "a Slack token": re.compile(r"\bxox[abprs]-[\w-]{10,}"),
    "a PyPI token": re.compile(r"\bpypi-[\w-]{20,}"),
    "an API key": re.compile(r"\bsk-[\w-]{20,}"),
    "a JSON web token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\."),
    "a password in a URL": re.compile(r"://[^\s/:@]*:(?:[^\s/@${<]+@|<\?)"),
    "an authorization header": re.compile(r"(?i)authorization\s*:\s*(?:basic|bearer|token)\s+[^\s\"'$`{<]{8,}"),
    "a secret that a parameter carries": re.compile(rf"(?i)(?<![\w.-]){_NAME}\s*[=: ]\s*{_UNKNOWN}"),
    "a user and password": re.compile(rf"(?:-u|--user)[ =][\"']?[\w.@-]+:(?:{_LITERAL}|{_UNKNOWN})"),
    "a login for netrc": re.compile(rf"\blogin\s+\S+\s+password\s+(?:{_LITERAL}|{_UNKNOWN})"),
    "a setting of a profile": re.compile(rf"\baws configure set \S*(?:secret_access_key|session_token) {_LITERAL}"),
    "a secret": re.compile(rf"(?i)(?<![\w.-]){_NAME}[\"']?\s*(?:=|:)\s*{_LITERAL}"),
    "a secret option": re.compile(rf"(?i)(?<![\w.-])--{_NAME}[ =]{_LITERAL}"),
}


def credentials_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text that carry a credential, by number, and what it looks like."""
    for number, line in enumerate(text.splitlines(), start=1):
        for what, shape in _SHAPES.items():
            if shape.search(_ARN.sub("arn", line)):
                yield number, what
                break


def is_secret(name: str, value: str) -> bool:
    """Whether a variable carries a credential."""
    return any(True for _ in credentials_in(f"{name}={value}"))
