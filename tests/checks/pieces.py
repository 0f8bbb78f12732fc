"""Pieces of templates that several tests put together."""

from __future__ import annotations

from typing import Any

from tests.checks.judged import found, resource

P, LIST = {"Ref": "P"}, {"Ref": "List"}
NO_VALUE = {"Ref": "AWS::NoValue"}
FULL_ACCESS = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
TRUSTED = {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}
ANYBODY = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
EVERYBODY = {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}
AROUND = {
    "Parameters": {"P": {"Type": "String"}, "List": {"Type": "CommaDelimitedList"}},
    "Conditions": {"C": {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]}},
}
INCLUDE = {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://bucket/file"}}}


def condition(yes: Any, no: Any) -> dict[str, Any]:
    return {"Fn::If": ["C", yes, no]}


def get_att(*argument: Any) -> dict[str, Any]:
    return {"Fn::GetAtt": list(argument)}


def domain(**properties: Any) -> dict[str, Any]:
    settings = {"ExecutionRole": get_att("Role", "Arn")}
    return resource("Domain", **{"AuthMode": "SSO", "DomainName": "d", "DefaultUserSettings": settings, **properties})


def role(**properties: Any) -> dict[str, Any]:
    return resource("IAM.Role", **{"AssumeRolePolicyDocument": {"Statement": [TRUSTED]}, **properties})


def inline(document: Any) -> dict[str, Any]:
    return role(Policies=[{"PolicyName": "inline", "PolicyDocument": document}])


def statement(**keys: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **keys}


def allowing(**keys: Any) -> dict[str, Any]:
    return inline({"Statement": [statement(**keys)]})


def ids(resources: dict[str, Any]) -> set[str]:
    """The rules that find something, unresolved or not."""
    return {id.partition("[")[0] for id, _, _ in found(resources, **AROUND)}


def ingress(**keys: Any) -> dict[str, Any]:
    return resource("EC2.SecurityGroup", SecurityGroupIngress=[{"CidrIp": "0.0.0.0/0", "IpProtocol": "tcp", **keys}])
