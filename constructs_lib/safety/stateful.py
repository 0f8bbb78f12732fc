"""Which resources must not be lost, and for which of their properties CloudFormation replaces them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Stateful:
    """What the lock knows of a type of resource. Properties have dots between their names.

    Attributes:
        loss: what is gone with a resource, with its ``{name}`` and the ``{size}`` of its volume.
        create_only: the properties that CloudFormation replaces it for.
        conditional: those that it may replace it for, unless they are only added.
        name: the property that names it.
        app_type: the property that tells which app it runs, which no update changes.
        size: the property that tells its size in GiB, which no update makes smaller.
        same_as_ref: the attribute that is what ``Ref`` comes to.
        when_referred: whether it is locked only where a property above of another resource refers to it.
    """

    loss: str
    create_only: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    name: str | None = None
    app_type: str | None = None
    size: str | None = None
    same_as_ref: str | None = None
    when_referred: bool = False


STATEFUL = {
    "AWS::SageMaker::Domain": Stateful(
        loss="domain {name} with its user profiles, its spaces and their volumes",
        create_only=(
            "AuthMode",
            "DomainName",
            "DomainSettings.RStudioServerProDomainSettings.DefaultResourceSpec",
            "KmsKeyId",
        ),
        conditional=("VpcId",),
        name="DomainName",
        same_as_ref="DomainId",
    ),
    "AWS::SageMaker::UserProfile": Stateful(
        loss="user profile {name}, without which nobody opens its private spaces",
        create_only=(
            "DomainId",
            "SingleSignOnUserIdentifier",
            "SingleSignOnUserValue",
            "UserProfileName",
            "UserSettings.RStudioServerProAppSettings.AccessStatus",
            "UserSettings.RStudioServerProAppSettings.UserGroup",
        ),
        name="UserProfileName",
    ),
    "AWS::SageMaker::Space": Stateful(
        loss="the {size}volume of space {name}",
        create_only=("DomainId", "OwnershipSettings", "SpaceName", "SpaceSharingSettings"),
        name="SpaceName",
        app_type="SpaceSettings.AppType",
        size="SpaceSettings.SpaceStorageSettings.EbsStorageSettings.EbsVolumeSizeInGb",
    ),
    "AWS::SageMaker::FeatureGroup": Stateful(
        loss="the online store of feature group {name}",
        create_only=(
            "Description",
            "EventTimeFeatureName",
            "FeatureGroupName",
            "OfflineStoreConfig",
            "OnlineStoreConfig.EnableOnlineStore",
            "OnlineStoreConfig.SecurityConfig",
            "OnlineStoreConfig.StorageType",
            "RecordIdentifierFeatureName",
            "RoleArn",
            "Tags",
        ),
        name="FeatureGroupName",
    ),
    "AWS::SageMaker::MlflowApp": Stateful(
        loss="MLflow app {name} with the experiments in it",
        create_only=("Name", "RoleArn"),
        name="Name",
    ),
    "AWS::SageMaker::MlflowTrackingServer": Stateful(
        loss="MLflow tracking server {name} with the experiments in it",
        create_only=("TrackingServerName",),
        conditional=("MlflowVersion", "RoleArn"),
        name="TrackingServerName",
    ),
    "AWS::KMS::Key": Stateful(
        loss="key {name}, without which nobody reads what it encrypts",
        same_as_ref="KeyId",
    ),
    "AWS::KMS::ReplicaKey": Stateful(
        loss="key {name}, without which nobody reads what it encrypts",
        create_only=("PrimaryKeyArn",),
        same_as_ref="KeyId",
    ),
    "AWS::EFS::FileSystem": Stateful(
        loss="file system {name} with the files in it",
        create_only=("AvailabilityZoneName", "Encrypted", "KmsKeyId", "PerformanceMode"),
        same_as_ref="FileSystemId",
    ),
    "AWS::FSx::FileSystem": Stateful(
        loss="the {size}file system {name} with the files in it",
        create_only=(
            "BackupId",
            "FileSystemType",
            "KmsKeyId",
            "LustreConfiguration.CopyTagsToBackups",
            "LustreConfiguration.DeploymentType",
            "LustreConfiguration.DriveCacheType",
            "LustreConfiguration.ExportPath",
            "LustreConfiguration.ImportPath",
            "LustreConfiguration.ImportedFileChunkSize",
            "LustreConfiguration.PerUnitStorageThroughput",
            "OntapConfiguration.DeploymentType",
            "OntapConfiguration.EndpointIpAddressRange",
            "OntapConfiguration.PreferredSubnetId",
            "OpenZFSConfiguration.DeploymentType",
            "OpenZFSConfiguration.EndpointIpAddressRange",
            "OpenZFSConfiguration.PreferredSubnetId",
            "OpenZFSConfiguration.RootVolumeConfiguration",
            "SecurityGroupIds",
            "SubnetIds",
            "WindowsConfiguration.ActiveDirectoryId",
            "WindowsConfiguration.CopyTagsToBackups",
            "WindowsConfiguration.DeploymentType",
            "WindowsConfiguration.PreferredSubnetId",
            "WindowsConfiguration.SelfManagedActiveDirectoryConfiguration.DomainName",
            "WindowsConfiguration.SelfManagedActiveDirectoryConfiguration.FileSystemAdministratorsGroup",
            "WindowsConfiguration.SelfManagedActiveDirectoryConfiguration.OrganizationalUnitDistinguishedName",
        ),
        size="StorageCapacity",
    ),
    "AWS::FSx::Volume": Stateful(
        loss="volume {name} with the files in it",
        create_only=(
            "BackupId",
            "OntapConfiguration.AggregateConfiguration",
            "OntapConfiguration.OntapVolumeType",
            "OntapConfiguration.SnaplockConfiguration.SnaplockType",
            "OntapConfiguration.StorageVirtualMachineId",
            "OntapConfiguration.VolumeStyle",
            "OpenZFSConfiguration.OriginSnapshot",
            "OpenZFSConfiguration.ParentVolumeId",
            "VolumeType",
        ),
        name="Name",
    ),
    "AWS::S3::Bucket": Stateful(
        loss="bucket {name} with the objects in it",
        create_only=("BucketName", "BucketNamePrefix", "BucketNamespace"),
        name="BucketName",
    ),
    "AWS::S3Express::DirectoryBucket": Stateful(
        loss="bucket {name} with the objects in it",
        create_only=("BucketName", "DataRedundancy", "LocationName"),
        name="BucketName",
    ),
    "AWS::KMS::Alias": Stateful(
        loss="alias {name}, by which others here have their key",
        create_only=("AliasName",),
        name="AliasName",
        when_referred=True,
    ),
    "AWS::EC2::VPC": Stateful(
        loss="VPC {name}, which others here stand in",
        create_only=("CidrBlock", "Ipv4IpamPoolId", "Ipv4NetmaskLength", "VpcEncryptionControl"),
        conditional=("InstanceTenancy",),
        same_as_ref="VpcId",
        when_referred=True,
    ),
    "AWS::EC2::Subnet": Stateful(
        loss="subnet {name}, which others here stand in",
        create_only=(
            "AvailabilityZone",
            "AvailabilityZoneId",
            "CidrBlock",
            "Ipv4IpamPoolId",
            "Ipv4NetmaskLength",
            "Ipv6IpamPoolId",
            "Ipv6Native",
            "Ipv6NetmaskLength",
            "OutpostArn",
            "VpcId",
        ),
        conditional=("Ipv6CidrBlock",),
        same_as_ref="SubnetId",
        when_referred=True,
    ),
    "AWS::EC2::SecurityGroup": Stateful(
        loss="security group {name}, which others here stand behind",
        create_only=("GroupDescription", "GroupName", "VpcId"),
        name="GroupName",
        same_as_ref="GroupId",
        when_referred=True,
    ),
    "AWS::IAM::Role": Stateful(
        loss="role {name}, which others here act as",
        create_only=("Path", "RoleName"),
        name="RoleName",
        when_referred=True,
    ),
}
"""By resource type; a test holds the properties to the schemas of CloudFormation, and to its documentation."""
