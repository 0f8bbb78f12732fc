"""References resolve to what an account would hold, or raise."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.access.deployment import Deployment
from tests.access.documents import allow, policy
from tests.access.references import References

PLAIN = {
    "Resources": {
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"Path": "/studio/", "AssumeRolePolicyDocument": policy()}},
        "Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": policy()}},
        "Domain": {"Type": "AWS::SageMaker::Domain"},
        "Bucket": {"Type": "AWS::S3::Bucket"},
        "Policy": {
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {"PolicyDocument": policy(allow("*")), "Roles": [{"Ref": "Role"}]},
        },
    },
    "Mappings": {"Sizes": {"eu-west-1": {"small": "ml.t3.medium"}}},
    "Outputs": {
        "Exported": {"Value": {"Ref": "Role"}, "Export": {"Name": {"Fn::Sub": "${AWS::StackName}:Role"}}},
        "Weak": {"Value": {"Fn::GetAtt": ["Domain", "DomainId"]}},
    },
}
REFERENCES = References({"Plain": PLAIN, "Other": {"Resources": {}}})


@pytest.mark.parametrize(
    ("value", "resolved"),
    [
        ({"Ref": "AWS::Partition"}, "aws"),
        ({"Ref": "AWS::Region"}, "eu-west-1"),
        ({"Ref": "AWS::AccountId"}, "111122223333"),
        ({"Ref": "Role"}, "Role"),
        ({"Ref": "Policy"}, "arn:aws:iam::111122223333:policy/Policy"),
        ({"Fn::GetAtt": ["Role", "Arn"]}, "arn:aws:iam::111122223333:role/studio/Role"),
        ({"Fn::GetAtt": "Role.Arn"}, "arn:aws:iam::111122223333:role/studio/Role"),
        ({"Fn::Join": ["-", ["a", {"Ref": "AWS::Region"}]]}, "a-eu-west-1"),
        (
            {"Fn::Sub": "${AWS::Region}/${Role.Arn}/${!x:Y}"},
            "eu-west-1/arn:aws:iam::111122223333:role/studio/Role/${x:Y}",
        ),
        ({"Fn::Select": ["1", {"Fn::Split": ["-", {"Ref": "AWS::Region"}]}]}, "west"),
        ({"Fn::FindInMap": ["Sizes", {"Ref": "AWS::Region"}, "small"]}, "ml.t3.medium"),
        (
            {"a": ["${sagemaker:DomainId}", 1, {"b": {"Ref": "Role"}}]},
            {"a": ["${sagemaker:DomainId}", 1, {"b": "Role"}]},
        ),
    ],
)
def test_references_within_a_stack_resolve(value: Any, resolved: Any) -> None:
    assert REFERENCES.resolve("Plain", value) == resolved


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ({"Fn::GetAtt": ["Domain", "DomainId"]}, r"d-[a-z0-9]{12}"),
        (
            {"Fn::GetAtt": ["Key", "Arn"]},
            r"arn:aws:kms:eu-west-1:111122223333:key/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        ),
        ({"Fn::GetAtt": ["Bucket", "Arn"]}, r"arn:aws:s3:::bucket-[0-9a-f]{12}"),
        ({"Fn::GetAtt": ["Role", "RoleId"]}, r"AROA[0-9A-F]{17}"),
    ],
)
def test_made_up_ids_have_the_shape_of_real_ones(value: Any, shape: str) -> None:
    assert re.fullmatch(shape, REFERENCES.resolve("Plain", value))


def test_references_between_stacks_resolve() -> None:
    weak = {"StackName": "Plain", "Region": {"Ref": "AWS::Region"}, "OutputName": "Weak"}

    assert REFERENCES.resolve("Other", {"Fn::ImportValue": "Plain:Role"}) == "Role"
    assert REFERENCES.resolve("Other", {"Fn::GetStackOutput": weak}) == Deployment({"Plain": PLAIN}).domain_id()


@pytest.mark.parametrize(
    "value",
    [
        {"Ref": "Nothing"},
        {"Ref": "AWS::NoValue"},
        {"Fn::GetAtt": ["Key", "Nothing"]},
        {"Fn::GetAtt": ["Nothing", "Arn"]},
        {"Fn::If": ["Condition", "a", "b"]},
        {"Fn::Join": ["", ["a"]], "Other": "b"},
        {"Fn::Sub": ["${a}", {"a": "b"}]},
        {"Fn::FindInMap": ["Sizes", "eu-west-1", "large"]},
        {"Fn::ImportValue": "Nothing"},
        {"Fn::GetStackOutput": {"StackName": "Plain", "OutputName": "Nothing"}},
        {"Fn::GetStackOutput": {"StackName": "Plain", "OutputName": "Weak", "Region": "us-east-1"}},
    ],
)
def test_what_is_unknown_raises(value: Any) -> None:
    with pytest.raises(LookupError):
        REFERENCES.resolve("Plain", {"Statement": [value]})
