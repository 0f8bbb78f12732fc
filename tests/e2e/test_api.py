"""The SageMaker API of the emulator: what it demands, what it refuses, and what it shows meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from localcloud.cloud import start, stop
from tests.e2e.place import Place, error_of, settle
from tests.e2e.studios import open_space

pytestmark = pytest.mark.e2e

TRUST = (
    '{"Statement": [{"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, '
    '"Action": "sts:AssumeRole"}]}'
)


@pytest.fixture(scope="module")
def role(place: Place) -> str:
    return create_role(place)


@pytest.fixture
def slow_place(tmp_path: Path) -> Iterator[Place]:
    """A place where what is under way takes longer than a call on a busy machine."""
    yield Place(start(tmp_path, seconds_under_way=5), "100000000000")
    stop(tmp_path)


def create_role(place: Place) -> str:
    iam = place.client("iam")
    return str(iam.create_role(RoleName="studio", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"])


def create_domain(place: Place, role: str, name: str, **settings: Any) -> str:
    sagemaker = place.client("sagemaker")
    defaults = {"AuthMode": "IAM", "DefaultUserSettings": {"ExecutionRole": role}}
    arn = sagemaker.create_domain(DomainName=name, HomeEfsFileSystemCreation="Disabled", **{**defaults, **settings})
    domain_id: str = arn["DomainArn"].rpartition("/")[2]
    return domain_id


@pytest.fixture(scope="module")
def domain_id(place: Place, role: str) -> str:
    """A domain with a user and a space that is open."""
    sagemaker = place.client("sagemaker")
    sizes = {"DefaultEbsVolumeSizeInGb": 20, "MaximumEbsVolumeSizeInGb": 200}
    settings = {"ExecutionRole": role, "SpaceStorageSettings": {"DefaultEbsStorageSettings": sizes}}
    domain_id = create_domain(place, role, "research", DefaultUserSettings=settings)
    settle(lambda: sagemaker.describe_domain(DomainId=domain_id))
    for name in ("alice", "bob"):
        sagemaker.create_user_profile(DomainId=domain_id, UserProfileName=name)
    for name in ("alice", "bob"):
        settle(lambda name=name: sagemaker.describe_user_profile(DomainId=domain_id, UserProfileName=name))
    open_space(place, domain_id, "alice", "lab")
    return domain_id


def test_what_is_under_way_is_not_ready(slow_place: Place) -> None:
    sagemaker = slow_place.client("sagemaker")
    domain_id = create_domain(slow_place, create_role(slow_place), "fresh")

    assert sagemaker.describe_domain(DomainId=domain_id)["Status"] == "Pending"
    code, message = error_of(lambda: sagemaker.create_user_profile(DomainId=domain_id, UserProfileName="alice"))
    assert (code, "Pending" in message) == ("ValidationException", True)

    settle(lambda: sagemaker.describe_domain(DomainId=domain_id))
    sagemaker.update_domain(DomainId=domain_id, TagPropagation="ENABLED")
    assert sagemaker.describe_domain(DomainId=domain_id)["Status"] == "Updating"
    assert (
        error_of(lambda: sagemaker.update_domain(DomainId=domain_id, TagPropagation="DISABLED"))[0] == "ResourceInUse"
    )

    settle(lambda: sagemaker.describe_domain(DomainId=domain_id))
    sagemaker.delete_domain(DomainId=domain_id)
    assert sagemaker.describe_domain(DomainId=domain_id)["Status"] == "Deleting"
    code, _ = error_of(lambda: settle(lambda: sagemaker.describe_domain(DomainId=domain_id)))
    assert code == "ResourceNotFound"


def space(**changed: Any) -> Callable[[Any, str], Any]:
    request = {
        "SpaceName": "other",
        "OwnershipSettings": {"OwnerUserProfileName": "alice"},
        "SpaceSharingSettings": {"SharingType": "Private"},
        "SpaceSettings": {"AppType": "JupyterLab"},
        **changed,
    }
    given = {name: one for name, one in request.items() if one is not None}
    return lambda sagemaker, domain_id: sagemaker.create_space(DomainId=domain_id, **given)


def app(**changed: Any) -> Callable[[Any, str], Any]:
    request = {"SpaceName": "lab", "AppType": "JupyterLab", "AppName": "default", **changed}
    return lambda sagemaker, domain_id: sagemaker.create_app(DomainId=domain_id, **request)


def update(**settings: Any) -> Callable[[Any, str], Any]:
    return lambda sagemaker, domain_id: sagemaker.update_space(
        DomainId=domain_id, SpaceName="lab", SpaceSettings=settings
    )


def account_of(sagemaker: Any) -> str:
    arn: str = sagemaker.list_domains()["Domains"][0]["DomainArn"]
    return arn.split(":")[4]


REFUSED: dict[str, tuple[Callable[[Any, str], Any], str, str]] = {
    "name that is taken in another case": (space(SpaceName="LAB"), "ResourceInUse", "Space"),
    "no such owner": (space(OwnershipSettings={"OwnerUserProfileName": "zoe"}), "ResourceNotFound", "zoe"),
    "owner without sharing": (space(SpaceSharingSettings=None), "ValidationException", "must be given together"),
    "app that no space runs": (space(SpaceSettings={"AppType": "Canvas"}), "ValidationException", "Canvas"),
    "settings of another app": (space(SpaceSettings={"AppType": "JupyterLab", "CodeEditorAppSettings": {}}), "ValidationException", "CodeEditorAppSettings"),
    "volume that is too large": (space(SpaceSettings={"SpaceStorageSettings": {"EbsStorageSettings": {"EbsVolumeSizeInGb": 5000000}}}), "ValidationException", "less than or equal to 16384"),
    "instance type that is none": (space(SpaceSettings={"JupyterLabAppSettings": {"DefaultResourceSpec": {"InstanceType": "ml.t3.bogus"}}}), "ValidationException", "ml.t3.bogus"),
    "name of another form": (space(SpaceName="bad_name!"), "ValidationException", "regular expression"),
    "app of another type": (app(AppType="CodeEditor"), "ValidationException", "cannot run in a space with AppType JupyterLab"),
    "app that runs": (app(), "ResourceInUse", "already exists"),
    "app without a place": (lambda sagemaker, domain_id: sagemaker.create_app(DomainId=domain_id, AppType="JupyterLab", AppName="default"), "ValidationException", "Either SpaceName"),
    "another app for a space": (update(AppType="CodeEditor"), "ValidationException", "Updating AppType"),
    "settings of another app in an update": (update(CodeEditorAppSettings={}), "ValidationException", "CodeEditorAppSettings"),
    "volume over the maximum": (space(SpaceSettings={"SpaceStorageSettings": {"EbsStorageSettings": {"EbsVolumeSizeInGb": 500}}}), "ValidationException", "at most 200"),
    "app of a space without a space": (lambda sagemaker, domain_id: sagemaker.create_app(DomainId=domain_id, UserProfileName="bob", AppType="JupyterLab", AppName="default"), "ValidationException", "runs in spaces alone"),
    "idle time over its maximum": (lambda sagemaker, domain_id: sagemaker.update_domain(DomainId=domain_id, DefaultUserSettings={"JupyterLabAppSettings": {"AppLifecycleManagement": {"IdleSettings": {"IdleTimeoutInMinutes": 500, "MaxIdleTimeoutInMinutes": 100}}}}), "ValidationException", "IdleTimeoutInMinutes"),
    "script that is not there": (lambda sagemaker, domain_id: sagemaker.update_user_profile(DomainId=domain_id, UserProfileName="bob", UserSettings={"JupyterLabAppSettings": {"LifecycleConfigArns": ["arn:aws:sagemaker:us-east-1:123456789012:studio-lifecycle-config/none"]}}), "ResourceNotFound", "none"),
    "security group that is not there": (lambda sagemaker, domain_id: sagemaker.update_user_profile(DomainId=domain_id, UserProfileName="bob", UserSettings={"SecurityGroups": ["sg-0a1b2c3d"]}), "ValidationException", "sg-0a1b2c3d"),
    "subnet that is not there": (lambda sagemaker, domain_id: sagemaker.update_domain(DomainId=domain_id, SubnetIds=["subnet-0a1b2c3d"]), "ValidationException", "subnet-0a1b2c3d"),
    "page of nothing": (lambda sagemaker, _: sagemaker.list_domains(NextToken="abc"), "ValidationException", "NextToken"),
    "sign-in to a space that is not there": (lambda sagemaker, domain_id: sagemaker.create_presigned_domain_url(DomainId=domain_id, UserProfileName="alice", SpaceName="nothing"), "ResourceNotFound", "nothing"),
    "space with an app": (lambda sagemaker, domain_id: sagemaker.delete_space(DomainId=domain_id, SpaceName="lab"), "ResourceInUse", "JupyterLab/default"),
    "owner of a space": (lambda sagemaker, domain_id: sagemaker.delete_user_profile(DomainId=domain_id, UserProfileName="alice"), "ResourceInUse", "lab"),
    "domain with users": (lambda sagemaker, domain_id: sagemaker.delete_domain(DomainId=domain_id), "ResourceInUse", "alice"),
    "domain that is not there": (lambda sagemaker, _: sagemaker.describe_domain(DomainId="d-nothing"), "ResourceNotFound", "d-nothing"),
    "user of Identity Center in a domain without": (lambda sagemaker, domain_id: sagemaker.create_user_profile(DomainId=domain_id, UserProfileName="zoe", SingleSignOnUserIdentifier="UserName", SingleSignOnUserValue="zoe"), "ValidationException", "AuthMode IAM"),
    "role that is not there": (lambda sagemaker, domain_id: sagemaker.update_user_profile(DomainId=domain_id, UserProfileName="bob", UserSettings={"ExecutionRole": f"arn:aws:iam::{account_of(sagemaker)}:role/nobody"}), "ValidationException", "nobody"),
    "operation of other parts of SageMaker": (lambda sagemaker, _: sagemaker.list_endpoints(), "UnknownOperationException", "ListEndpoints"),
}  # fmt: skip


@pytest.mark.parametrize(("request_", "code", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_refused(
    request_: Callable[[Any, str], Any], code: str, words: str, place: Place, domain_id: str
) -> None:
    got, message = error_of(lambda: request_(place.client("sagemaker"), domain_id))

    assert got == code
    assert words in message


def test_a_name_of_a_domain_is_taken_once(place: Place, role: str, domain_id: str) -> None:
    assert error_of(lambda: create_domain(place, role, "research"))[0] == "ResourceInUse"


def test_a_network_must_be_there_and_in_the_vpc(place: Place, role: str) -> None:
    here, elsewhere = place.network(), place.network()
    mixed = {"VpcId": here["vpc_id"], "SubnetIds": elsewhere["subnet_ids"]}

    code, message = error_of(lambda: create_domain(place, role, "mixed", **mixed))

    assert code == "ValidationException"
    assert elsewhere["subnet_ids"][0] in message


def test_lists_come_in_pages_and_as_they_are_asked_for(place: Place, role: str) -> None:
    sagemaker = place.client("sagemaker")
    domain_id = create_domain(place, role, "crowded")
    settle(lambda: sagemaker.describe_domain(DomainId=domain_id))
    for number in range(25):
        sagemaker.create_user_profile(DomainId=domain_id, UserProfileName=f"user-{number:02}")

    def names(**request: Any) -> list[list[str]]:
        pages = sagemaker.get_paginator("list_user_profiles").paginate(DomainIdEquals=domain_id, **request)
        return [[one["UserProfileName"] for one in page["UserProfiles"]] for page in pages]

    assert [len(page) for page in names()] == [10, 10, 5]
    assert [len(page) for page in names(PaginationConfig={"PageSize": 20})] == [20, 5]
    assert [*chain(*names(UserProfileNameContains="USER-1"))] == [f"user-{number}" for number in range(10, 20)]
    descending = [*chain(*names(SortBy="CreationTime", SortOrder="Descending"))]
    assert descending == sorted(descending, reverse=True)


def test_pages_go_on_where_the_last_one_ended(place: Place) -> None:
    sagemaker = place.client("sagemaker")
    for number in range(12):
        sagemaker.create_app_image_config(AppImageConfigName=f"config-{number:02}")
    first = sagemaker.list_app_image_configs(SortBy="Name", SortOrder="Ascending")
    for one in first["AppImageConfigs"]:
        sagemaker.delete_app_image_config(AppImageConfigName=one["AppImageConfigName"])

    rest = sagemaker.list_app_image_configs(SortBy="Name", SortOrder="Ascending", NextToken=first["NextToken"])

    assert [one["AppImageConfigName"] for one in rest["AppImageConfigs"]] == ["config-10", "config-11"]
    assert "NextToken" not in rest


def test_versions_of_an_image_have_aliases_and_go_with_it(place: Place, role: str) -> None:
    sagemaker = place.client("sagemaker")
    sagemaker.create_image(ImageName="team", RoleArn=role)

    def settled(image: str = "team") -> dict[str, Any]:
        return settle(lambda: {"Status": "Pending"} if is_busy(image) else {"Status": "CREATED"})

    def is_busy(image: str) -> bool:
        versions = sagemaker.list_image_versions(ImageName=image)["ImageVersions"]
        states = [
            sagemaker.describe_image(ImageName=image)["ImageStatus"],
            *(one["ImageVersionStatus"] for one in versions),
        ]
        return any(state.endswith("ING") for state in states)

    settled()
    for alias in ("old", "new"):
        sagemaker.create_image_version(
            ImageName="team",
            BaseImage="123456789012.dkr.ecr.us-east-1.amazonaws.com/team:1",
            Aliases=[alias],
            ClientToken=alias,
        )
    settled()
    sagemaker.update_image_version(ImageName="team", Alias="new", AliasesToAdd=["newest"], AliasesToDelete=["new"])
    settled()

    assert sagemaker.describe_image_version(ImageName="team", Alias="newest")["Version"] == 2
    assert error_of(lambda: sagemaker.describe_image_version(ImageName="team", Alias="new"))[0] == "ResourceNotFound"
    assert (
        error_of(lambda: sagemaker.update_image_version(ImageName="team", Version=1, AliasesToAdd=["newest"]))[0]
        == "ResourceInUse"
    )
    descending = sagemaker.list_image_versions(ImageName="team", SortBy="VERSION", SortOrder="DESCENDING")
    assert [one["Version"] for one in descending["ImageVersions"]] == [2, 1]
    sagemaker.delete_image(ImageName="team")
    assert (
        error_of(lambda: settle(lambda: {"Status": "Deleting", **sagemaker.describe_image(ImageName="team")}))[0]
        == "ResourceNotFound"
    )
    assert error_of(lambda: sagemaker.list_image_versions(ImageName="team"))[0] == "ResourceNotFound"


def test_a_stopped_app_is_shown_and_can_be_started_again(place: Place, domain_id: str) -> None:
    sagemaker = place.client("sagemaker")
    open_space(place, domain_id, "bob", "forecast")
    app = {"DomainId": domain_id, "SpaceName": "forecast", "AppType": "JupyterLab", "AppName": "default"}
    sagemaker.delete_app(**app)

    assert settle(lambda: sagemaker.describe_app(**app))["Status"] == "Deleted"
    assert "has already been deleted" in error_of(lambda: sagemaker.delete_app(**app))[1]
    sagemaker.create_app(**app)
    assert settle(lambda: sagemaker.describe_app(**app))["Status"] == "InService"


def test_tags_can_be_changed(place: Place, domain_id: str) -> None:
    sagemaker = place.client("sagemaker")
    arn = sagemaker.describe_domain(DomainId=domain_id)["DomainArn"]
    sagemaker.add_tags(ResourceArn=arn, Tags=[{"Key": "team", "Value": "a"}, {"Key": "cost", "Value": "b"}])
    sagemaker.add_tags(ResourceArn=arn, Tags=[{"Key": "team", "Value": "c"}])
    sagemaker.delete_tags(ResourceArn=arn, TagKeys=["cost"])

    assert sagemaker.list_tags(ResourceArn=arn)["Tags"] == [{"Key": "team", "Value": "c"}]


def test_a_volume_grows_and_does_not_shrink(place: Place, domain_id: str) -> None:
    def resize(size: int) -> dict[str, Any]:
        storage = {"EbsStorageSettings": {"EbsVolumeSizeInGb": size}}
        answer: dict[str, Any] = place.client("sagemaker").update_space(
            DomainId=domain_id,
            SpaceName="lab",
            SpaceSettings={"AppType": "JupyterLab", "SpaceStorageSettings": storage},
        )
        settle(lambda: place.client("sagemaker").describe_space(DomainId=domain_id, SpaceName="lab"))
        return answer

    resize(30)
    resize(40)
    place.client("sagemaker").update_space(
        DomainId=domain_id, SpaceName="lab", SpaceSettings={"RemoteAccess": "DISABLED"}
    )
    left = settle(lambda: place.client("sagemaker").describe_space(DomainId=domain_id, SpaceName="lab"))[
        "SpaceSettings"
    ]
    assert (left["AppType"], left["SpaceStorageSettings"]) == (
        "JupyterLab",
        {"EbsStorageSettings": {"EbsVolumeSizeInGb": 40}},
    )
    code, message = error_of(lambda: resize(35))
    assert (code, "cannot be decreased from 40 to 35" in message) == ("ValidationException", True)
