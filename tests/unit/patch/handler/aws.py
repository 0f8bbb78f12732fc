"""SageMaker with one domain, whose requests are held to botocore's shapes; and CloudFormation with one stack."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import boto3
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator

from constructs_lib.patch.handler.clients import Clients
from constructs_lib.patch.handler.custom_resource import CustomResource
from constructs_lib.patch.handler.patience import PAUSE

DOMAIN = "d-abc123"
STACK = "arn:aws:cloudformation:eu-west-1:123456789012:stack/Studio/0a1b2c3d"
ROOT_STACK = "arn:aws:cloudformation:eu-west-1:123456789012:stack/Research/3d2c1b0a"
ROLE = "arn:aws:iam::123456789012:role/studio"

Settings = dict[str, Any]

# What CloudFormation has set, of which nothing may be lost.
DESCRIBED: Settings = {
    "DomainId": DOMAIN,
    "AuthMode": "SSO",
    "AppSecurityGroupManagement": "Service",
    "DefaultUserSettings": {
        "ExecutionRole": ROLE,
        "SecurityGroups": ["sg-1"],
        "JupyterLabAppSettings": {
            "DefaultResourceSpec": {"InstanceType": "ml.m5.large"},
            "CodeRepositories": [{"RepositoryUrl": "https://example.com/team/code"}],
        },
        "StudioWebPortalSettings": {"HiddenAppTypes": ["JupyterServer"]},
    },
    "DefaultSpaceSettings": {"ExecutionRole": ROLE},
    "DomainSettings": {
        "SecurityGroupIds": ["sg-2"],
        "DockerSettings": {"EnableDockerAccess": "ENABLED", "VpcOnlyTrustedAccounts": ["123456789012"]},
        "RStudioServerProDomainSettings": {"DomainExecutionRoleArn": ROLE},
    },
    "Status": "InService",
}


@cache
def client_of(service: str) -> Any:
    return boto3.client(
        service, region_name="eu-west-1", aws_access_key_id="nobody", aws_secret_access_key="nothing", verify=False
    )


def error(code: str, message: str = "no") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "UpdateDomain")


class SageMaker:
    """SageMaker, which keeps the members that a request leaves out, or drops them: which it does is not documented.

    Attributes:
        domain: how the domain is described; None if it is gone.
        updates: the requests of UpdateDomain that were taken.
        statuses: the statuses that come first, before that of the domain.
        refusals: what comes first, in place of an answer to UpdateDomain.
        lags: how many times a domain is described as it was before, after an update.
        ignores: whether updates have no effect.
        fails: whether updates fail afterwards.
        passable: the roles that the function may pass.
    """

    def __init__(self, *, keeps: bool) -> None:
        self.domain: Settings | None = deepcopy(DESCRIBED)
        self.updates: list[Settings] = []
        self.statuses: list[str] = []
        self.refusals: list[Exception] = []
        self.lags = 0
        self.ignores = self.fails = False
        self.passable = {ROLE}
        self._before: list[Settings] = []
        self._keeps = keeps

    def describe_domain(self, **request: Any) -> Settings:
        assert request == {"DomainId": DOMAIN}
        if self.domain is None:
            raise error("ResourceNotFound", "there is none")
        if self._before:
            return self._before.pop()
        status = self.statuses.pop(0) if self.statuses else self.domain["Status"]
        return deepcopy({**self.domain, "Status": status})

    def update_domain(self, **request: Any) -> Settings:
        shape = client_of("sagemaker").meta.service_model.operation_model("UpdateDomain").input_shape
        report = ParamValidator().validate(request, shape)
        assert not report.has_errors(), report.generate_report()
        if self.refusals:
            raise self.refusals.pop(0)
        for arn in passed_roles(request):
            if arn not in self.passable:
                raise error("AccessDeniedException", f"not authorized to perform iam:PassRole on {arn}")
        assert self.domain is not None
        assert request.pop("DomainId") == DOMAIN
        self.updates.append(deepcopy(request))
        self._before = [deepcopy(self.domain)] * self.lags
        if self.fails:
            self.domain |= {"Status": "Update_Failed", "FailureReason": "the key is disabled"}
        elif not self.ignores:
            settings = {
                name.removesuffix("ForUpdate"): _renamed(value) if isinstance(value, dict) else value
                for name, value in request.items()
            }
            self.domain = _kept(self.domain, settings) if self._keeps else {**self.domain, **settings}
        self.statuses = [] if self.fails else ["Updating", "Updating"]
        return {"DomainArn": f"arn:aws:sagemaker:eu-west-1:123456789012:domain/{DOMAIN}"}


def passed_roles(settings: Settings) -> Iterator[str]:
    """The roles of settings but for those for EMR, which stand in lists and are not passed."""
    for name, value in settings.items():
        if isinstance(value, dict):
            yield from passed_roles(value)
        elif name == "ExecutionRole" or name.endswith("RoleArn"):
            yield value


def _renamed(settings: Settings) -> Settings:
    return {name.removesuffix("ForUpdate"): value for name, value in settings.items()}


def _kept(base: Settings, over: Settings) -> Settings:
    both = {name: _kept(base.get(name, {}), value) for name, value in over.items() if isinstance(value, dict)}
    return {**base, **over, **both}


class CloudFormation:
    """CloudFormation with a stack, which is nested if it has a root.

    Attributes:
        statuses: the status of each stack, by its ARN.
    """

    def __init__(self) -> None:
        self.statuses = {STACK: "UPDATE_IN_PROGRESS"}

    def describe_stacks(self, *, StackName: str) -> dict[str, Any]:
        nesting = {"RootId": ROOT_STACK} if StackName == STACK and ROOT_STACK in self.statuses else {}
        return {"Stacks": [{"StackStatus": self.statuses[StackName], **nesting}]}


class Clock:
    """A clock that pauses move."""

    def __init__(self) -> None:
        self.seconds = 0

    def elapsed(self) -> float:
        return self.seconds

    def pause(self) -> None:
        self.seconds += PAUSE


class Aws:
    """Both, and the custom resource that talks to them."""

    def __init__(self, *, keeps: bool) -> None:
        self.sagemaker = SageMaker(keeps=keeps)
        self.cloudformation = CloudFormation()
        self.clock = Clock()

    def answer(self, event: dict[str, Any]) -> dict[str, Any]:
        clients = Clients(cloudformation=self.cloudformation, sagemaker=self.sagemaker)
        return CustomResource(clients, self.clock).answer(event)

    def create(self, settings: Settings) -> dict[str, Any]:
        return self.answer(request("Create", settings))

    def update(self, settings: Settings, before: Settings) -> dict[str, Any]:
        return self.answer(
            {**request("Update", settings), "OldResourceProperties": {"DomainId": DOMAIN, "Settings": before}}
        )

    def delete(self, settings: Settings, physical_id: str = DOMAIN) -> dict[str, Any]:
        return self.answer({**request("Delete", settings), "PhysicalResourceId": physical_id})


def request(request_type: str, settings: Settings) -> dict[str, Any]:
    """A request as CloudFormation makes it."""
    event = {
        "RequestType": request_type,
        "ResponseURL": "https://example.com/answer",
        "StackId": STACK,
        "RequestId": "5e1f",
        "LogicalResourceId": "Patch5F0A",
        "ResourceProperties": {"DomainId": DOMAIN, "Settings": settings},
    }
    return event if request_type == "Create" else {**event, "PhysicalResourceId": DOMAIN}
