"""The SageMaker API of Studio: requests are held to the shapes and the rules, and answered from the records."""

from __future__ import annotations

import json
import secrets
from threading import RLock
from typing import Any

from botocore.model import OperationModel
from ministack import app
from ministack.core import router
from ministack.core.responses import error_response_json, get_account_id, get_region, json_response

from localcloud.server import shapes
from localcloud.server.account import delete_home_file_system, make_home_file_system
from localcloud.server.errors import ApiError
from localcloud.server.kinds import APP, DOMAIN, IMAGE, IMAGE_VERSION, KINDS, MLFLOW_APP, SPACE, USER_PROFILE, Kind
from localcloud.server.lists import page
from localcloud.server.records import Record, Records
from localcloud.server.rules import check_create, check_delete, check_update

_RECORDS = Records()
_LOCK = RLock()  # requests come from threads too
_LASTING = ("AppType", "SpaceStorageSettings")  # what a space has for good, be it that an update leaves it out
_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


def register() -> None:
    """Add the API to the emulator."""
    app.SERVICE_HANDLERS["sagemaker"] = _handle
    router.SERVICE_PATTERNS["sagemaker"] = {"target_prefixes": ["SageMaker."], "host_patterns": [r"api\.sagemaker\."]}


def call(operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Carry out an operation in the account and the region of the request, and return its answer.

    Raises:
        ApiError: it is refused.
    """
    if operation not in shapes.service().operation_names:
        raise ApiError("UnknownOperationException", f"{operation} is no operation of SageMaker.")
    model = shapes.operation(operation)
    shapes.check(model.input_shape, parameters)
    with _LOCK:
        return _answer(operation, model, parameters)


def _answer(operation: str, model: OperationModel, parameters: dict[str, Any]) -> dict[str, Any]:
    if operation in _OTHERS:
        return _OTHERS[operation](parameters)
    for verb, carry_out in _VERBS.items():
        kind = KINDS.get(operation.removeprefix(verb).removesuffix("s" if verb == "List" else ""))
        if operation.startswith(verb) and kind is not None:
            answer = carry_out(kind, dict(parameters))
            return shapes.project(model.output_shape, answer) if model.output_shape else {}
    raise ApiError("UnknownOperationException", f"{operation} is not offered here.")


async def _handle(
    method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, Any]
) -> tuple[int, dict[str, str], bytes]:
    operation = headers.get("x-amz-target", "").rpartition(".")[2]
    try:
        answer: tuple[int, dict[str, str], bytes] = json_response(call(operation, json.loads(body or b"{}")))
    except ApiError as error:
        answer = error_response_json(error.code, error.message, 400)
    return answer


def _create(kind: Kind, members: dict[str, Any]) -> dict[str, Any]:
    tags = members.pop("Tags", [])
    members.update(_identity(kind, members))
    members[kind.arn] = _arn(kind, members)
    check_create(_RECORDS, kind, members)
    record = Record(kind, members, tags)
    _RECORDS.add(record)
    if kind is DOMAIN and members.get("HomeEfsFileSystemCreation", "Enabled") == "Enabled":
        members["HomeEfsFileSystemId"] = make_home_file_system(members[kind.arn], members)
    return record.shown


def _describe(kind: Kind, names: dict[str, Any]) -> dict[str, Any]:
    return _named(kind, names).shown


def _update(kind: Kind, request: dict[str, Any]) -> dict[str, Any]:
    record = _named(kind, request)
    members = record.members
    gone = request.pop("DeleteProperties", [])
    changed = {_unfixed(name): one for name, one in request.items() if name not in (*kind.keys, "Alias")}
    if kind is DOMAIN and "DomainSettings" in changed:
        settings = {_unfixed(name): one for name, one in changed["DomainSettings"].items()}
        changed["DomainSettings"] = {**members.get("DomainSettings", {}), **settings}
    if kind is SPACE and "SpaceSettings" in changed:
        lasting = {name: one for name, one in members.get("SpaceSettings", {}).items() if name in _LASTING}
        changed["SpaceSettings"] = {**lasting, **changed["SpaceSettings"]}
    if kind is IMAGE_VERSION:
        added, deleted = changed.pop("AliasesToAdd", []), changed.pop("AliasesToDelete", [])
        changed["Aliases"] = [one for one in members.get("Aliases", []) if one not in deleted] + added
    check_update(_RECORDS, record, changed)
    record.update(changed)
    for name in gone:
        members.pop(name, None)
    if (
        kind is DOMAIN
        and changed.get("HomeEfsFileSystemCreation") == "Enabled"
        and "HomeEfsFileSystemId" not in members
    ):
        members["HomeEfsFileSystemId"] = make_home_file_system(members[kind.arn], members)
    return record.shown


def _delete(kind: Kind, names: dict[str, Any]) -> dict[str, Any]:
    record = _named(kind, names)
    check_delete(_RECORDS, record)
    if not record.is_deleted:
        record.delete()
        if kind is IMAGE:
            for version in _RECORDS.of(IMAGE_VERSION, ImageName=record.members["ImageName"]):
                version.delete()
        retention = names.get("RetentionPolicy", {}).get("HomeEfsFileSystem", "Retain")
        if kind is DOMAIN and retention == "Delete" and "HomeEfsFileSystemId" in record.members:
            delete_home_file_system(record.members["HomeEfsFileSystemId"])
    return record.shown


def _list(kind: Kind, request: dict[str, Any]) -> dict[str, Any]:
    if kind is IMAGE_VERSION:
        _RECORDS.get(IMAGE, request)
    shape = shapes.operation(f"List{kind.name}s").output_shape.members[kind.items].member
    found, token = page(kind, _RECORDS.of(kind), request)
    items = {kind.items: [shapes.project(shape, one) for one in found]}
    return items if token is None else {**items, "NextToken": token}


def _add_tags(request: dict[str, Any]) -> dict[str, Any]:
    record = _RECORDS.with_arn(request["ResourceArn"])
    added = {tag["Key"] for tag in request["Tags"]}
    record.tags = [tag for tag in record.tags if tag["Key"] not in added] + request["Tags"]
    return {"Tags": record.tags}


def _list_tags(request: dict[str, Any]) -> dict[str, Any]:
    tags = _RECORDS.with_arn(request["ResourceArn"]).tags
    begin = int(request.get("NextToken", 0))
    end = begin + request.get("MaxResults", 50)
    return {"Tags": tags[begin:end], **({"NextToken": str(end)} if end < len(tags) else {})}


def _delete_tags(request: dict[str, Any]) -> dict[str, Any]:
    record = _RECORDS.with_arn(request["ResourceArn"])
    record.tags = [tag for tag in record.tags if tag["Key"] not in request["TagKeys"]]
    return {}


def _presign(request: dict[str, Any]) -> dict[str, Any]:
    domain = _RECORDS.get(DOMAIN, request)
    _RECORDS.get(USER_PROFILE, request)
    if "SpaceName" in request:
        _RECORDS.get(SPACE, request)
    if domain.members["AuthMode"] != "IAM":
        raise ApiError("ValidationException", "Only a domain with AuthMode IAM has presigned URLs.")
    return {"AuthorizedUrl": f"{domain.members['Url']}/auth?token={secrets.token_urlsafe(32)}"}


_VERBS = {"Create": _create, "Describe": _describe, "Update": _update, "Delete": _delete, "List": _list}
_OTHERS = {
    "AddTags": _add_tags,
    "CreatePresignedDomainUrl": _presign,
    "DeleteTags": _delete_tags,
    "ListTags": _list_tags,
}


def _named(kind: Kind, names: dict[str, Any]) -> Record:
    if kind is IMAGE_VERSION:
        names = {**names, "Version": _version(names)}
    return _RECORDS.get(kind, names)


def _version(names: dict[str, Any]) -> int:
    """Return the number of the version of an image that is meant: by number, by alias, or the latest."""
    versions = [one.members for one in _RECORDS.of(IMAGE_VERSION, ImageName=names["ImageName"])]
    if "Version" in names:
        return int(names["Version"])
    if "Alias" in names:
        versions = [one for one in versions if names["Alias"] in one.get("Aliases", ())]
    return max((int(one["Version"]) for one in versions), default=0)


def _identity(kind: Kind, members: dict[str, Any]) -> dict[str, Any]:
    """Return the members that SageMaker gives a new resource."""
    if kind is DOMAIN:
        domain_id = f"d-{_random(12)}"
        identity = {"DomainId": domain_id, "Url": f"https://{domain_id}.studio.{get_region()}.sagemaker.aws"}
        if members["AuthMode"] == "SSO":
            application = f"apl-{secrets.token_hex(8)}"
            identity["SingleSignOnManagedApplicationInstanceId"] = application
            identity["SingleSignOnApplicationArn"] = (
                f"arn:aws:sso::{get_account_id()}:application/ssoins-{secrets.token_hex(8)}/{application}"
            )
        return identity
    if kind is SPACE and (domain := _RECORDS.find(DOMAIN, members)):
        return {"Url": f"{domain.members['Url']}/{members.get('SpaceSettings', {}).get('AppType', '').lower()}/default"}
    if kind is IMAGE_VERSION:
        image = f"arn:aws:sagemaker:{get_region()}:{get_account_id()}:image/{members['ImageName'].lower()}"
        version = _version({"ImageName": members["ImageName"]}) + 1
        return {"Version": version, "ImageArn": image, "ContainerImage": members["BaseImage"]}
    if kind is MLFLOW_APP:
        return {"Id": _random(12)}
    return {}


def _unfixed(name: str) -> str:
    """Return how others call what updates call otherwise."""
    return name.removesuffix("ForUpdate")


def _arn(kind: Kind, members: dict[str, Any]) -> str:
    place = members.get("SpaceName", members.get("UserProfileName", ""))
    path = kind.path.format(**{**members, "Place": place} if kind is APP else members).lower()
    return f"arn:aws:sagemaker:{get_region()}:{get_account_id()}:{path}"


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
