"""What only the deployment knows is reported by the rule that asks for it, in whichever shape it comes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource
from tests.checks.pieces import (
    ANYBODY,
    AROUND,
    EVERYBODY,
    FULL_ACCESS,
    INCLUDE,
    LIST,
    NO_VALUE,
    READ_ONLY,
    TRUSTED,
    P,
    allowing,
    condition,
    domain,
    get_att,
    ids,
    ingress,
    inline,
    role,
    statement,
)

WIDE = {"Statement": [statement(Action="s3:*")]}
IDLE = "AppLifecycleManagement"


def idle(minutes: Any) -> dict[str, Any]:
    settings = {IDLE: {"IdleSettings": {"LifecycleManagement": "ENABLED", "IdleTimeoutInMinutes": minutes}}}
    return domain(DefaultUserSettings={"JupyterLabAppSettings": settings})


def key(policy: Any) -> dict[str, Any]:
    return {"Domain": domain(KmsKeyId=get_att("Key", "Arn")), "Key": resource("KMS.Key", KeyPolicy=policy)}


def variables(value: Any) -> dict[str, Any]:
    container = {"ContainerConfig": {"ContainerEnvironmentVariables": value}}
    return {"Image": resource("AppImageConfig", JupyterLabAppImageConfig=container)}


CUSTOM = {"Type": "Custom::Thing", "Properties": {"ServiceToken": "x"}}

# Each of these is found by the rule where the value is plain, so it must be found, if only as unresolved, here too.
NOT_IN_SILENCE: dict[str, tuple[str, dict[str, Any]]] = {
    "action, a parameter": ("NoWildcardAction", {"Role": allowing(Action=P)}),
    "action, a list parameter": ("NoWildcardAction", {"Role": allowing(Action=LIST)}),
    "action, a piece": ("NoWildcardAction", {"Role": allowing(Action={"Fn::Sub": "s3:${P}"})}),
    "action, a piece in a list": ("NoWildcardAction", {"Role": allowing(Action=[{"Fn::Sub": "s3:${P}"}])}),
    "action, a branch": ("NoWildcardAction", {"Role": allowing(Action=[condition("s3:*", NO_VALUE)])}),
    "action, a dynamic reference": ("NoWildcardAction", {"Role": allowing(Action="{{resolve:ssm:/elsewhere}}")}),
    "action, a dynamic reference by region": (
        "NoWildcardAction",
        {"Role": allowing(Action={"Fn::Sub": "{{resolve:ssm:/${AWS::Region}/x}}"})},
    ),
    "action, the attribute of a custom resource": (
        "NoWildcardAction",
        {"Custom": CUSTOM, "Role": allowing(Action=get_att("Custom", "Action"))},
    ),
    "effect": ("NoWildcardAction", {"Role": allowing(Effect=P, Action="s3:*")}),
    "statement, a branch": (
        "NoWildcardAction",
        {"Role": inline({"Statement": [condition(statement(Action="s3:*"), NO_VALUE)]})},
    ),
    "statements, a branch": ("NoWildcardAction", {"Role": inline({"Statement": condition(WIDE["Statement"], [])})}),
    "statements, a transform": ("NoWildcardAction", {"Role": inline({"Statement": [INCLUDE]})}),
    "document, a branch": ("NoWildcardAction", {"Role": inline(condition(WIDE, {"Statement": []}))}),
    "document, a branch or nothing": ("NoWildcardAction", {"Role": inline(condition(WIDE, NO_VALUE))}),
    "document, a parameter": ("NoWildcardAction", {"Role": inline(P)}),
    "document, a transform": ("NoWildcardAction", {"Role": inline(INCLUDE)}),
    "document, an attribute": ("NoWildcardAction", {"Custom": CUSTOM, "Role": inline(get_att("Custom", "Document"))}),
    "policies, a branch": (
        "NoWildcardAction",
        {"Role": role(Policies=condition([{"PolicyName": "p", "PolicyDocument": WIDE}], NO_VALUE))},
    ),
    "policies, a parameter": ("NoWildcardAction", {"Role": role(Policies=LIST)}),
    "roles of a policy, a branch": (
        "NoWildcardAction",
        {
            "Role": role(),
            "Policy": resource("IAM.Policy", PolicyDocument=WIDE, Roles=[condition({"Ref": "Role"}, "x")]),
        },
    ),
    "roles of a policy, a parameter": (
        "NoWildcardAction",
        {"Role": role(), "Policy": resource("IAM.Policy", PolicyDocument=WIDE, Roles=LIST)},
    ),
    "role of a policy, a piece": (
        "NoWildcardAction",
        {"Role": role(), "Policy": resource("IAM.RolePolicy", PolicyDocument=WIDE, RoleName={"Fn::Sub": "x-${P}"})},
    ),
    "managed policies, a parameter": ("NoFullAccess", {"Role": role(ManagedPolicyArns=LIST)}),
    "managed policies, a branch": (
        "NoFullAccess",
        {"Role": role(ManagedPolicyArns=condition([FULL_ACCESS], NO_VALUE))},
    ),
    "managed policy, a branch": ("NoFullAccess", {"Role": role(ManagedPolicyArns=[condition(FULL_ACCESS, READ_ONLY)])}),
    "managed policy, a piece": (
        "NoFullAccess",
        {"Role": role(ManagedPolicyArns=[{"Fn::Sub": "arn:aws:iam::aws:policy/${P}"}])},
    ),
    "managed policies, one text": (
        "NoFullAccess",
        {"Role": role(ManagedPolicyArns={"Fn::Split": [",", f"{FULL_ACCESS},{READ_ONLY}"]})},
    ),
    "what a transform adds to a role": ("NoFullAccess", {"Role": role(**INCLUDE)}),
    "passed role, a parameter": ("PassRole", {"Role": allowing(Action="iam:PassRole", Resource=P)}),
    "passed role, a list parameter": ("PassRole", {"Role": allowing(Action="iam:PassRole", Resource=LIST)}),
    "passed role, a branch": ("PassRole", {"Role": allowing(Action="iam:PassRole", Resource=condition("*", "x"))}),
    "session, a parameter": ("SessionOwner", {"Role": allowing(Action="sagemaker:StartSession", Resource=P)}),
    "sign-in, a parameter": (
        "SignInAsSelf",
        {"Role": allowing(Action="sagemaker:CreatePresignedDomainUrl", Resource=P)},
    ),
    "owner, a parameter": (
        "OwnerConditions",
        {"Role": allowing(Action="sagemaker:CreateSpace", Condition={"ArnLike": {"sagemaker:OwnerUserProfileArn": P}})},
    ),
    "conditions, a branch": (
        "OwnerConditions",
        {"Role": allowing(Action="sagemaker:CreateSpace", Condition=condition({"Bool": {"a": "true"}}, NO_VALUE))},
    ),
    "condition, a branch": (
        "OwnerConditions",
        {"Role": allowing(Action="sagemaker:CreateSpace", Condition={"Bool": condition({"a": "true"}, {"b": "true"})})},
    ),
    "trust, a branch": (
        "TrustedBySageMaker",
        {"Role": role(AssumeRolePolicyDocument={"Statement": [condition(ANYBODY, TRUSTED)]})},
    ),
    "trust, a branch of documents": (
        "TrustedBySageMaker",
        {"Role": role(AssumeRolePolicyDocument=condition({"Statement": [ANYBODY]}, {"Statement": [TRUSTED]}))},
    ),
    "trust, a parameter": (
        "TrustedBySageMaker",
        {"Role": role(AssumeRolePolicyDocument={"Statement": [{**TRUSTED, "Principal": {"AWS": P}}]})},
    ),
    "key policy, a branch": ("KeyPolicy", key(condition({"Statement": [EVERYBODY]}, {"Statement": []}))),
    "key policy, a statement": ("KeyPolicy", key({"Statement": [condition(EVERYBODY, NO_VALUE)]})),
    "key policy, a principal": (
        "KeyPolicy",
        key({"Statement": [{**EVERYBODY, "Principal": {"AWS": condition("*", "arn:aws:iam::111122223333:root")}}]}),
    ),
    "key policy, a parameter": ("KeyPolicy", key({"Statement": [{**EVERYBODY, "Principal": {"AWS": P}}]})),
    "network, a parameter": ("VpcOnly", {"Domain": domain(AppNetworkAccessType=P)}),
    "network, a branch": ("VpcOnly", {"Domain": domain(AppNetworkAccessType=condition("VpcOnly", NO_VALUE))}),
    "network, an attribute": (
        "VpcOnly",
        {"Custom": CUSTOM, "Domain": domain(AppNetworkAccessType=get_att("Custom", "Access"))},
    ),
    "idle time, a parameter": ("IdleShutdown", {"Domain": idle(P)}),
    "idle time, an attribute": ("IdleShutdown", {"Custom": CUSTOM, "Domain": idle(get_att("Custom", "Minutes"))}),
    "idle time, a text": ("IdleShutdown", {"Domain": idle("9999")}),
    "idle time, joined": ("IdleShutdown", {"Domain": idle({"Fn::Sub": "9999"})}),
    "settings, a branch": (
        "PosixIdentity",
        {"Domain": domain(DefaultUserSettings=condition({"CustomPosixUserConfig": {"Uid": 1}}, NO_VALUE))},
    ),
    "port, an attribute": (
        "NfsClosed",
        {"Custom": CUSTOM, "Group": ingress(FromPort=get_att("Custom", "Port"), ToPort=get_att("Custom", "Port"))},
    ),
    "port, a parameter": ("NfsClosed", {"Group": ingress(FromPort=P, ToPort=P)}),
    "port, a text": ("NfsClosed", {"Group": ingress(FromPort="2049", ToPort="2049")}),
    "network of a port": ("NfsClosed", {"Group": ingress(CidrIp=P, FromPort=2049, ToPort=2049)}),
    "ingress, a branch": (
        "NfsClosed",
        {
            "Group": resource(
                "EC2.SecurityGroup",
                SecurityGroupIngress=condition([{"CidrIp": "0.0.0.0/0", "IpProtocol": "-1"}], NO_VALUE),
            )
        },
    ),
    "variables, a branch": (
        "ContainerCredentials",
        variables(condition([{"Key": "DB_PASSWORD", "Value": "hunter2222"}], NO_VALUE)),
    ),
    "container, a branch": (
        "ContainerCredentials",
        {
            "Image": resource(
                "AppImageConfig",
                JupyterLabAppImageConfig=condition(
                    {
                        "ContainerConfig": {
                            "ContainerEnvironmentVariables": [{"Key": "DB_PASSWORD", "Value": "hunter2222"}]
                        }
                    },
                    NO_VALUE,
                ),
            )
        },
    ),
    "variables, a transform": ("ContainerCredentials", variables(INCLUDE)),
    "script, a parameter": (
        "LifecycleConfigCredentials",
        {"Script": resource("StudioLifecycleConfig", StudioLifecycleConfigContent={"Fn::Base64": P})},
    ),
    "role, a branch": (
        "ExecutionRoleInApp",
        {
            "Domain": domain(DefaultUserSettings={"ExecutionRole": condition(get_att("Role", "Arn"), "x")}),
            "Role": role(),
        },
    ),
    "domain, a parameter": ("DomainInApp", {"User": resource("UserProfile", DomainId=P)}),
    "domain, a branch": (
        "DomainInApp",
        {"User": resource("UserProfile", DomainId=condition({"Ref": "Domain"}, {"Ref": "Other"})), "Other": domain()},
    ),
    "sign-in of the domain, a parameter": (
        "SsoUser",
        {"Domain": domain(AuthMode=P), "User": resource("UserProfile", DomainId={"Ref": "Domain"})},
    ),
    "resources, a loop": ("TemplatesInApp", {"Fn::ForEach::L": ["I", ["a"], {"T${I}": {"Type": "AWS::SNS::Topic"}}]}),
    "resources, a transform": ("TemplatesInApp", INCLUDE),
    "a stack from elsewhere": ("TemplatesInApp", {"Stack": resource("CloudFormation.Stack", TemplateURL=P)}),
    "a role by the name in an ARN": (
        "NoFullAccess",
        {
            "Domain": domain(
                DefaultUserSettings={
                    "ExecutionRole": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/users"}
                }
            ),
            "Role": role(RoleName="users", ManagedPolicyArns=[FULL_ACCESS]),
        },
    ),
}


@pytest.mark.parametrize(("rule", "resources"), NOT_IN_SILENCE.values(), ids=NOT_IN_SILENCE.keys())
def test_nothing_passes_in_silence(rule: str, resources: dict[str, Any]) -> None:
    assert rule in ids({"Domain": domain(), **resources})


SHAPES: dict[str, dict[str, Any]] = {
    "nothing in anything": {
        name: {"Type": f"AWS::{name.replace('_', '::')}"}
        for name in (
            *(f"SageMaker_{one}" for one in ("Domain", "UserProfile", "Space", "App", "AppImageConfig")),
            *(f"SageMaker_{one}" for one in ("StudioLifecycleConfig", "MlflowTrackingServer", "MlflowApp")),
            *(
                f"IAM_{one}"
                for one in ("Role", "Policy", "ManagedPolicy", "RolePolicy", "GroupPolicy", "User", "Group")
            ),
            *("KMS_Key", "KMS_Alias", "S3_Bucket", "EFS_FileSystem", "Backup_BackupSelection", "SSM_Parameter"),
            *("EC2_SecurityGroup", "EC2_SecurityGroupIngress", "CloudFormation_Stack"),
        )
    },
    "conditions and dependencies": {
        "Domain": {**domain(), "Condition": "C", "DependsOn": ["Role"]},
        "Role": {**role(), "Condition": "C", "DependsOn": "Missing"},
    },
    "policies by intrinsics": {"Domain": {**domain(), "DeletionPolicy": condition("Retain", "Delete")}},
    "a module": {"Module": {"Type": "Acme::Studio::Domain::MODULE", "Properties": {"Name": P}}},
    "a condition of a statement that is a parameter": {"Domain": domain(), "Role": allowing(Condition=P)},
    "condition values of all kinds": {
        "Domain": domain(),
        "Role": allowing(
            Action=["sagemaker:CreateSpace", "sagemaker:AddTags"],
            Condition={
                "Bool": {"aws:SecureTransport": True},
                "NumericLessThan": {"aws:MultiFactorAuthAge": 3600},
                "StringEquals": {"sagemaker:OwnerUserProfileArn": [P, condition("a", NO_VALUE)]},
                "ForAnyValue:StringLike": {"sagemaker:InstanceTypes": LIST, "sagemaker:TaggingAction": NO_VALUE},
            },
        ),
    },
    "texts in the place of lists": {
        "Domain": domain(),
        "Role": role(
            ManagedPolicyArns=READ_ONLY, Policies={"PolicyName": "p", "PolicyDocument": {"Statement": statement()}}
        ),
    },
    "principals of all kinds": {
        "Domain": domain(),
        "Role": role(
            AssumeRolePolicyDocument={
                "Statement": [
                    {**TRUSTED, "Principal": one}
                    for one in ("*", P, {"Service": ["a", P]}, condition({"AWS": "*"}, NO_VALUE), {"AWS": LIST})
                ]
            }
        ),
    },
    "numbers as texts": {"Domain": idle("60"), "Group": ingress(FromPort="22", ToPort="22")},
    "an ICMP type": {"Group": ingress(IpProtocol="icmp", FromPort=-1, ToPort=-1)},
    "ports of a database": {
        "Group": ingress(FromPort=get_att("Db", "Endpoint.Port"), ToPort=get_att("Db", "Endpoint.Port")),
        "Db": resource("RDS.DBInstance"),
    },
    "documents as texts": {"Domain": domain(), "Role": inline('{"Statement": []}')},
    "script of a pseudo parameter": {
        "Script": resource(
            "StudioLifecycleConfig",
            StudioLifecycleConfigContent={"Fn::Base64": {"Fn::Sub": "#!/bin/sh\necho ${AWS::Region} ${!HOME}"}},
        )
    },
}


@pytest.mark.parametrize("resources", SHAPES.values(), ids=SHAPES.keys())
def test_no_shape_crashes_the_rules(resources: dict[str, Any]) -> None:
    found(resources, **AROUND)


# A Studio in which much is wrong, written plainly.
