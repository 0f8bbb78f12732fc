"""One stack with everything that the lock knows, so that the judge, which sees one template, sees what follows too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aws_cdk as cdk
from constructs import Construct

from tests.checks.reports import unfailing_app
from tests.safety.apps import resource, space

DOMAIN_ID = {"Ref": "Domain"}
KEY_ARN = {"Fn::GetAtt": ["Key", "Arn"]}
ROLE_ARN = {"Fn::GetAtt": ["Role", "Arn"]}
ABROAD = cdk.Environment(account="111122223333", region="eu-west-1")


def synthesize(outdir: Path) -> None:
    """Synthesize the app, of which one stack has another nested in it and one knows where it is deployed to."""
    app = unfailing_app(outdir)
    team = cdk.Stack(app, "team")
    _define_network(team)
    _define_studio(team)
    _define_data(team)
    nested = cdk.NestedStack(team, "Inner")
    domain = team.node.find_child("Domain")
    assert isinstance(domain, cdk.CfnResource)
    resource(nested, "Models", "S3.Bucket", BucketName="team-models")
    space(nested, "Guest", name="guest-lab", owner="ada", domain=domain.ref)
    abroad = cdk.Stack(app, "abroad", env=ABROAD)
    resource(abroad, "Copies", "S3.Bucket", BucketName="team-copies")
    resource(abroad, "Logs", "S3.Bucket", BucketName={"Fn::Sub": "logs-${AWS::AccountId}-${AWS::Region}"})
    app.synth()


def _define_network(stack: cdk.Stack) -> None:
    vpc = {"Ref": "Vpc"}
    resource(stack, "Vpc", "EC2.VPC", CidrBlock="10.1.0.0/16", InstanceTenancy="default")
    resource(stack, "Subnet", "EC2.Subnet", VpcId=vpc, CidrBlock="10.1.0.0/24")
    resource(stack, "Group", "EC2.SecurityGroup", VpcId=vpc, GroupDescription="of the team")


def _define_studio(stack: cdk.Stack) -> None:
    resource(stack, "Key", "KMS.Key", KeyPolicy=_policy("kms:*"))
    studio = {"Ref": "StudioUsers"}
    cdk.CfnParameter(stack, "StudioUsers", default="arn:aws:iam::111122223333:role/studio")
    cdk.CfnMapping(stack, "Desks", mapping={"ada": {"name": "ada-desk"}})
    resource(
        stack,
        "Domain",
        "Domain",
        DomainName="team",
        AuthMode="SSO",
        KmsKeyId=KEY_ARN,
        VpcId={"Ref": "Vpc"},
        SubnetIds=[{"Ref": "Subnet"}],
        DefaultUserSettings={"ExecutionRole": studio},
        DomainSettings={"RStudioServerProDomainSettings": {"DomainExecutionRoleArn": studio, "DefaultResourceSpec": {"InstanceType": "system"}}},
    )  # fmt: skip
    resource(
        stack, "Outside", "Domain", DomainName="outside", AuthMode="IAM", AppNetworkAccessType="PublicInternetOnly"
    )
    resource(
        stack,
        "Ada",
        "UserProfile",
        DomainId=DOMAIN_ID,
        UserProfileName="ada",
        SingleSignOnUserIdentifier="UserName",
        SingleSignOnUserValue="ada@example.com",
        UserSettings={"ExecutionRole": studio, "RStudioServerProAppSettings": {"AccessStatus": "ENABLED", "UserGroup": "R_STUDIO_USER"}},
    )  # fmt: skip
    space(stack, "Lab", name="ada-lab", owner="ada", domain=DOMAIN_ID)
    name = {"Fn::FindInMap": ["Desks", "ada", "name"]}
    desk = space(stack, "Desk", owner="ada", domain=DOMAIN_ID, SpaceStorageSettings=cdk.Aws.NO_VALUE)
    desk.add_property_override("SpaceName", name)
    desk.add_property_deletion_override("SpaceSettings.SpaceStorageSettings")


def _define_data(stack: cdk.Stack) -> None:
    resource(stack, "Role", "IAM.Role", RoleName="team-features", AssumeRolePolicyDocument=_policy("sts:AssumeRole"))
    resource(stack, "Home", "EFS.FileSystem", Encrypted=True, KmsKeyId=KEY_ARN, PerformanceMode="generalPurpose")
    resource(
        stack,
        "Scratch",
        "FSx.FileSystem",
        FileSystemType="LUSTRE",
        FileSystemTypeVersion="2.12",
        StorageCapacity=2400,
        KmsKeyId={"Ref": "Key"},
        SubnetIds=[{"Ref": "Subnet"}],
        SecurityGroupIds=[{"Fn::GetAtt": ["Group", "GroupId"]}],
    )
    resource(stack, "Artifacts", "S3.Bucket", BucketName="team-artifacts")
    resource(stack, "Cache", "S3.Bucket").apply_removal_policy(cdk.RemovalPolicy.DESTROY)
    resource(Construct(stack, "Other"), "Cache", "S3.Bucket").override_logical_id("OtherCache")
    home, main = (
        cdk.CfnCondition(stack, id, expression=cdk.Fn.condition_equals(cdk.Aws.REGION, "eu-west-1"))
        for id in ("AtHome", "Main")
    )
    away = cdk.CfnCondition(stack, "Away", expression=cdk.Fn.condition_not(home))
    resource(stack, "Spare", "S3.Bucket").cfn_options.condition = away
    resource(stack, "Chosen", "S3.Bucket", BucketName=cdk.Fn.condition_if(main.logical_id, "team-main", "team-other"))
    cdk.CfnMapping(stack, "Regions", mapping={"eu-west-1": {"name": "team-eu"}, "us-east-1": {"name": "team-us"}})
    resource(stack, "Regional", "S3.Bucket", BucketName={"Fn::FindInMap": ["Regions", {"Ref": "AWS::Region"}, "name"]})
    resource(
        stack,
        "Features",
        "FeatureGroup",
        FeatureGroupName="churn",
        RecordIdentifierFeatureName="customer",
        EventTimeFeatureName="time",
        FeatureDefinitions=[{"FeatureName": name, "FeatureType": "String"} for name in ("customer", "time")],
        OnlineStoreConfig={"EnableOnlineStore": True, "TtlDuration": {"Unit": "Days", "Value": 7}},
        RoleArn=ROLE_ARN,
    )
    resource(stack, "Tracking", "MlflowTrackingServer", TrackingServerName="tracking", MlflowVersion="2.16", RoleArn=ROLE_ARN, ArtifactStoreUri="s3://team-artifacts")  # fmt: skip
    resource(stack, "Experiments", "MlflowApp", Name="experiments", RoleArn=ROLE_ARN)


def _policy(action: str) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": action}
    return {"Version": "2012-10-17", "Statement": [statement | ({"Resource": "*"} if action.startswith("kms") else {})]}
