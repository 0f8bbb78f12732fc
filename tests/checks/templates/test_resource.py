"""Parts of resources, and that no value passes in silence because nobody knows it before the deployment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from constructs_lib.checks.judgement import judge
from constructs_lib.checks.rules import RULES
from constructs_lib.checks.studio import Studio
from constructs_lib.checks.templates.assembly import NestedTemplate, Template
from constructs_lib.checks.templates.deployment import Deployment
from constructs_lib.checks.templates.resource import Resource, UnresolvedProperty
from tests.checks.judged import found, resource, template, verdicts

P, LIST = {"Ref": "P"}, {"Ref": "List"}
NO_VALUE = {"Ref": "AWS::NoValue"}
FULL_ACCESS = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
TRUSTED = {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}
ANYBODY = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
AROUND = {
    "Parameters": {"P": {"Type": "String"}, "List": {"Type": "CommaDelimitedList"}},
    "Conditions": {"C": {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]}},
}
INCLUDE = {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://bucket/file"}}}


def condition(yes: Any, no: Any) -> dict[str, Any]:
    return {"Fn::If": ["C", yes, no]}


def get_att(*argument: Any) -> dict[str, Any]:
    return {"Fn::GetAtt": list(argument)}


def it(**properties: Any) -> Resource:
    body = {"Resources": {"It": {"Type": "Test::It", "Properties": properties}}, **AROUND}
    (one,) = Deployment([template("Research", body)]).of_type("Test::It")
    return one


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


def test_a_place_says_where_it_is() -> None:
    one = it(A={"B": [{"C": "c"}, {"C": "d"}]})
    assert [(part.path, part.get("C"), part.place("C")) for part in one.parts("A.B")] == [
        ("Properties.A.B.0", "c", "Properties.A.B.0.C"),
        ("Properties.A.B.1", "d", "Properties.A.B.1.C"),
    ]
    assert one.below("A").below("B").path == one.below("A.B").path == "Properties.A.B"
    assert one.place("") == "Properties"


@pytest.mark.parametrize("path", ["X", "X.Y", "A.X", "A.B.X", "N", "N.X", "Empty.X", "List.X"])
def test_what_is_not_there(path: str) -> None:
    one = it(A={"B": "b"}, N=NO_VALUE, Empty=None, List=["a"])
    assert one.get(path) is None
    assert one.text(path) is None
    assert not one.below(path).exists
    assert list(one.parts(path)) == []


@pytest.mark.parametrize("body", [{}, {"Properties": {}}, {"Properties": None}, {"Condition": "C", "DependsOn": "X"}])
def test_resources_without_properties(body: dict[str, Any]) -> None:
    deployment = Deployment([template("Research", {"Resources": {"It": {"Type": "Test::It", **body}}})])
    (one,) = deployment.of_type("Test::It")
    assert one.get("A.B") is None
    assert list(one.parts("A.B")) == []


@pytest.mark.parametrize(
    ("value", "items"),
    [
        (["a", "b"], ["a", "b"]),
        ("a", ["a"]),
        ({"A": "a"}, [{"A": "a"}]),
        ([], []),
        (NO_VALUE, []),
        (["a", NO_VALUE], ["a"]),
        (condition(["a"], ["b", "c"]), ["a", "b", "c"]),
        (condition(["a"], NO_VALUE), ["a"]),
        (["a", condition("b", NO_VALUE)], ["a", "b"]),
        (["a", condition("b", condition("c", "d"))], ["a", "b", "c", "d"]),
        ({"Fn::Split": [",", "a,b"]}, ["a", "b"]),
        ([{"Fn::Split": [",", "a,b"]}], ["a", "b"]),
        (condition({"Fn::Split": [",", "a,b"]}, ["c"]), ["a", "b", "c"]),
        (LIST, [LIST]),
        (["a", LIST], ["a", LIST]),
        (condition(LIST, ["a"]), [LIST, "a"]),
    ],
    ids=str,
)
def test_items_of_a_list(value: Any, items: list[Any]) -> None:
    assert [part.value for part in it(A={"B": value}).parts("A.B")] == items


@pytest.mark.parametrize(
    ("value", "items"),
    [
        (condition({"B": ["a"]}, {"B": ["b"]}), ["a", "b"]),
        (condition({"B": ["a"]}, NO_VALUE), ["a"]),
        (condition({"B": ["a"]}, {"C": "c"}), ["a"]),
        (condition(condition({"B": "a"}, {"B": ["b", NO_VALUE]}), {"B": condition(["c"], NO_VALUE)}), ["a", "b", "c"]),
        (condition({"B": ["a"]}, P), ["a", P]),
    ],
    ids=str,
)
def test_items_of_a_list_beneath_a_condition(value: Any, items: list[Any]) -> None:
    assert [part.value for part in it(A=value).parts("A.B")] == items


@pytest.mark.parametrize("path", ["A", "A.B", "A.B.C"])
@pytest.mark.parametrize(
    "value", [P, condition({"B": {"C": 1}}, {"B": {"C": 2}}), condition({"B": 1}, NO_VALUE), INCLUDE]
)
def test_whatever_is_beneath_an_unknown_value_is_unknown(value: Any, path: str) -> None:
    one = it(A=value)
    assert one.below(path).exists
    assert "\ue000" in one.text(path)
    with pytest.raises(UnresolvedProperty) as caught:
        one.get(path)
    assert caught.value.path == path
    with pytest.raises(UnresolvedProperty):
        one.below(path).get("")


def test_beneath_a_condition_that_changes_nothing() -> None:
    one = it(A=condition({"B": {"C": "c"}}, {"B": {"C": "c"}}))
    assert one.get("A.B.C") == "c"
    assert one.below("A.B").get("C") == "c"


def test_what_a_transform_may_add_is_unknown() -> None:
    one = it(A={"B": "b", **INCLUDE}, **INCLUDE)
    assert one.get("A.B") == "b"
    for path in ("X", "A.X"):
        with pytest.raises(UnresolvedProperty):
            one.get(path)


WIDE = {"Statement": [statement(Action="s3:*")]}
IDLE = "AppLifecycleManagement"


def idle(minutes: Any) -> dict[str, Any]:
    settings = {IDLE: {"IdleSettings": {"LifecycleManagement": "ENABLED", "IdleTimeoutInMinutes": minutes}}}
    return domain(DefaultUserSettings={"JupyterLabAppSettings": settings})


def ingress(**keys: Any) -> dict[str, Any]:
    return resource("EC2.SecurityGroup", SecurityGroupIngress=[{"CidrIp": "0.0.0.0/0", "IpProtocol": "tcp", **keys}])


def key(policy: Any) -> dict[str, Any]:
    return {"Domain": domain(KmsKeyId=get_att("Key", "Arn")), "Key": resource("KMS.Key", KeyPolicy=policy)}


def variables(value: Any) -> dict[str, Any]:
    container = {"ContainerConfig": {"ContainerEnvironmentVariables": value}}
    return {"Image": resource("AppImageConfig", JupyterLabAppImageConfig=container)}


CUSTOM = {"Type": "Custom::Thing", "Properties": {"ServiceToken": "x"}}
EVERYBODY = {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}

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
PLAIN: dict[str, Any] = {
    "Key": resource("KMS.Key", KeyPolicy={"Statement": [EVERYBODY]}),
    "Domain": domain(
        KmsKeyId=get_att("Key", "Arn"), AppNetworkAccessType="PublicInternetOnly", TagPropagation="DISABLED"
    ),
    "Role": role(
        AssumeRolePolicyDocument={"Statement": [TRUSTED, ANYBODY]},
        ManagedPolicyArns=[FULL_ACCESS, READ_ONLY],
        Policies=[
            {
                "PolicyName": "p",
                "PolicyDocument": {
                    "Statement": [
                        statement(Action=["s3:*", "sagemaker:CreateSpace", "sagemaker:DeleteDomain"]),
                        statement(Action="iam:PassRole"),
                        statement(Action="sagemaker:StartSession"),
                        statement(
                            Action="sagemaker:DeleteSpace",
                            Condition={"ArnLike": {"sagemaker:OwnerUserProfileArn": "arn:aws:sagemaker:*:*:*"}},
                        ),
                        statement(Effect="Deny", Action="s3:DeleteObject"),
                    ]
                },
            }
        ],
    ),
    "Attached": resource(
        "IAM.ManagedPolicy", PolicyDocument={"Statement": [statement(Action="kms:*")]}, Roles=[{"Ref": "Role"}]
    ),
    "User": resource("UserProfile", DomainId={"Ref": "Domain"}, UserProfileName="ada"),
    "Bob": resource("UserProfile", DomainId={"Ref": "Domain"}, UserProfileName="bob"),
    "Space": resource(
        "Space",
        DomainId={"Ref": "Domain"},
        OwnershipSettings={"OwnerUserProfileName": "carol"},
        SpaceSharingSettings={"SharingType": "Private"},
        SpaceSettings={"RemoteAccess": "ENABLED"},
    ),
    "Script": resource("StudioLifecycleConfig", StudioLifecycleConfigContent="ZWNobyBBS0lBSU9TRk9ETk43RVhBTVBMRQ=="),
    "Group": ingress(FromPort=0, ToPort=65535),
}

Findings = set[tuple[str, str, str]]


def findings(*stacks: Template, nested: list[NestedTemplate] | None = None) -> Findings:
    studio = Studio(Deployment(stacks, nested or ()))
    return {
        (one.id, one.resource.logical_id, one.location)
        for one in judge(RULES, studio)
        if one.resource.logical_id in PLAIN
    }


def rewritten(value: Any, write: Callable[[Any], Any]) -> Any:
    """The value with all texts, and all references, written another way."""
    if isinstance(value, str) or (isinstance(value, dict) and list(value) in (["Ref"], ["Fn::GetAtt"])):
        return write(value)
    if isinstance(value, list):
        return [rewritten(one, write) for one in value]
    if isinstance(value, dict):
        return {name: rewritten(one, write) for name, one in value.items()}
    return value


def plainly(write: Callable[[Any], Any]) -> dict[str, Any]:
    return {
        logical_id: {**body, "Properties": rewritten(body["Properties"], write)} for logical_id, body in PLAIN.items()
    }


WAYS: dict[str, Callable[[Any], Any]] = {
    "Fn::Join": lambda value: {"Fn::Join": ["", [value]]},
    "Fn::Sub": lambda value: {"Fn::Sub": ["${It}", {"It": value}]},
    "Fn::Select": lambda value: {"Fn::Select": ["1", ["x", value]]},
    "Fn::If": lambda value: condition(value, value),
    "Fn::Split": lambda value: {"Fn::Select": [1, {"Fn::Split": ["|", {"Fn::Join": ["|", ["x", value, "y"]]}]}]},
    "all of them": lambda value: condition(
        {"Fn::Join": ["", [{"Fn::Select": [0, [value]]}]]}, {"Fn::Sub": ["${V}", {"V": value}]}
    ),
}


def test_the_plain_studio_is_found_out() -> None:
    assert (
        len({id.partition("[")[0] for id, _, _ in findings(template("Research", {"Resources": PLAIN, **AROUND}))}) > 15
    )


@pytest.mark.parametrize("write", WAYS.values(), ids=WAYS.keys())
def test_the_same_is_found_however_it_is_written(write: Callable[[Any], Any]) -> None:
    expected = findings(template("Research", {"Resources": PLAIN, **AROUND}))
    assert findings(template("Research", {"Resources": plainly(write), **AROUND})) == expected


def test_the_same_is_found_with_conditions_around_everything() -> None:
    def around(value: Any) -> Any:
        if isinstance(value, list):
            value = [around(one) for one in value]
        elif isinstance(value, dict) and list(value) not in (["Ref"], ["Fn::GetAtt"]):
            value = {name: around(one) for name, one in value.items()}
        return condition(value, value)

    resources = {
        logical_id: {**body, "Properties": {name: around(one) for name, one in body["Properties"].items()}}
        for logical_id, body in PLAIN.items()
    }
    expected = findings(template("Research", {"Resources": PLAIN, **AROUND}))
    assert findings(template("Research", {"Resources": resources, **AROUND})) == expected


@pytest.mark.parametrize("way", ["Fn::ImportValue", "Fn::GetStackOutput", "{{resolve:ssm}}", "Fn::FindInMap"])
def test_the_same_is_found_wherever_the_texts_stand(way: str) -> None:
    values: dict[str, str] = {}

    def write(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        name = f"N{len(values)}"
        values[name] = value
        return {
            "Fn::ImportValue": {"Fn::ImportValue": {"Fn::Sub": f"Texts:{name}"}},
            "Fn::GetStackOutput": {"Fn::GetStackOutput": {"StackName": "Texts", "OutputName": name}},
            "{{resolve:ssm}}": f"{{{{resolve:ssm:/texts/{name}}}}}",
            "Fn::FindInMap": {"Fn::FindInMap": ["Texts", name, "text"]},
        }[way]

    research = {
        "Resources": plainly(write),
        **AROUND,
        "Mappings": {"Texts": {k: {"text": v} for k, v in values.items()}},
    }
    texts = {
        "Resources": {k: resource("SSM.Parameter", Name=f"/texts/{k}", Value=v) for k, v in values.items()},
        "Outputs": {k: {"Value": v, "Export": {"Name": f"Texts:{k}"}} for k, v in values.items()},
    }
    expected = findings(template("Research", {"Resources": PLAIN, **AROUND}))
    assert findings(template("Research", research), template("Texts", texts)) == expected


def test_the_same_is_found_with_all_texts_as_parameters_of_a_nested_stack() -> None:
    values: dict[str, str] = {}

    def write(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        values[f"N{len(values)}"] = value
        return {"Ref": f"N{len(values) - 1}"}

    inner = template("Inner", {"Resources": plainly(write), "Parameters": {}})
    inner.body["Parameters"].update({name: {"Type": "String", "Default": "x"} for name in values})
    outer = template("Outer", {"Resources": {"Inner": resource("CloudFormation.Stack", Parameters=values)}})
    expected = findings(template("Research", {"Resources": PLAIN, **AROUND}))
    assert findings(inner, outer, nested=[NestedTemplate(inner, outer, "Inner")]) == expected


def test_verdicts_are_given_once() -> None:
    twice = role(ManagedPolicyArns=condition([FULL_ACCESS], [FULL_ACCESS]))
    given = verdicts(template("Research", {"Resources": {"Domain": domain(), "Role": twice}, **AROUND}))
    assert sum("NoFullAccess" in one.id for one in given) == 1
