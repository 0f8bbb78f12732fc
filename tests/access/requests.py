"""Turns the words of the contract into requests."""

from __future__ import annotations

from collections.abc import Sequence

from tests.access.contract import Row
from tests.access.documents import Document
from tests.access.references import ACCOUNT, PARTITION, REGION
from tests.access.simulator import Case
from tests.access.studios import Actor, Studio

_DISTRIBUTION = f"arn:{PARTITION}:sagemaker:{REGION}:819792524951"
_KEYS = {
    "for-aws-resource": "kms:GrantIsForAWSResource",
    "images": "sagemaker:ImageArns",
    "owner": "sagemaker:OwnerUserProfileArn",
    "passed-to": "iam:PassedToService",
    "remote": "sagemaker:RemoteAccess",
    "scripts": "sagemaker:StudioLifecycleConfigArns",
    "sharing": "sagemaker:SpaceSharingType",
    "tag": "aws:ResourceTag/sagemaker:user-profile-arn",
    "tagging": "sagemaker:TaggingAction",
    "types": "sagemaker:InstanceTypes",
    "versions": "sagemaker:ImageVersionArns",
    "via": "kms:ViaService",
    "vpce": "aws:SourceVpce",
}
_LISTED = ("images", "scripts", "types", "versions")


def case(row: Row, studio: Studio, actor: Actor, policies: Sequence[Document]) -> Case:
    """Return the request of a row as one actor makes it under these policies."""
    return Case(
        action=row.action,
        resource=_resource(row.resource, studio),
        principal=actor.arn,
        identity_policies=tuple(policies),
        context={**_context(row.context, studio), **actor.says},
        resource_policy=studio.key.policy if row.resource == "key" else None,
        validated=actor.validated,
    )


def _resource(words: str, studio: Studio) -> str:
    words, _, where = words.partition(" @")
    if where == "us-east-1":
        return _resource(words, studio).replace(REGION, where)
    domain_id = studio.domain_ids[where]
    kind, _, name = words.partition(" ")
    match kind:
        case "*":
            return "*"
        case "app":
            space, app_type = name.split("/")
            return _arn(f"app/{domain_id}/{space}/{app_type}/default")
        case "space" | "user-profile":
            return _arn(f"{kind}/{domain_id}/{name}")
        case "domain":
            return _arn(f"domain/{domain_id}")
        case "image-version":
            return _arn(f"image-version/{name}/1")
        case "key":
            return studio.key.arn
        case "repository":
            return _arn(words.replace(" ", "/"), service="ecr")
        case "role":
            return studio.actors[name].arn if name in studio.actors else f"arn:{PARTITION}:iam::{ACCOUNT}:role/{name}"
        case "log-group":
            return _arn("log-group:/aws/sagemaker/studio", service="logs")
        case "log-stream":
            stream = f"log-stream:{domain_id}/{name}/JupyterLab/default"
            return _arn(f"log-group:/aws/sagemaker/studio:{stream}", service="logs")
        case _:
            return _arn(f"{kind}/{name}")


def _context(words: str, studio: Studio) -> dict[str, str | list[str]]:
    context: dict[str, str | list[str]] = {}
    for word in [] if words == "-" else words.split():
        name, value = word.split("=")
        values = [_value(name, one, studio) for one in value.split(",")]
        context[_KEYS[name]] = values if name in _LISTED else values[0]
    return context


def _value(name: str, value: str, studio: Studio) -> str:
    match name:
        case "owner" | "tag":
            user, _, domain = value.partition("@")
            where = "other" if user == "eve" else domain
            return _arn(f"user-profile/{studio.domain_ids[where]}/{user}")
        case "images":
            return f"{_DISTRIBUTION}:image/sagemaker-distribution-cpu" if value == "cpu" else _arn(f"image/{value}")
        case "versions" if value.startswith("cpu/"):
            return f"{_DISTRIBUTION}:image-version/sagemaker-distribution-{value}"
        case "versions":
            return _arn(f"image-version/{value}")
        case "scripts":
            return _arn(f"studio-lifecycle-config/{value}")
        case "passed-to":
            return f"{value}.amazonaws.com"
        case "via":
            return f"{value}.{REGION}.amazonaws.com"
        case _:
            return value


def _arn(resource: str, *, service: str = "sagemaker") -> str:
    return f"arn:{PARTITION}:{service}:{REGION}:{ACCOUNT}:{resource}"
