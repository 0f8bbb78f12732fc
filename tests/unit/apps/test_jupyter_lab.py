from __future__ import annotations

import aws_cdk as cdk
import pytest

from constructs_lib import CodeEditor, IdleShutdown, InstanceType, JupyterLab, StudioImage


def test_repositories_are_equal_as_list_and_tuple() -> None:
    urls = ["https://github.com/example/churn", "https://example.com/a_b/c.git/"]

    assert JupyterLab(code_repositories=urls) == JupyterLab(code_repositories=tuple(urls))


def test_repository_may_be_a_token() -> None:
    url = cdk.Fn.import_value("Repository")

    assert JupyterLab(code_repositories=[url]).code_repositories == (url,)


@pytest.mark.parametrize("kind", [JupyterLab, CodeEditor])
def test_repr_can_be_pasted(kind: type[JupyterLab | CodeEditor]) -> None:
    app = kind(
        instance_type=InstanceType.ML_G5_XLARGE,
        image=StudioImage.distribution_gpu(),
        idle_shutdown=IdleShutdown.after(cdk.Duration.hours(1)),
    )

    assert eval(repr(app), {**globals(), "Duration": cdk.Duration}) == app
