"""Scripts that run when an app starts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import aws_cdk as cdk
from aws_cdk import Duration

from constructs_lib import App, CodeEditor, IdleShutdown, JupyterLab
from constructs_lib.lifecycle.lifecycle_config import LifecycleConfig
from constructs_lib.lifecycle.lifecycle_scripts import LifecycleScripts
from tests.unit.wrong_inputs.studio import Studio

SCRIPT = "#!/bin/bash\n"
ARN = "arn:aws:sagemaker:eu-west-1:111111111111:studio-lifecycle-config/setup"


def script(text: str, name: str = "setup", app: type[App] | None = None) -> LifecycleConfig:
    return LifecycleConfig.from_script(text, name=name, app=app)


def file_with(content: bytes, name: str = "setup.sh") -> LifecycleConfig:
    with TemporaryDirectory() as directory:
        file = Path(directory) / name
        file.write_bytes(content)
        try:
            return LifecycleConfig.from_file(file)
        except ValueError as error:
            raise ValueError(str(error).replace(directory, "")) from None


def secret(studio: Studio) -> str:
    return cdk.CfnParameter(studio.stack, "Parameter").value_as_string


def masked(do: Callable[[], object], token: str) -> None:
    try:
        do()
    except ValueError as error:
        raise ValueError(str(error).replace(repr(token), "a token")) from None


def with_token(studio: Studio, do: Callable[[str], object]) -> None:
    token = secret(studio)
    masked(lambda: do(token), token)


NAME = "name of a lifecycle config must be 1..32 letters, digits and inner hyphens, got {}; pass name=... to choose it"
LONG = "script must be at most 12288 bytes, 16384 characters in base64, got {}; shorten it, or let it fetch and run a longer one from a bucket"
PACKAGES = "packages must be names with an exact version, got {}; pass 'jupyterlab-git==0.50.2' say"
EXTENSIONS = "extensions must be names with an exact version, or S3 URIs of .vsix files, got {}; pass 'ms-python.python@2024.12.3' say"
DIRECTORY = "directory must be 1..64 letters, digits, dots, hyphens and underscores, got {}; pass 'home-efs' say"
ARNS = "arn must be arn:PARTITION:sagemaker:REGION:ACCOUNT:studio-lifecycle-config/NAME, got {}; pass such an ARN"

WRONG: dict[str, tuple[Callable[[Studio], object], str]] = {
    # scripts
    "empty script": (lambda s: script(" \n"), "script must not be empty, got nothing that runs; begin with #!/bin/bash"),
    "script without an interpreter": (lambda s: script("echo hello\n"), "script must begin with #!/ and the path of what runs it, got 'echo hello'; begin with #!/bin/bash"),
    "interpreter after a line": (lambda s: script("\n#!/bin/bash\n"), "script must begin with #!/ and the path of what runs it, got ''; begin with #!/bin/bash"),
    "interpreter without a path": (lambda s: script("#!bash\n"), "script must begin with #!/ and the path of what runs it, got '#!bash'; begin with #!/bin/bash"),
    "script with a byte order mark": (lambda s: script("\ufeff#!/bin/bash\n"), "script must begin with #!/ and the path of what runs it, got '\\ufeff#!/bin/bash'; begin with #!/bin/bash"),
    "script with NUL": (lambda s: script("#!/bin/bash\n\0"), "script must have no NUL character, got one; pass a text, not a program"),
    "script with half a character": (lambda s: script("#!/bin/bash\n\ud800"), "script must be text that UTF-8 can encode, got half a character; replace it"),
    "script too long": (lambda s: script(SCRIPT.ljust(12_289, "#")), LONG.format(12_289)),
    "script too long in bytes": (lambda s: script(SCRIPT + "ä" * 6_139), LONG.format(12_290)),
    "script of nothing": (lambda s: file_with(b""), "script must not be empty, got nothing that runs; begin with #!/bin/bash"),
    "file that is not there": (lambda s: LifecycleConfig.from_file("no-such.sh"), "path must be a file that can be read, got 'no-such.sh', No such file or directory; pass the path from the directory where the CDK runs, or an absolute one"),
    "file that is a directory": (lambda s: LifecycleConfig.from_file("/"), "path must be a file that can be read, got '/', Is a directory; pass the path from the directory where the CDK runs, or an absolute one"),
    "file in another encoding": (lambda s: file_with("#!/bin/bash\n# ä".encode("latin-1")), "path must be a file in UTF-8, got '/setup.sh'; save it in that encoding"),
    # names
    "no name": (lambda s: script(SCRIPT, ""), NAME.format("''")),
    "name with an underscore": (lambda s: script(SCRIPT, "set_up"), NAME.format("'set_up'")),
    "name with a hyphen at the end": (lambda s: script(SCRIPT, "setup-"), NAME.format("'setup-'")),
    "name too long for a lifecycle config": (lambda s: script(SCRIPT, "a" * 33), NAME.format(f"'{'a' * 33}'")),
    "name with a line end": (lambda s: script(SCRIPT, "setup\n"), NAME.format("'setup\\n'")),
    "name from a file too long": (lambda s: file_with(b"#!/bin/bash\n", f"{'a' * 33}.sh"), NAME.format(f"'{'a' * 33}'")),
    "name from a file of none": (lambda s: file_with(b"#!/bin/bash\n", "___.sh"), NAME.format("''")),
    # composition
    "composition of none": (lambda s: LifecycleConfig.composed([], name="all"), "configs must name at least one, got none; pass those to run"),
    "composition with one that exists": (lambda s: LifecycleConfig.composed([script(SCRIPT), LifecycleConfig.from_lifecycle_config_arn(ARN)], name="all"), f"configs must be made from scripts, got LifecycleConfig.from_lifecycle_config_arn('{ARN}'); pass LifecycleConfig.from_file(...)"),
    "composition for two apps": (lambda s: LifecycleConfig.composed([script(SCRIPT, app=JupyterLab), script(SCRIPT, app=CodeEditor)], name="all"), "configs must be for the same app, got some for CodeEditor and JupyterLab; compose those of each app alone"),
    "composition too long": (lambda s: LifecycleConfig.composed([script(SCRIPT.ljust(12_288, "#"))] * 2, name="all"), LONG.format(25_010)),
    # those that exist
    "ARN of another thing": (lambda s: LifecycleConfig.from_lifecycle_config_arn("arn:aws:sagemaker:eu-west-1:111111111111:image/team"), ARNS.format("'arn:aws:sagemaker:eu-west-1:111111111111:image/team'")),
    "ARN without a name": (lambda s: LifecycleConfig.from_lifecycle_config_arn(ARN.removesuffix("setup")), ARNS.format(f"'{ARN.removesuffix('setup')}'")),
    "ARN without an account": (lambda s: LifecycleConfig.from_lifecycle_config_arn(ARN.replace("111111111111", "1")), ARNS.format(f"'{ARN.replace('111111111111', '1')}'")),
    "ARN too long": (lambda s: LifecycleConfig.from_lifecycle_config_arn(ARN + "a" * 200), ARNS.format(f"'{ARN}{'a' * 200}'")),
    # ready-made scripts
    "directory elsewhere": (lambda s: LifecycleScripts.mount_home_efs(directory="../other"), DIRECTORY.format("'../other'")),
    "directory that is the home": (lambda s: LifecycleScripts.mount_home_efs(directory="."), DIRECTORY.format("'.'")),
    "directory with a path": (lambda s: LifecycleScripts.mount_home_efs(directory="a/b"), DIRECTORY.format("'a/b'")),
    "directory that only the deployment knows": (lambda s: with_token(s, lambda token: LifecycleScripts.mount_home_efs(directory=token)), DIRECTORY.format("a token")),
    "no packages": (lambda s: LifecycleScripts.install_jupyter_extensions([]), "packages must name at least one, got none; pass ['jupyterlab-git==0.50.2'] say"),
    "package without a version": (lambda s: LifecycleScripts.install_jupyter_extensions(["jupyterlab-git"]), PACKAGES.format("'jupyterlab-git'")),
    "package with a least version": (lambda s: LifecycleScripts.install_jupyter_extensions(["jupyterlab-git>=0.50"]), PACKAGES.format("'jupyterlab-git>=0.50'")),
    "package with any patch": (lambda s: LifecycleScripts.install_jupyter_extensions(["jupyterlab-git==0.50.*"]), PACKAGES.format("'jupyterlab-git==0.50.*'")),
    "package that is an option": (lambda s: LifecycleScripts.install_jupyter_extensions(["--pre"]), PACKAGES.format("'--pre'")),
    "package at an address": (lambda s: LifecycleScripts.install_jupyter_extensions(["git+https://example.com/x"]), PACKAGES.format("'git+https://example.com/x'")),
    "index without encryption": (lambda s: LifecycleScripts.install_jupyter_extensions(["a==1"], index_url="http://mirror/simple"), "index_url must be an HTTPS address without a user, got 'http://mirror/simple'; pass 'https://pypi.org/simple' say"),
    "index with a password": (lambda s: LifecycleScripts.install_jupyter_extensions(["a==1"], index_url="https://me:pass@mirror/simple"), "index_url must be an HTTPS address without a user, got 'https://me:pass@mirror/simple'; pass 'https://pypi.org/simple' say"),
    "no extensions": (lambda s: LifecycleScripts.install_code_editor_extensions([]), "extensions must name at least one, got none; pass ['ms-python.python@2024.12.3'] say"),
    "extension without a version": (lambda s: LifecycleScripts.install_code_editor_extensions(["ms-python.python"]), EXTENSIONS.format("'ms-python.python'")),
    "extension in a bucket that is none": (lambda s: LifecycleScripts.install_code_editor_extensions(["s3://team/readme.md"]), EXTENSIONS.format("'s3://team/readme.md'")),
    "extension that is an option": (lambda s: LifecycleScripts.install_code_editor_extensions(["--force"]), EXTENSIONS.format("'--force'")),
    "email domain with a user": (lambda s: LifecycleScripts.git_identity(email_domain="me@example.com"), "email_domain must be a name with a dot, got 'me@example.com'; pass 'example.com' say"),
    "email domain that only the deployment knows": (lambda s: with_token(s, lambda token: LifecycleScripts.git_identity(email_domain=token)), "email_domain must be a name with a dot, got a token; pass 'example.com' say"),
    "user name that is an option": (lambda s: LifecycleScripts.git_identity_of("--unset", email="me@example.com"), "user_name must be a line of text without a hyphen before it, got '--unset'; pass 'Alice Ng' say"),
    "user name in two lines": (lambda s: LifecycleScripts.git_identity_of("Alice\nNg", email="me@example.com"), "user_name must be a line of text without a hyphen before it, got 'Alice\\nNg'; pass 'Alice Ng' say"),
    "user name that only the deployment knows": (lambda s: with_token(s, lambda token: LifecycleScripts.git_identity_of(token, email="me@example.com")), "user_name must be a line of text without a hyphen before it, got a token; pass 'Alice Ng' say"),
    "email address of nobody": (lambda s: LifecycleScripts.git_identity_of("Alice", email="example.com"), "email must be an email address, got 'example.com'; pass 'alice@example.com' say"),
    "idle shutdown by a script too soon": (lambda s: LifecycleScripts.idle_shutdown(Duration.minutes(59)), "idle shutdown must be 60..525600 minutes, got 59; pass Duration.minutes(60) or more"),
    "idle shutdown by a script at a time that only the deployment knows": (lambda s: LifecycleScripts.idle_shutdown(Duration.minutes(cdk.CfnParameter(s.stack, "Minutes", type="Number").value_as_number)), "idle shutdown by a script must be a known time, got a token; pass Duration.hours(2) say"),
}  # fmt: skip

WRONG_TYPES: dict[str, tuple[Callable[[Studio], object], str]] = {
    "lifecycle config from nowhere": (lambda s: LifecycleConfig(name="setup"), "a lifecycle config comes from a method: LifecycleConfig.from_file('setup.sh'), or another of the class"),
    "script as bytes": (lambda s: LifecycleConfig.from_script(b"#!/bin/bash", name="setup"), "script must be of type str, got b'#!/bin/bash'; pass the text of the script"),
    "path by number": (lambda s: LifecycleConfig.from_file(7), "path must be of type str or Path, got 7; pass the path of a script"),
    "name by number": (lambda s: LifecycleConfig.from_script(SCRIPT, name=7), "name must be of type str, got 7; pass the name as text"),
    "app of a script by its name": (lambda s: LifecycleConfig.from_script(SCRIPT, name="setup", app="JupyterLab"), "app must be JupyterLab or CodeEditor, got 'JupyterLab'; pass the class itself"),
    "app of a script as an object": (lambda s: LifecycleConfig.from_lifecycle_config_arn(ARN, app=JupyterLab()), f"app must be JupyterLab or CodeEditor, got {JupyterLab()!r}; pass the class itself"),
    "app of a script that is every app": (lambda s: LifecycleConfig.from_script(SCRIPT, name="setup", app=App), f"app must be JupyterLab or CodeEditor, got {App!r}; pass the class itself"),
    "composition of one alone": (lambda s: LifecycleConfig.composed(script(SCRIPT), name="all"), f"configs must be of type list or tuple, got {script(SCRIPT)!r}; pass a list of lifecycle configs"),
    "composition of texts": (lambda s: LifecycleConfig.composed([SCRIPT], name="all"), "configs must be of type LifecycleConfig, got '#!/bin/bash\\n'; pass LifecycleConfig.from_file('setup.sh') say"),
    "ARN by number": (lambda s: LifecycleConfig.from_lifecycle_config_arn(7), "arn must be of type str, got 7; pass the ARN as text"),
    "packages as text": (lambda s: LifecycleScripts.install_jupyter_extensions("a==1"), "packages must be of type list or tuple, got 'a==1'; pass a list such as ['jupyterlab-git==0.50.2']"),
    "package by number": (lambda s: LifecycleScripts.install_jupyter_extensions([7]), "packages must be of type str, got 7; pass 'jupyterlab-git==0.50.2' say"),
    "idle time of a script as a number": (lambda s: LifecycleScripts.idle_shutdown(120), "after must be of type Duration, got 120; pass Duration.hours(2) say"),
    "idle shutdown of Studio as a script": (lambda s: LifecycleScripts.idle_shutdown(IdleShutdown.disabled()), "after must be of type Duration, got IdleShutdown.disabled(); pass Duration.hours(2) say"),
}  # fmt: skip
