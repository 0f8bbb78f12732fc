"""The simulator decides the cases that it is asked, or none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.access.documents import Document, allow, policy
from tests.access.simulator import ALLOWED, EXPLICITLY_DENIED, IMPLICITLY_DENIED, Case, decide
from tests.access.wide_policies import full_access, start_session_anywhere

SAGEMAKER = "arn:aws:sagemaker:eu-west-1:111122223333"
ROLE = "arn:aws:iam::111122223333:role/alice"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OWNER = "sagemaker:OwnerUserProfileArn"
ALICE = f"{SAGEMAKER}:user-profile/d-1/alice"
SPACE = f"{SAGEMAKER}:space/d-1/lab"

ALL = policy(allow("*"))
GRANT = policy(allow("kms:CreateGrant", KEY))
KEY_POLICY = policy(allow("kms:*", Principal={"AWS": "arn:aws:iam::111122223333:root"}))


def case(action: str, resource: str, *policies: Document, **others: Any) -> Case:
    return Case(action=action, resource=resource, principal=ROLE, identity_policies=policies, **others)


def test_decisions_come_in_the_order_of_the_cases() -> None:
    deny = policy({"Effect": "Deny", "Action": "*", "Resource": "*"})
    policies: list[list[Document]] = [[ALL], [], [ALL, deny], [ALL]]

    decisions = decide([case("sagemaker:DescribeSpace", SPACE, *attached) for attached in policies])

    assert decisions == [ALLOWED, IMPLICITLY_DENIED, EXPLICITLY_DENIED, ALLOWED]


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        (case("sagemaker:DescribeSpace", SPACE, ALL, context={OWNER: ALICE}), f"does not support: {OWNER}"),
        (case("sagemaker:CreateSpace", SPACE, ALL, context={OWNER: [ALICE]}), f"one value only: {OWNER}"),
        (case("sagemaker:CreateSpace", f"{SAGEMAKER}:domain/d-1", ALL), "no.resource.types"),
        (case("sagemaker:CreateSpace", f"{SAGEMAKER}:space/d-1/*", ALL), "wildcard"),
        (case("sagemaker:ListSpaces", SPACE, ALL), "must.use.wildcard"),
        (case("kms:CreateGrant", KEY, GRANT, resource_policy=KEY_POLICY, validated=False), "takes a resource policy"),
        (case("sagemaker:CreateSpaze", SPACE, ALL), "invalid.action"),
        (case("sagemaker:CreateSpace", SPACE, policy(allow("*", "space/d-1/*"))), "no ARNs: space/d-1/"),
        (case("sagemaker:CreateSpace", SPACE, policy({"Effect": "Allow", "Resource": "*"})), "policy.errors"),
        (case("sagemaker:CreateSpace", SPACE, policy(allow("*", "arn:aws:s3:::${sagemaker:DomainId}"))), "DomainId"),
    ],
)
def test_a_case_that_cannot_be_decided_as_it_is_raises(wrong: Case, because: str) -> None:
    with pytest.raises(AssertionError) as raised:
        decide([case("sagemaker:CreateSpace", SPACE, ALL), wrong])

    (line,) = str(raised.value).splitlines()
    assert line.startswith(f"{wrong.action} on {wrong.resource} by {ROLE}")
    assert because in line


def test_variables_of_services_need_the_unvalidated_mode() -> None:
    own = policy(allow("sagemaker:CreateSpace", f"{SAGEMAKER}:space/${{sagemaker:DomainId}}/*"))

    decisions = decide(
        [
            case("sagemaker:CreateSpace", SPACE, own, context={"sagemaker:DomainId": domain}, validated=False)
            for domain in ("d-1", "d-2")
        ]
    )

    assert decisions == [ALLOWED, IMPLICITLY_DENIED]


def test_a_key_needs_its_policy_and_a_policy_of_the_role() -> None:
    decisions = decide(
        [
            case("kms:CreateGrant", KEY, *attached, resource_policy=key_policy)
            for attached, key_policy in [((GRANT,), KEY_POLICY), ((GRANT,), None), ((), KEY_POLICY)]
        ]
    )

    assert decisions == [ALLOWED, IMPLICITLY_DENIED, IMPLICITLY_DENIED]


def test_full_access_has_teeth() -> None:
    wide = full_access("d-1", "alice")
    owned = {"context": {OWNER: ALICE, "sagemaker:SpaceSharingType": "Private"}}
    by_bob = {"context": {OWNER: f"{SAGEMAKER}:user-profile/d-1/bob", "sagemaker:SpaceSharingType": "Private"}}
    to_sagemaker = {"context": {"iam:PassedToService": "sagemaker.amazonaws.com"}}

    decisions = decide(
        [
            case("sagemaker:CreatePresignedDomainUrl", ALICE, wide),
            case("iam:PassRole", "arn:aws:iam::111122223333:role/any", wide, **to_sagemaker),
            case("sagemaker:DeleteSpace", SPACE, wide, **owned),
            case("sagemaker:DeleteSpace", SPACE, wide),
            case("sagemaker:DeleteSpace", SPACE, wide, **by_bob),
            case("sagemaker:StartSession", SPACE, wide),
            case("sagemaker:StartSession", SPACE, start_session_anywhere()),
        ]
    )

    assert decisions == [ALLOWED, ALLOWED, ALLOWED, ALLOWED, IMPLICITLY_DENIED, IMPLICITLY_DENIED, ALLOWED]
