from collections.abc import Iterator

import pytest

from tests.drain.handler.aws import Aws, stubbed_aws


@pytest.fixture
def aws() -> Iterator[Aws]:
    with stubbed_aws() as aws:
        yield aws
        aws.was_asked_all()
