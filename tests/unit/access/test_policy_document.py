from __future__ import annotations

import json

import aws_cdk as cdk
import pytest

from constructs_lib.access.policy_document import MAXIMUM_SIZE, Statement, in_policies, policy_document, size_of


def of_size(characters: int, sid: str = "A") -> Statement:
    """A statement that makes a policy of that many characters, if it is alone in it."""
    statement = {"Sid": sid, "Effect": "Deny", "Action": "", "Resource": "*"}
    statement["Action"] = "a" * (characters - size_of([statement]))
    return statement


def test_size_is_that_of_the_text_without_white_space() -> None:
    statements = [of_size(500), of_size(700, "B")]

    assert size_of(statements) == len(json.dumps(policy_document(statements)).replace(" ", ""))


@pytest.mark.parametrize("token", [cdk.Aws.REGION, cdk.Fn.import_value("DomainId")], ids=["pseudo parameter", "import"])
def test_a_token_inside_an_arn_counts_as_fifteen_characters_however_it_is_written(token: str) -> None:
    statement = of_size(200)

    with_token = statement | {"Resource": f"arn:{token}:{token}:x"}

    assert size_of([with_token]) == size_of([statement | {"Resource": f"arn:{'x' * 15}:{'x' * 15}:x"}])


def test_a_token_by_itself_counts_as_a_long_arn() -> None:
    statement = of_size(200)

    with_token = statement | {"Resource": cdk.Fn.import_value("ImageArn")}

    assert size_of([with_token]) == size_of([statement | {"Resource": "x" * 128}])


@pytest.mark.parametrize("after", ["", "/*"])
def test_a_token_for_a_name_counts_as_the_longest_name(after: str) -> None:
    statement, name = of_size(200), cdk.Fn.import_value("Name")

    with_token = statement | {"Resource": [f"arn:aws:sagemaker:x:1:space/d-1/{name}{after}"]}

    longest = f"arn:aws:sagemaker:x:1:space/d-1/{'x' * 63}{after}"
    assert size_of([with_token]) == size_of([statement | {"Resource": [longest]}])


def test_a_policy_variable_is_no_token() -> None:
    name = "${sagemaker:UserProfileName}"

    assert size_of([of_size(200) | {"Resource": name}]) == 200 - 1 + len(name)


def test_what_fits_is_one_policy() -> None:
    (policy,) = in_policies([of_size(6000), of_size(6144 - 6000 + size_of([]) - 1, "B")])

    assert (size_of(policy), [one["Sid"] for one in policy]) == (MAXIMUM_SIZE, ["A", "B"])


def test_what_does_not_fit_is_split_in_order() -> None:
    policies = in_policies([of_size(5000, "A"), of_size(2000, "B"), of_size(6144, "C"), of_size(100, "D")])

    assert [[one["Sid"] for one in policy] for policy in policies] == [["A"], ["B"], ["C"], ["D"]]


def test_nothing_is_no_policy() -> None:
    assert in_policies([]) == []


def test_a_statement_that_no_policy_holds_is_refused() -> None:
    message = "^a policy must have at most 6144 characters, got 6145 in the statement 'B'; name fewer things$"

    with pytest.raises(ValueError, match=message):
        in_policies([of_size(100), of_size(6145, "B")])
