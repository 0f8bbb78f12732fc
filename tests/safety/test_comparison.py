"""What would be lost, said so that people know what to do. What is lost at all is in test_mutations.py."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest

from constructs_lib.safety.change import Danger
from tests.safety.apps import Studio, resource, space

EUROPE = cdk.Environment(account="111122223333", region="eu-west-1")
AMERICA = cdk.Environment(account="111122223333", region="us-east-1")


def kept(stack: cdk.Stack) -> None:
    space(stack)


def destroyed(stack: cdk.Stack) -> None:
    space(stack).apply_removal_policy(cdk.RemovalPolicy.DESTROY)


MESSAGES: dict[str, tuple[Callable[[cdk.Stack], Any], Callable[[cdk.Stack], Any], list[str]]] = {
    "owner": (kept, lambda stack: space(stack, owner="bob"), ['[S/Lab] OwnershipSettings must stay {"OwnerUserProfileName": "alice"}, got {"OwnerUserProfileName": "bob"}; CloudFormation makes another, empty one, and leaves behind, in no stack, the 100 GiB volume of space lab']),
    "owner of what is not kept": (destroyed, lambda stack: space(stack, owner="bob"), ['[S/Lab] OwnershipSettings must stay {"OwnerUserProfileName": "alice"}, got {"OwnerUserProfileName": "bob"}; CloudFormation makes another, empty one, and deletes the 100 GiB volume of space lab']),
    "owner of what is not kept any more": (kept, lambda stack: space(stack, owner="bob").apply_removal_policy(cdk.RemovalPolicy.DESTROY), [
        '[S/Lab] OwnershipSettings must stay {"OwnerUserProfileName": "alice"}, got {"OwnerUserProfileName": "bob"}; CloudFormation makes another, empty one, and deletes the 100 GiB volume of space lab',
        "[S/Lab] DeletionPolicy must stay Retain, got Delete; nothing guards the 100 GiB volume of space lab",
        "[S/Lab] UpdateReplacePolicy must stay Retain, got Delete; nothing guards the 100 GiB volume of space lab",
    ]),
    "logical id and owner": (kept, lambda stack: space(stack, "Other", owner="bob"), ['[S/Lab] its logical id must stay Lab, got Other; OwnershipSettings must stay {"OwnerUserProfileName": "alice"}, got {"OwnerUserProfileName": "bob"}; another, empty one is made, and CloudFormation leaves behind, in no stack, the 100 GiB volume of space lab']),
    "stack": (kept, lambda stack: space(cdk.Stack(cdk.App.of(stack), "Other"), "Lab"), ["[S/Lab] its stack must stay S, got Other; another, empty one is made, and CloudFormation leaves behind, in no stack, the 100 GiB volume of space lab"]),
    "removal": (destroyed, lambda stack: space(stack, "Lab2", name="other"), ["[S/Lab] it must stay in the app, got nothing; CloudFormation deletes the 100 GiB volume of space lab"]),
    "another type": (kept, lambda stack: resource(stack, "Lab", "Domain"), ["[S/Lab] it must stay in the app, got nothing; CloudFormation leaves behind, in no stack, the 100 GiB volume of space lab"]),
    "smaller": (kept, lambda stack: space(stack, SpaceStorageSettings={"EbsStorageSettings": {"EbsVolumeSizeInGb": 50}}), ["[S/Lab] SpaceSettings.SpaceStorageSettings.EbsStorageSettings.EbsVolumeSizeInGb must stay 100, got 50; no update makes the 100 GiB volume of space lab smaller"]),
    "without a size": (kept, lambda stack: space(stack, SpaceStorageSettings=None), ["[S/Lab] SpaceSettings.SpaceStorageSettings.EbsStorageSettings.EbsVolumeSizeInGb must stay 100, got absent; no update makes the 100 GiB volume of space lab smaller"]),
    "a size that nobody knows": (kept, lambda stack: space(stack, SpaceStorageSettings={"EbsStorageSettings": {"EbsVolumeSizeInGb": cdk.CfnParameter(stack, "Size", type="Number").value_as_number}}), ['[S/Lab] SpaceSettings.SpaceStorageSettings.EbsStorageSettings.EbsVolumeSizeInGb must stay 100, got {"Ref": "<S/Size>"}; no update makes the 100 GiB volume of space lab smaller']),
    "app": (kept, lambda stack: space(stack, AppType="CodeEditor"), ["[S/Lab] AppType must stay JupyterLab, got CodeEditor; SageMaker updates it for no space, and another space is without the 100 GiB volume of space lab"]),
    "no file system": (lambda stack: resource(stack, "Files", "EFS.FileSystem"), lambda stack: None, ["[S/Files] it must stay in the app, got nothing; CloudFormation leaves behind, in no stack, file system Files with the files in it"]),
    "no bucket": (lambda stack: resource(stack, "Data", "S3.Bucket", BucketName="data"), lambda stack: None, ["[S/Data] it must stay in the app, got nothing; CloudFormation leaves behind, in no stack, bucket data with the objects in it"]),
    "no key": (lambda stack: resource(stack, "Key", "KMS.Key"), lambda stack: None, ["[S/Key] it must stay in the app, got nothing; CloudFormation leaves behind, in no stack, key Key, without which nobody reads what it encrypts"]),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "messages"), MESSAGES.values(), ids=MESSAGES)
def test_a_change_says_what_would_be_lost(
    before: Callable[[cdk.Stack], Any], after: Callable[[cdk.Stack], Any], messages: list[str], studio: Studio
) -> None:
    first, second = studio.app(), studio.app()
    before(cdk.Stack(first, "S"))
    after(cdk.Stack(second, "S"))
    studio.lock(first)

    assert [str(change) for change in studio.changes(second)] == messages


def test_the_way_out_names_the_resource(studio: Studio) -> None:
    first, second = studio.app(), studio.app()
    space(cdk.Stack(first, "S"))
    space(cdk.Stack(second, "S"), owner="bob")
    studio.lock(first)

    (change,) = studio.changes(second)

    assert change.way_out(Path("my studio.lock.json")) == (
        "take the change back; or accept it, by python -m constructs_lib.safety.lock 'my studio.lock.json' --accept "
        "S/Lab, or by make lock with ACCEPT=S/Lab and the CONFIG of the synth; or keep what there is and import it, see "
        "docs/take-back.md"
    )


def domain_and_spaces(
    app: cdk.App, *, auth_mode: str = "IAM", domain_id: str = "Domain", reference: str = "weak", number: int = 2
) -> None:
    stack, users = cdk.Stack(app, "Studio"), cdk.Stack(app, "Users")
    domain = resource(stack, domain_id, "Domain", AuthMode=auth_mode, DomainName="research")
    for index in range(number):
        space(users, f"Lab{index}", name=f"lab{index}", domain=_reference(domain, reference))


def _reference(domain: cdk.CfnResource, reference: str) -> str:
    if reference == "import":
        return domain.stack.export_value(domain.ref)
    return domain.ref


@pytest.mark.parametrize("reference", ["weak", "import"])
def test_what_refers_to_something_that_is_replaced_is_replaced_with_it(reference: str, studio: Studio) -> None:
    first, second = studio.app(), studio.app()
    domain_and_spaces(first, reference=reference)
    domain_and_spaces(second, reference=reference, auth_mode="SSO")
    studio.lock(first)

    changes = studio.changes(second)

    assert [str(change) for change in changes] == [
        "[Studio/Domain] AuthMode must stay IAM, got SSO; CloudFormation makes another, empty one, and leaves behind, "
        "in no stack, domain research with its user profiles, its spaces and their volumes",
        *(
            f"[Users/Lab{index}] DomainId must stay, got that of Studio/Domain after it is replaced; CloudFormation "
            f"makes another, empty one, and leaves behind, in no stack, the 100 GiB volume of space lab{index}"
            for index in range(2)
        ),
    ]
    assert [change.held_by for change in changes] == [("Users",) if reference == "weak" else (), (), ()]


def test_a_domain_that_others_hold_on_to_weakly_has_no_way_out_by_a_name(studio: Studio) -> None:
    first, second = studio.app(), studio.app()
    domain_and_spaces(first)
    domain_and_spaces(second, domain_id="Other")
    studio.lock(first)

    change = next(one for one in studio.changes(second) if one.danger is Danger.RENAMED)

    assert change.way_out(Path("studio.lock.json")) == (
        "take the change back, or take what refers to the domain out of Users first: nothing else keeps these from "
        "going on with a domain that is gone"
    )


def test_a_domain_that_nobody_refers_to_any_more_can_be_accepted(studio: Studio) -> None:
    first, second = studio.app(), studio.app()
    domain_and_spaces(first)
    domain_and_spaces(second, auth_mode="SSO", number=0)
    studio.lock(first)

    changes = studio.changes(second)

    assert {change.danger for change in changes} == {Danger.REPLACED, Danger.REMOVED}
    assert not any(change.held_by for change in changes)


def test_a_network_that_is_replaced_replaces_the_domain_in_it_and_its_spaces(studio: Studio) -> None:
    def define(app: cdk.App, cidr: str) -> None:
        stack = cdk.Stack(app, "S")
        vpc = resource(stack, "Vpc", "EC2.VPC", CidrBlock=cidr)
        resource(stack, "Unused", "EC2.VPC", CidrBlock=cidr)
        domain = resource(stack, "Domain", "Domain", DomainName="research", VpcId=vpc.ref)
        space(stack, domain=domain.ref)

    first, second = studio.app(), studio.app()
    define(first, "10.0.0.0/16")
    define(second, "10.1.0.0/16")

    assert set(studio.lock(first)) == {"S/Domain", "S/Lab", "S/Vpc"}
    assert {change.locked.logical_id for change in studio.changes(second)} == {"Domain", "Lab", "Vpc"}


@pytest.mark.parametrize("to", [{"stack_name": "s2"}, {"env": AMERICA}], ids=str)
def test_a_stack_of_another_name_or_in_another_region_is_another_stack(to: dict[str, Any], studio: Studio) -> None:
    first, second = studio.app(), studio.app()
    space(cdk.Stack(first, "S", stack_name="s1", env=EUROPE))
    space(cdk.Stack(second, "S", **{"stack_name": "s1", "env": EUROPE, **to}))
    studio.lock(first)

    (change,) = studio.changes(second)

    assert change.danger is Danger.MOVED
    assert change.stack is None


def stage(app: cdk.App, id: str, **options: Any) -> cdk.Stack:
    return cdk.Stack(cdk.Stage(app, id, **options), "Inner", stack_name="s")


SAME: list[tuple[Callable[[cdk.App], cdk.Stack], Callable[[cdk.App], cdk.Stack]]] = [
    (lambda app: cdk.Stack(app, "A", stack_name="s"), lambda app: cdk.Stack(app, "B", stack_name="s")),
    (lambda app: cdk.Stack(app, "s"), lambda app: stage(app, "Prod")),
    (lambda app: cdk.Stack(app, "s"), lambda app: cdk.Stack(app, "s", env=EUROPE)),
    (lambda app: cdk.Stack(app, "s", env=EUROPE), lambda app: cdk.Stack(app, "s")),
    (lambda app: cdk.Stack(app, "s", env=EUROPE), lambda app: stage(app, "Prod", env=EUROPE)),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_a_stack_is_the_same_whatever_its_construct_is_called(
    before: Callable[[cdk.App], cdk.Stack], after: Callable[[cdk.App], cdk.Stack], studio: Studio
) -> None:
    def define(stack: cdk.Stack) -> None:
        key = resource(stack, "Key", "KMS.Key")
        kms = f"arn:aws:kms:{stack.region}:{stack.account}:key/{key.ref}"
        domain = resource(stack, "Domain", "Domain", DomainName="research", KmsKeyId=kms)
        space(stack, domain=domain.ref)

    first, second = studio.app(), studio.app()
    define(before(first))
    define(after(second))

    assert len(studio.lock(first)) == 3
    assert studio.changes(second) == []


def test_two_stages_are_told_apart_by_where_they_are(studio: Studio) -> None:
    def define(app: cdk.App, owner: str) -> None:
        space(stage(app, "Europe", env=EUROPE))
        space(stage(app, "America", env=AMERICA), owner=owner)

    first, second = studio.app(), studio.app()
    define(first, "alice")
    define(second, "bob")

    assert set(studio.lock(first)) == {
        "aws://111122223333/eu-west-1/s/Lab",
        "aws://111122223333/us-east-1/s/Lab",
    }
    assert [change.locked.key for change in studio.changes(second)] == ["aws://111122223333/us-east-1/s/Lab"]


def test_two_stacks_that_nobody_can_tell_apart_are_refused(studio: Studio) -> None:
    app = studio.app()
    space(stage(app, "Europe"))
    space(stage(app, "America"))

    with pytest.raises(
        ValueError, match="stacks must differ in name, account or region, got s twice, at America/Inner"
    ):
        studio.lock(app)


def test_nested_stacks_are_seen(studio: Studio) -> None:
    def define(app: cdk.App, nested: str, owner: str = "alice") -> None:
        stack = cdk.Stack(app, "S")
        domain = resource(stack, "Domain", "Domain", DomainName="research")
        inner = cdk.NestedStack(cdk.NestedStack(stack, nested), "Inner")
        space(inner, domain=domain.ref, owner=owner)

    first, second, third = studio.app(), studio.app(), studio.app()
    define(first, "Users")
    define(second, "Users", owner="bob")
    define(third, "People")
    (key,) = set(studio.lock(first)) - {"S/Domain"}

    assert key.startswith("S/UsersNestedStackUsersNestedStackResource")
    assert key.endswith("/Lab")
    assert studio.lock(first)[key]["properties"]["DomainId"] == "<S/Domain>"
    assert [(one.danger, one.locked.key) for one in studio.changes(second)] == [(Danger.REPLACED, key)]
    assert [(one.danger, one.locked.key) for one in studio.changes(third)] == [(Danger.MOVED, key)]
