import pytest

from tests.unit.patch.handler.aws import Aws


@pytest.fixture(params=[True, False], ids=["what is left out is kept", "what is left out is dropped"])
def aws(request: pytest.FixtureRequest) -> Aws:
    return Aws(keeps=request.param)
