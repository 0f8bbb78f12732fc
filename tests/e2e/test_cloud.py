"""The emulator itself: where it listens, that there is one of it, and that it skips nothing."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from botocore.exceptions import BotoCoreError, ClientError, WaiterError

from localcloud import cloud as module
from localcloud.cloud import Cloud, CloudError, running, start, stop
from tests.e2e.place import Place, error_of

LISTENS = "0A"
SLEEPS = """
import os, time
def handler(event, context):
    with open({!r}, "w") as file:
        file.write(str(os.getpid()))
    time.sleep(600)
"""

pytestmark = pytest.mark.e2e


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    stop(tmp_path)


def test_it_listens_on_this_machine_alone(place: Place) -> None:
    place.client("iot").create_thing(thingName="one")  # what has a port of its own elsewhere
    place.client("transfer").create_server()

    assert listens(place.cloud) == {("127.0.0.1", place.cloud.port)}


def test_there_is_one_for_a_folder_until_it_is_stopped(folder: Path) -> None:
    first = start(folder)
    second = start(folder)

    assert first == second == running(folder)
    assert (first.is_new, second.is_new) == (True, False)
    assert os.getpgid(first.process) == first.process
    assert stop(folder)
    assert running(folder) is None
    assert not stop(folder)
    assert not first.is_healthy()


@pytest.mark.parametrize("invocation", ["RequestResponse", "Event"])
def test_it_ends_with_the_functions_that_run(invocation: str, folder: Path) -> None:
    says = folder / "worker"
    with ThreadPoolExecutor(1) as caller:
        place = Place(start(folder), "100000000000")
        caller.submit(invoke, place, SLEEPS.format(str(says)), invocation)
        deadline = time.monotonic() + 30
        while not (says.exists() and says.read_text()):
            assert time.monotonic() < deadline
            time.sleep(0.1)

        assert stop(folder)

    assert not lives(place.cloud.process)
    assert not lives(int(says.read_text()))


def test_why_it_does_not_start_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setattr(module, "_free_port", lambda: taken.getsockname()[1])

        with pytest.raises(CloudError, match=r"(?is)did not start; its log ends:.*address already in use"):
            start(folder)

    assert running(folder) is None


@pytest.mark.parametrize(
    ("resource", "name"),
    [
        ({"Type": "AWS::SageMaker::Notebook"}, "AWS::SageMaker::Notebook"),
        ({"Type": "AWS::SageMaker::Domain", "Properties": {"DomainName": "one", "Nme": "two"}}, "Nme"),
        ({"Type": "AWS::SQS::Queue", "Properties": {"QueName": "two"}}, "QueName"),
    ],
)
def test_what_it_does_not_know_is_refused_by_name(resource: dict[str, Any], name: str, place: Place) -> None:
    cloudformation = place.client("cloudformation")
    template = {"Resources": {"Parameter": {"Type": "AWS::SNS::Topic"}, "Wrong": resource}}
    stack = f"wrong-{name.replace('::', '-')}"

    try:
        cloudformation.create_stack(StackName=stack, TemplateBody=json.dumps(template))
        with pytest.raises(WaiterError, match="ROLLBACK_COMPLETE"):
            cloudformation.get_waiter("stack_create_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
        events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
        said = [event.get("ResourceStatusReason", "") for event in events]
    except ClientError as error:
        said = [str(error)]

    assert any(name in one for one in said), said
    assert place.client("sns").list_topics()["Topics"] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"DomainName": "bad_name!"}, "bad_name!"),
        ({"AuthMode": "LDAP"}, "LDAP"),
        ({"VpcId": "vpc-0a1b2c3d4e5f67890"}, "vpc-0a1b2c3d4e5f67890"),
    ],
)
def test_the_sagemaker_api_refuses_what_it_cannot_do(arguments: dict[str, Any], message: str, place: Place) -> None:
    network = place.network()
    right = {
        "DomainName": "right",
        "AuthMode": "IAM",
        "VpcId": network["vpc_id"],
        "SubnetIds": network["subnet_ids"],
        "DefaultUserSettings": {},
    }

    code, said = error_of(lambda: place.client("sagemaker").create_domain(**right | arguments))

    assert code == "ValidationException"
    assert message in said


def invoke(place: Place, code: str, invocation: str) -> None:
    """Call a new function once, whatever comes of it."""
    archive = BytesIO()
    with ZipFile(archive, "w") as files:
        files.writestr("index.py", code)
    functions = place.client("lambda")
    functions.create_function(
        FunctionName="one",
        Runtime="python3.13",
        Handler="index.handler",
        Role="arn:aws:iam::100000000000:role/one",
        Code={"ZipFile": archive.getvalue()},
        Timeout=900,
    )
    functions.get_waiter("function_active_v2").wait(FunctionName="one", WaiterConfig={"Delay": 1})
    with suppress(BotoCoreError, ClientError):
        functions.invoke(FunctionName="one", InvocationType=invocation)


def lives(process: int) -> bool:
    """Whether a process is there, and is more than what its parent has not waited for."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes() != b""
    except (FileNotFoundError, ProcessLookupError):
        return False


def listens(cloud: Cloud) -> set[tuple[str, int]]:
    """Where the process listens, as the kernel has it."""
    links = (os.readlink(one) for one in Path(f"/proc/{cloud.process}/fd").iterdir())
    inodes = {link.removeprefix("socket:[").removesuffix("]") for link in links if link.startswith("socket:")}
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{cloud.process}/net/{table}").read_text().splitlines()[1:]:
            _, local, _, state, *_, inode = line.split()[:10]
            if state == LISTENS and inode in inodes:
                address, _, port = local.partition(":")
                found.add((socket.inet_ntop(socket.AF_INET, bytes.fromhex(address)[::-1]), int(port, 16)))
    return found
