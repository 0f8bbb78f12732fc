"""Scripts for lifecycle configurations that many need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from shlex import quote

from aws_cdk import Duration, Token

from constructs_lib.apps.app import App
from constructs_lib.apps.code_editor import CodeEditor
from constructs_lib.apps.jupyter_lab import JupyterLab
from constructs_lib.errors import check_type
from constructs_lib.lifecycle.idle_shutdown import idle_minutes
from constructs_lib.lifecycle.lifecycle_config import LifecycleConfig

_SCRIPTS = Path(__file__).with_name("scripts")

_DIRECTORY = re.compile(r"[\w][\w.-]{0,63}", re.ASCII)
_PACKAGE = re.compile(r"[a-z0-9]([\w.-]*[a-z0-9])?(\[[\w.,-]+\])?==\d[\w.!+]*", re.ASCII | re.IGNORECASE)
_EXTENSION = re.compile(r"[a-z0-9][\w-]*\.[a-z0-9][\w.-]*@\d[\w.+-]*", re.ASCII | re.IGNORECASE)
_VSIX = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[\w!.*'()/ -]+\.vsix", re.ASCII)
_INDEX_URL = re.compile(r"https://[\w.-]+(:\d+)?(/[\w.~%+-]+)*/?", re.ASCII)
_LINE = re.compile(r"[^\s\x00-\x1f\x7f-][^\x00-\x1f\x7f]*")
_DOMAIN = re.compile(r"([a-z0-9-]+\.)+[a-z]{2,}", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(rf"[\w.+%-]+@{_DOMAIN.pattern}", re.ASCII | re.IGNORECASE)


class LifecycleScripts:
    """Ready-made lifecycle configurations, to be attached as they are or composed with others.

    Two of the same kind in one domain need names of their own.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-lifecycle-configurations.html
    """

    @staticmethod
    def mount_home_efs(*, directory: str = "home-efs", name: str = "mount-home-efs") -> LifecycleConfig:
        """Mount the home directory of a private space's owner from the domain's EFS file system, by NFS.

        Studio does that itself where the file system is there and ``AutoMountHomeEFS`` is not ``Disabled``, at
        ``~/user-default-efs`` and through an access point: prefer it. This is for the time of a migration from Studio
        Classic, where that is off or the directory must be found at another path.

        The volume of the space is far faster than EFS for many small files: copy what you work on. Home directories
        belong to the uid of their user and are closed to others, while an app runs as uid 1000: the script lets the
        app's group into the directory itself, not into what is in it, and what the app makes there is the app's.
        Whoever reaches port 2049 of the file system and may use ``sudo`` can mount the homes of others as well.

        The image needs an NFS client, Python and the AWS CLI, and the domain ``home_efs=True``, port 2049 open from
        its security groups to the file system's, and DNS. In a shared space the script does nothing.

        Args:
            directory: where in the home directory of the app; it must be empty. Default: ``home-efs``.
            name: what the configuration is called in Studio.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the directory is no plain name.

        See https://docs.aws.amazon.com/efs/latest/ug/mounting-fs-mount-cmd-dns-name.html
        """
        _check("directory", directory, _DIRECTORY, "1..64 letters, digits, dots, hyphens and underscores", "'home-efs'")
        return _config("space.sh", "mount_home_efs.sh", name=name, directory=directory)

    @staticmethod
    def install_jupyter_extensions(
        packages: Sequence[str], *, index_url: str | None = None, name: str = "install-jupyter-extensions"
    ) -> LifecycleConfig:
        """Install Python packages beside JupyterLab, its extensions say, whenever it starts.

        It takes the time of each start, of which a script has 5 minutes: an image that has them is better for many.

        Args:
            packages: names with exact versions, such as ``jupyterlab-git==0.50.2``, so that a release of tomorrow
                breaks nobody's work. What they depend on is not held.
            index_url: the HTTPS address of the index to use, of a mirror in the VPC say. Default: that of the image.
            name: what the configuration is called in Studio.

        Raises:
            TypeError: an argument is of another type.
            ValueError: there is no package, or one without an exact version, or the address is none.

        See https://docs.aws.amazon.com/sagemaker/latest/dg/jl-lcc.html
        """
        _check_each("packages", packages, (_PACKAGE,), "names with an exact version", "'jupyterlab-git==0.50.2'")
        if index_url is not None:
            _check("index_url", index_url, _INDEX_URL, "an HTTPS address without a user", "'https://pypi.org/simple'")
        return _config(
            "install_jupyter_extensions.sh",
            name=name,
            app=JupyterLab,
            packages=packages,
            index_url=index_url or "",
        )

    @staticmethod
    def install_code_editor_extensions(
        extensions: Sequence[str], *, name: str = "install-code-editor-extensions"
    ) -> LifecycleConfig:
        """Install extensions of Code Editor whenever it starts, from Open VSX, or from a bucket without internet.

        Args:
            extensions: names with exact versions as Open VSX has them, such as ``ms-python.python@2024.12.3``, or S3
                URIs of ``.vsix`` files, which the execution role must be let read.
            name: what the configuration is called in Studio.

        Raises:
            TypeError: an argument is of another type.
            ValueError: there is no extension, or one without an exact version.

        See https://docs.aws.amazon.com/sagemaker/latest/dg/code-editor-use-lifecycle-configurations-extensions.html
        """
        allowed = "names with an exact version, or S3 URIs of .vsix files"
        _check_each("extensions", extensions, (_EXTENSION, _VSIX), allowed, "'ms-python.python@2024.12.3'")
        return _config("install_code_editor_extensions.sh", name=name, app=CodeEditor, extensions=extensions)

    @staticmethod
    def git_identity(*, email_domain: str, name: str = "git-identity") -> LifecycleConfig:
        """Say to Git that the owner of a private space commits, by the name of the profile.

        What a user has said stands. In a shared space the script does nothing; where it cannot do its work, the app
        starts without it.

        Args:
            email_domain: the part of the email address after the ``@``; before it comes the name of the profile.
            name: what the configuration is called in Studio.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the domain is none.
        """
        _check("email_domain", email_domain, _DOMAIN, "a name with a dot", "'example.com'")
        return _git_identity(name, email_domain=email_domain)

    @staticmethod
    def git_identity_of(user_name: str, *, email: str, name: str = "git-identity") -> LifecycleConfig:
        """Say to Git that a person commits; for the settings of that person's profile.

        What the user has said stands. In a shared space the script does nothing; where it cannot do its work, the app
        starts without it.

        Args:
            user_name: the person's name.
            email: the person's email address.
            name: what the configuration is called in Studio.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the name or the address is none.
        """
        _check("user_name", user_name, _LINE, "a line of text without a hyphen before it", "'Alice Ng'")
        _check("email", email, _EMAIL, "an email address", "'alice@example.com'")
        return _git_identity(name, user_name=user_name, user_email=email)

    @staticmethod
    def idle_shutdown(after: Duration, *, name: str = "idle-shutdown") -> LifecycleConfig:
        """Stop an idle JupyterLab of a private space, for images that do not tell Studio of their idleness.

        Prefer ``IdleShutdown`` with SageMaker Distribution 2.0 or newer, and with images built on it: Studio then
        asks the app, and an administrator can enforce it, while a user may choose another script than this one unless
        it is built in.

        The app is in use while a kernel is busy or starts, while a command runs in a terminal, and from the last
        output of a kernel or a terminal on; editing a file alone is no use of it. Where the Jupyter server
        does not answer, the app counts as in use. The image needs Python, the AWS CLI, and JupyterLab at port 8888
        and ``/jupyterlab/default``. In a shared space nobody inside may stop the app, and nothing happens.

        Args:
            after: whole minutes, 60 minutes to 365 days.
            name: what the configuration is called in Studio.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the time is out of range or a token.
        """
        check_type("after", after, Duration, "Duration.hours(2) say")
        if after.is_unresolved():
            raise ValueError("idle shutdown by a script must be a known time, got a token; pass Duration.hours(2) say")
        return _config(
            "space.sh",
            "idle_shutdown.sh",
            name=name,
            app=JupyterLab,
            minutes=str(idle_minutes("idle shutdown", after)),
        )


def _git_identity(name: str, *, user_name: str = "", user_email: str = "", email_domain: str = "") -> LifecycleConfig:
    return _config(
        "optional.sh",
        "space.sh",
        "git_identity.sh",
        name=name,
        user_name=user_name,
        user_email=user_email,
        email_domain=email_domain,
    )


def _config(*files: str, name: str, app: type[App] | None = None, **values: str | Sequence[str]) -> LifecycleConfig:
    """Return the configuration that sets shell variables and runs what the files say."""
    lines = (f"{variable}={_quoted(value)}\n" for variable, value in values.items())
    parts = ((_SCRIPTS / file).read_text(encoding="utf-8") for file in files)
    script = "".join(("#!/bin/bash\nset -euo pipefail\n", *lines, *(f"\n{part}" for part in parts)))
    return LifecycleConfig.from_script(script, name=name, app=app)


def _quoted(value: str | Sequence[str]) -> str:
    return quote(value) if isinstance(value, str) else f"({' '.join(map(quote, value))})"


def _check(argument: str, given: str, pattern: re.Pattern[str], allowed: str, example: str) -> None:
    """Refuse what does not match; a token too, which no quoting can make safe in a script."""
    check_type(argument, given, str, f"{example} say")
    if not pattern.fullmatch(given) or Token.is_unresolved(given):
        raise ValueError(f"{argument} must be {allowed}, got {given!r}; pass {example} say")


def _check_each(
    argument: str, given: Sequence[str], patterns: tuple[re.Pattern[str], ...], allowed: str, example: str
) -> None:
    check_type(argument, given, (list, tuple), f"a list such as [{example}]")
    if not given:
        raise ValueError(f"{argument} must name at least one, got none; pass [{example}] say")
    for one in given:
        check_type(argument, one, str, f"{example} say")
        if Token.is_unresolved(one) or not any(pattern.fullmatch(one) for pattern in patterns):
            raise ValueError(f"{argument} must be {allowed}, got {one!r}; pass {example} say")
