"""The script that runs when an app starts."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from aws_cdk import Fn, Token
from aws_cdk import aws_sagemaker as sagemaker
from constructs import Construct

from constructs_lib.environment import Environment
from constructs_lib.errors import check_type
from constructs_lib.lifecycle.composition import one_after_the_other
from constructs_lib.lifecycle.owner import Owner
from constructs_lib.lookup import is_unresolved

if TYPE_CHECKING:
    from constructs_lib.apps.app import App

_ARN = re.compile(
    r"arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:\d{12}:studio-lifecycle-config/[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}", re.ASCII
)
_NAME = re.compile(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}", re.ASCII)
_SHEBANG = re.compile(r"#! */\S")
_APP_TYPES = ("CodeEditor", "JupyterLab")
_DIGITS_OF_HASH = 8
_MAXIMUM_NAME = 32
_MAXIMUM_PHYSICAL_NAME = 63
_MAXIMUM_BYTES = 12_288  # 16384 characters in base64


@dataclass(frozen=True, kw_only=True)
class LifecycleConfig:
    """A script that runs in a space when its app starts, as the user of the app, in at most 5 minutes.

    An app whose script fails does not start. What the script writes is in the log group ``/aws/sagemaker/studio``, in
    the stream ``DOMAIN/SPACE/APPTYPE/default/LifecycleConfigOnStart``.

    The value stands for one resource for each app type and domain that it is attached to. A lifecycle configuration
    can never be changed: another script is another one, with a hash of the script in its name, and the old one is
    left behind for the spaces that still name it.

    Attributes:
        name: what it is called in Studio, between the name of the domain and the hash; ``None`` of one that exists.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-lifecycle-configurations.html
    """

    name: str | None = None
    _script: str | None = None
    _app: type[App] | None = field(default=None, compare=False)
    _existing_arn: str | None = None

    def __post_init__(self) -> None:
        if (self._script is None) == (self._existing_arn is None) or (self._script is None) != (self.name is None):
            raise TypeError(
                "a lifecycle config comes from a method: LifecycleConfig.from_file('setup.sh'), or another of the class"
            )

    @staticmethod
    def from_script(script: str, *, name: str, app: type[App] | None = None) -> LifecycleConfig:
        """Return the lifecycle configuration that runs a script.

        Args:
            script: the text of the script, at most 12288 bytes, with ``#!/bin/bash`` or the like in its first line;
                Windows line ends become those of Unix. It may refer to resources; what such a reference stands for
                must not change later, since CloudFormation would replace the configuration by one of the same name.
            name: what it is called in Studio, 1 to 32 letters, digits and inner hyphens, unique in the domain.
            app: the only app that it is for: ``JupyterLab`` or ``CodeEditor``. Default: both.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the script does not run as it stands, or is too long, or the name breaks the pattern.
        """
        check_type("script", script, str, "the text of the script")
        _check_name(name)
        _check_app(app)
        return LifecycleConfig(name=name, _script=_with_unix_line_ends(script), _app=app)

    @staticmethod
    def from_file(path: str | Path, *, name: str | None = None, app: type[App] | None = None) -> LifecycleConfig:
        """Return the lifecycle configuration that runs the script in a file.

        Args:
            path: the file, UTF-8, read now; a relative path starts where the CDK runs.
            name: as for ``from_script``. Default: the name of the file without its ending, and with hyphens for what
                a name cannot have.
            app: as for ``from_script``.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the file cannot be read as text, or as for ``from_script``.
        """
        check_type("path", path, (str, Path), "the path of a script")
        file = Path(path)
        try:
            script = file.read_bytes().decode()
        except OSError as error:
            raise ValueError(
                f"path must be a file that can be read, got {str(path)!r}, {error.strerror}; "
                "pass the path from the directory where the CDK runs, or an absolute one"
            ) from None
        except UnicodeDecodeError:
            raise ValueError(f"path must be a file in UTF-8, got {str(path)!r}; save it in that encoding") from None
        return LifecycleConfig.from_script(script, name=_readable(file.stem) if name is None else name, app=app)

    @staticmethod
    def composed(configs: Sequence[LifecycleConfig], *, name: str) -> LifecycleConfig:
        """Return the lifecycle configuration that runs several, one after the other, since an app has but one.

        Each runs with the interpreter that it names. The first one that fails is named in the log, and ends the rest.

        Args:
            configs: those to run, in order, all from scripts.
            name: as for ``from_script``.

        Raises:
            TypeError: an argument is of another type.
            ValueError: there is none, or one that exists already, whose script is unknown, or they are for different
                apps, or too long together.
        """
        check_type("configs", configs, (list, tuple), "a list of lifecycle configs")
        for one in configs:
            check_type("configs", one, LifecycleConfig, "LifecycleConfig.from_file('setup.sh') say")
            if one._script is None:
                raise ValueError(f"configs must be made from scripts, got {one!r}; pass LifecycleConfig.from_file(...)")
        if not configs:
            raise ValueError("configs must name at least one, got none; pass those to run")
        apps = sorted({one._app for one in configs if one._app is not None}, key=lambda app: app.app_type)
        if len(apps) > 1:
            types = " and ".join(app.app_type for app in apps)
            raise ValueError(f"configs must be for the same app, got some for {types}; compose those of each app alone")
        parts = [(one.name or "", one._script or "") for one in configs]
        script = parts[0][1] if len(parts) == 1 else one_after_the_other(parts)
        return LifecycleConfig.from_script(script, name=name, app=apps[0] if apps else None)

    @staticmethod
    def from_lifecycle_config_arn(arn: str, *, app: type[App] | None = None) -> LifecycleConfig:
        """Return a lifecycle configuration that exists, in the account and the region of the domain.

        Args:
            arn: its ARN.
            app: the app that it was made for. Default: unknown, and not judged.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the ARN is not one of a lifecycle configuration.
        """
        check_type("arn", arn, str, "the ARN as text")
        _check_app(app)
        if not (len(arn) <= 256 and _ARN.fullmatch(arn)) and not is_unresolved(arn):
            raise ValueError(
                "arn must be arn:PARTITION:sagemaker:REGION:ACCOUNT:studio-lifecycle-config/NAME, "
                f"got {arn!r}; pass such an ARN"
            )
        return LifecycleConfig(_existing_arn=arn, _app=app)

    def __repr__(self) -> str:
        app = "" if self._app is None else f", app={self._app.__name__}"
        if self._existing_arn is not None:
            return f"LifecycleConfig.from_lifecycle_config_arn({self._existing_arn!r}{app})"
        return f"LifecycleConfig.from_script({self._script!r}, name={self.name!r}{app})"

    def _problems_on(self, app_type: str) -> Iterator[str]:
        """Say why an app of this type cannot have it."""
        if self._app is not None and self._app.app_type != app_type:
            yield (
                f"lifecycle configs of {app_type} must be made for it, got {self._label} for {self._app.app_type}; "
                f"pass one with app={app_type}, or without app if its script runs in both"
            )

    def _problems_in(self, environment: Environment) -> Iterator[str]:
        """Say that one that exists is elsewhere, as far as both places are known."""
        if self._existing_arn is None or is_unresolved(self._existing_arn):
            return
        _, _, _, region, account, _ = self._existing_arn.split(":", 5)
        for what, here, there in (("account", environment.account, account), ("region", environment.region, region)):
            if here and here != there:
                yield (
                    f"lifecycle configurations must be in the domain's {what} {here}, got {self._existing_arn!r}; "
                    f"pass one of that {what}"
                )

    @property
    def _label(self) -> str:
        return repr(self.name or self._existing_arn)

    def _arn(self, environment: Environment, owner: Owner, app_type: str) -> str:
        """Return its ARN.

        Args:
            environment: where the domain is.
            owner: the domain.
            app_type: the type of the app that it is attached to.
        """
        if self._existing_arn is not None:
            return self._existing_arn
        return environment.arn("sagemaker", f"studio-lifecycle-config/{self._physical_name(owner, app_type)}")

    def _arns(self, environment: Environment, owner: Owner) -> list[str]:
        """Return what its ARN is like for each app that it is for, with former scripts that spaces still name."""
        if self._existing_arn is not None:
            return [self._existing_arn]
        app_types = _APP_TYPES if self._app is None else (self._app.app_type,)
        return [
            f"{self._arn(environment, owner, app_type)[:-_DIGITS_OF_HASH]}{'?' * _DIGITS_OF_HASH}"
            for app_type in app_types
        ]

    @property
    def _is_token(self) -> bool:
        """Whether which one it is shows only in a deployment."""
        return self._existing_arn is not None and is_unresolved(self._existing_arn)

    def _define(self, scope: Construct, owner: Owner, app_type: str) -> sagemaker.CfnStudioLifecycleConfig | None:
        """Define it for one app type beneath a domain, ``None`` for one that exists.

        Raises:
            ValueError: another script of that name and type stands there.
        """
        if self._script is None:
            return None
        id = f"LifecycleConfig-{app_type}-{self.name}"
        if scope.node.try_find_child(id) is not None:
            raise ValueError(
                f"name of a lifecycle config must be unique in the domain, got {self.name!r} for two scripts of "
                f"{app_type}; pass another name to one of them"
            )
        resource = sagemaker.CfnStudioLifecycleConfig(
            scope,
            id,
            studio_lifecycle_config_name=self._physical_name(owner, app_type),
            studio_lifecycle_config_app_type=app_type,
            studio_lifecycle_config_content=Fn.base64(self._script),
        )
        # Other tags would be a replacement under the same name, which CloudFormation refuses.
        resource.add_property_deletion_override("Tags")
        # An override, since a removal policy of any scope would be written over the option: what was replaced is still
        # the script of spaces that chose it, and an app whose script is gone does not start.
        resource.add_override("UpdateReplacePolicy", "Retain")
        return resource

    def _physical_name(self, owner: Owner, app_type: str) -> str:
        identity = [owner.path, owner.resolved(owner.name), self.name, app_type, owner.resolved(self._script or "")]
        digest = hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:_DIGITS_OF_HASH]
        end = f"{self.name}-{app_type}-{digest}".lower()
        if Token.is_unresolved(owner.name):
            return end
        begin = _readable(owner.name.lower())[: _MAXIMUM_PHYSICAL_NAME - len(end) - 1].rstrip("-")
        return f"{begin}-{end}"


def _readable(text: str) -> str:
    return re.sub(r"[^a-zA-Z0-9]+", "-", text).strip("-")


def _check_name(name: str) -> None:
    check_type("name", name, str, "the name as text")
    if not (len(name) <= _MAXIMUM_NAME and _NAME.fullmatch(name)):
        raise ValueError(
            f"name of a lifecycle config must be 1..{_MAXIMUM_NAME} letters, digits and inner hyphens, got {name!r}; "
            "pass name=... to choose it"
        )


def _check_app(app: type[App] | None) -> None:
    if app is not None and not (isinstance(app, type) and isinstance(getattr(app, "app_type", None), str)):
        raise TypeError(f"app must be JupyterLab or CodeEditor, got {app!r}; pass the class itself")


def _with_unix_line_ends(script: str) -> str:
    """Return the script as it can run.

    Raises:
        ValueError: it cannot.
    """
    script = script.replace("\r\n", "\n")
    try:
        size = len(script.encode())
    except UnicodeEncodeError:
        raise ValueError("script must be text that UTF-8 can encode, got half a character; replace it") from None
    if "\0" in script:
        raise ValueError("script must have no NUL character, got one; pass a text, not a program")
    if not script.strip():
        raise ValueError("script must not be empty, got nothing that runs; begin with #!/bin/bash")
    if not _SHEBANG.match(script) and not Token.is_unresolved(script.split("\n", 1)[0]):
        first = script.split("\n", 1)[0]
        raise ValueError(
            f"script must begin with #!/ and the path of what runs it, got {first[:40]!r}; begin with #!/bin/bash"
        )
    if size > _MAXIMUM_BYTES and not Token.is_unresolved(script):
        raise ValueError(
            f"script must be at most {_MAXIMUM_BYTES} bytes, 16384 characters in base64, got {size}; "
            "shorten it, or let it fetch and run a longer one from a bucket"
        )
    return script
