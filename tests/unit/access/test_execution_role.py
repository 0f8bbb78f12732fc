from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from constructs_lib import ExecutionRole, ExecutionRoleSettings
from tests.templates import properties, resources, template_of

ROLE, POLICY = "AWS::IAM::Role", "AWS::IAM::ManagedPolicy"


def test_is_trusted_by_sagemaker_alone_and_may_do_nothing(stack: cdk.Stack) -> None:
    ExecutionRole(stack, "Role")

    assert properties(template_of(stack), ROLE) == {
        "AssumeRolePolicyDocument": {
            "Statement": [
                {"Action": "sts:AssumeRole", "Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}}
            ],
            "Version": "2012-10-17",
        }
    }


def test_takes_path_boundary_and_policies(stack: cdk.Stack) -> None:
    boundary = iam.ManagedPolicy.from_managed_policy_name(stack, "Boundary", "boundary")
    extra = iam.ManagedPolicy.from_managed_policy_name(stack, "Extra", "extra")

    ExecutionRole(
        stack,
        "Role",
        settings=ExecutionRoleSettings(path="/studio/", permissions_boundary=boundary),
        managed_policies=[extra],
        description="Runs Studio",
    )

    rendered = properties(template_of(stack), ROLE)
    assert (rendered["Path"], rendered["Description"]) == ("/studio/", "Runs Studio")
    assert rendered["PermissionsBoundary"] == stack.resolve(boundary.managed_policy_arn)
    assert rendered["ManagedPolicyArns"] == [stack.resolve(extra.managed_policy_arn)]


def test_grants_of_any_kind_are_one_managed_policy(stack: cdk.Stack) -> None:
    role = ExecutionRole(stack, "Role")
    key = kms.Key(stack, "Key")
    s3.Bucket(stack, "Data", encryption_key=key).grant_read_write(role)
    role.add_to_policy(iam.PolicyStatement(actions=["s3:ListAllMyBuckets"], resources=["*"]))
    iam.Grant.add_to_principal(grantee=role, actions=["glue:GetTable"], resource_arns=["*"])

    template = template_of(stack)
    assert not resources(template, "AWS::IAM::Policy")
    granted = str(properties(template, POLICY)["PolicyDocument"])
    assert all(action in granted for action in ("s3:PutObject", "kms:Decrypt", "s3:ListAllMyBuckets", "glue:GetTable"))


def test_imported_role_is_attached_by_the_name_behind_its_path(stack: cdk.Stack) -> None:
    arn = "arn:aws:iam::123456789012:role/teams/studio/alice"
    role = ExecutionRole.from_execution_role_arn(stack, "Role", arn)

    s3.Bucket(stack, "Data").grant_read(role.grant_principal)

    assert role.role_arn == arn
    assert properties(template_of(stack), POLICY)["Roles"] == ["alice"]


def test_imported_role_by_a_token_is_attached_by_the_name_given(stack: cdk.Stack) -> None:
    arn = cdk.Fn.import_value("RoleArn")
    role = ExecutionRole.from_execution_role_arn(stack, "Role", arn, role_name="alice")

    s3.Bucket(stack, "Data").grant_read(role.grant_principal)

    assert role.role_arn == arn
    assert properties(template_of(stack), POLICY)["Roles"] == ["alice"]


def test_imported_role_stands_in_resource_policies_too(stack: cdk.Stack) -> None:
    arn = "arn:aws:iam::123456789012:role/alice"
    role = ExecutionRole.from_execution_role_arn(stack, "Role", arn)

    s3.Bucket(stack, "Data").add_to_resource_policy(
        iam.PolicyStatement(actions=["s3:GetObject"], resources=["*"], principals=[role.grant_principal])
    )

    (statement,) = properties(template_of(stack), "AWS::S3::BucketPolicy")["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"AWS": arn}


def test_imported_role_of_the_same_account_needs_no_bucket_policy(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Fixed", env=cdk.Environment(account="123456789012", region="eu-west-1"))
    role = ExecutionRole.from_execution_role_arn(stack, "Role", "arn:aws:iam::123456789012:role/alice")

    key = kms.Key(stack, "Key")
    s3.Bucket(stack, "Data", encryption_key=key).grant_read(role.grant_principal)

    template = template_of(stack)
    assert not resources(template, "AWS::S3::BucketPolicy")
    assert "alice" not in str(properties(template, "AWS::KMS::Key"))


def test_imported_role_of_another_account_needs_a_bucket_policy(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Fixed", env=cdk.Environment(account="123456789012", region="eu-west-1"))
    role = ExecutionRole.from_execution_role_arn(stack, "Role", "arn:aws:iam::210987654321:role/alice")

    s3.Bucket(stack, "Data").grant_read(role.grant_principal)

    assert resources(template_of(stack), "AWS::S3::BucketPolicy")


def test_imported_role_of_another_account_gets_no_policy_here(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Fixed", env=cdk.Environment(account="123456789012", region="eu-west-1"))
    role = ExecutionRole.from_execution_role_arn(stack, "Role", "arn:aws:iam::210987654321:role/alice")

    s3.Bucket(stack, "Data").grant_read(role.grant_principal)

    assert not resources(template_of(stack), POLICY), "another role of this account may have that name"


def test_role_and_grants_are_kept_unless_it_says_otherwise(stack: cdk.Stack) -> None:
    kept, deleted = (
        ExecutionRole(stack, "Kept"),
        ExecutionRole(stack, "Deleted", removal_policy=cdk.RemovalPolicy.DESTROY),
    )
    bucket = s3.Bucket(stack, "Data")
    for role in (kept, deleted):
        bucket.grant_read(role)
    imported = ExecutionRole.from_execution_role_arn(stack, "Kept2", "arn:aws:iam::123456789012:role/alice")
    bucket.grant_read(imported.grant_principal)

    template = template_of(stack)
    found = {
        logical_id: one["DeletionPolicy"]
        for logical_id, one in (resources(template, ROLE) | resources(template, POLICY)).items()
    }
    assert set(found.values()) == {"RetainExceptOnCreate", "Delete"}
    assert all((policy == "Delete") == logical_id.startswith("Deleted") for logical_id, policy in found.items())
