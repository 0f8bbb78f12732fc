from __future__ import annotations

from constructs_lib.lifecycle.lifecycle_scripts import LifecycleScripts
from tests.lifecycle.shell import Shell

DIRECTORY = "/opt/amazon/sagemaker/sagemaker-code-editor-server-data/extensions"
PIP = ["pip", "install", "--no-input", "--disable-pip-version-check"]


def test_installs_packages_and_starts_jupyter_anew(shell: Shell) -> None:
    shell.command("restart-jupyter-server")

    result = shell.run(
        LifecycleScripts.install_jupyter_extensions(["jupyterlab-git==0.50.2", "black[jupyter]==24.1.0"])
    )

    assert result.returncode == 0, result.stderr
    assert shell.calls() == [[*PIP, "jupyterlab-git==0.50.2", "black[jupyter]==24.1.0"], ["restart-jupyter-server"]]


def test_installs_from_an_index_in_an_image_without_the_command_to_start_anew(shell: Shell) -> None:
    index = "https://mirror.example.com:8443/pypi/simple/"

    result = shell.run(LifecycleScripts.install_jupyter_extensions(["jupyterlab-git==0.50.2"], index_url=index))

    assert result.returncode == 0, result.stderr
    assert shell.calls() == [[*PIP, "--index-url", index, "jupyterlab-git==0.50.2"]]


def test_fails_with_pip(shell: Shell) -> None:
    shell.command("pip", "exit 3")
    shell.command("restart-jupyter-server")

    result = shell.run(LifecycleScripts.install_jupyter_extensions(["jupyterlab-git==0.50.2"]))

    assert result.returncode == 3
    assert shell.calls("restart-jupyter-server") == []


def test_installs_extensions_of_the_registry_and_of_a_bucket(shell: Shell) -> None:
    file = "s3://team-extensions/our extension.vsix"
    shell.aws(("s3 cp", 'touch "${@: -1}"'))
    shell.command("sagemaker-code-editor", '[[ $2 == *@* ]] || [ -e "$2" ]')

    result = shell.run(LifecycleScripts.install_code_editor_extensions(["ms-python.python@2024.12.3", file]))

    assert result.returncode == 0, result.stderr
    registry, copy, bucket = shell.calls()
    assert registry == [
        "sagemaker-code-editor",
        "--install-extension",
        "ms-python.python@2024.12.3",
        "--extensions-dir",
        DIRECTORY,
    ]
    assert copy[:5] == ["aws", "s3", "cp", "--only-show-errors", file]
    assert bucket == ["sagemaker-code-editor", "--install-extension", copy[5], "--extensions-dir", DIRECTORY]
    assert list((shell.root / "temporary").iterdir()) == []


def test_fails_with_the_bucket(shell: Shell) -> None:
    shell.aws()

    result = shell.run(LifecycleScripts.install_code_editor_extensions(["s3://team-extensions/ours.vsix"]))

    assert result.returncode == 254
    assert shell.calls("sagemaker-code-editor") == []


def test_fails_with_the_editor(shell: Shell) -> None:
    shell.command("sagemaker-code-editor", "exit 1")

    result = shell.run(LifecycleScripts.install_code_editor_extensions(["ms-python.python@2024.12.3", "a.b@1"]))

    assert result.returncode == 1
    assert len(shell.calls("sagemaker-code-editor")) == 1
