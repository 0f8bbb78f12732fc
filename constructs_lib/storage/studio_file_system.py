"""An EFS file system for the spaces of a domain."""

from __future__ import annotations

from aws_cdk import Acknowledgment, RemovalPolicies, RemovalPolicy, Validations
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_efs as efs
from aws_cdk import aws_kms as kms
from constructs import Construct

from constructs_lib.environment import Environment
from constructs_lib.errors import check_no_text, check_type, located_at
from constructs_lib.key_arn import check_key_arn
from constructs_lib.physical_name import check_free_id
from constructs_lib.removal import KEEP, check_removal_policy
from constructs_lib.storage.directory import FileSystemDirectory
from constructs_lib.storage.directory_function import DirectoryFunction
from constructs_lib.storage.posix_user import MINIMUM_GID, PosixUser, check_id

_KEPT = [
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::EFS::FileSystem",
    "AWS::EFS::MountTarget",
    "AWS::KMS::Key",
]

_ID_OF_FUNCTION = "Directories"
_TAKEN_IDS = frozenset({_ID_OF_FUNCTION, "Default", "EfsSecurityGroup", "Key", "Resource"})

_PACKS_OF_BACKUPS = ("HIPAA.Security", "NIST.800.53.R5")
_BACKUPS = (
    "EFS has AWS Backup take a backup of the file system every day, which is kept for 35 days; the rule knows only "
    "backup plans of the template"
)


class StudioFileSystem(efs.FileSystem):
    """An EFS file system for spaces: encrypted, backed up every day, and reached by the apps that it is given to.

    It has elastic throughput and a mount target in each zone. Whoever reaches a mount target may mount it, as EFS has
    it where a file system has no policy: that Studio signs in by IAM or encrypts the connection is not documented, so
    that neither is asked for. The security group lets in nobody but the apps of the domains and profiles that permit
    it. The root belongs to root: users write in directories that are added here.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/domain-custom-efs.html
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        vpc: ec2.IVpc,
        vpc_subnets: ec2.SubnetSelection | None = None,
        encryption_key: kms.IKey | None = None,
        lifecycle_policy: efs.LifecyclePolicy | None = None,
        removal_policy: RemovalPolicy = KEEP,
    ) -> None:
        """Define the file system.

        Args:
            scope: the construct that the file system stands in.
            id: its id there.
            vpc: the VPC of the domain.
            vpc_subnets: the subnets of the domain, one in each zone: EFS has no more mount targets. Default: the
                private ones, or the isolated ones if there are none.
            encryption_key: a key of yours; it can never be changed. Default: a new key with yearly rotation, kept as
                the file system is.
            lifecycle_policy: after how long files that nobody reads cost less, and are slower to read. Default: never.
            removal_policy: what becomes of the file system, its mount targets and its key when the stack no longer
                wants them. Default: they are kept, except when their own creation is rolled back.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the key is of another region or its ARN malformed, or the policy is ``SNAPSHOT``.
        """
        check_no_text("vpc", vpc, "an ec2.IVpc, ec2.Vpc.from_vpc_attributes(...) say")
        check_key_arn("encryption_key", encryption_key)
        check_type("lifecycle_policy", lifecycle_policy, efs.LifecyclePolicy, "efs.LifecyclePolicy.AFTER_30_DAYS say")
        subnets = ec2.SubnetSelection(one_per_az=True) if vpc_subnets is None else vpc_subnets
        super().__init__(
            scope,
            id,
            vpc=vpc,
            vpc_subnets=subnets,
            encrypted=True,
            allow_anonymous_access=True,
            enable_automatic_backups=True,
            throughput_mode=efs.ThroughputMode.ELASTIC,
            lifecycle_policy=lifecycle_policy,
        )
        with located_at(self):
            check_removal_policy(removal_policy)
            if encryption_key is not None:
                Environment.of(scope).check_holds(encryption_key, "encryption_key")
        key = encryption_key or kms.Key(
            self, "Key", description="File system of SageMaker Studio", enable_key_rotation=True
        )
        resource = self.node.default_child
        assert isinstance(resource, efs.CfnFileSystem)
        resource.kms_key_id = key.key_arn
        self._vpc = vpc
        self._vpc_subnets = subnets
        self._directory_function: DirectoryFunction | None = None
        self._directories: list[FileSystemDirectory] = []
        Validations.of(self).acknowledge(
            *(Acknowledgment(id=f"{pack}::{pack}-EFSInBackupPlan", reason=_BACKUPS) for pack in _PACKS_OF_BACKUPS)
        )
        RemovalPolicies.of(self).apply(removal_policy, apply_to_resource_types=_KEPT)

    def add_directory(self, id: str, *, owner: PosixUser, path: str | None = None) -> FileSystemDirectory:
        """Make a directory that nobody but one user enters.

        The first directory also defines a Lambda function that makes them, in the VPC of the file system.

        Args:
            id: the id of the directory beneath the file system.
            owner: whose it is: the ``posix_user`` of the profile that mounts it.
            path: where it is, such as ``/alice``; its parents are made too. Default: the id in lower case.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the id is one of the file system's own, or the path is the root, has another form, is that of
                another directory, or is in one that the owner does not enter.
        """
        if not isinstance(owner, PosixUser):
            raise TypeError(f"owner must be of type PosixUser, got {owner!r}; pass PosixUser(uid=..., gid=...)")
        return self._directory(id, path, owner, owner.gid)

    def add_shared_directory(self, id: str, *, gid: float, path: str | None = None) -> FileSystemDirectory:
        """Make a directory that a group enters, and where what its members make belongs to the group.

        Args:
            id: the id of the directory beneath the file system.
            gid: the group, 1001..4000000: the ``gid`` of the ``posix_user`` of its members.
            path: as for ``add_directory``.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the group is out of range, or as for ``add_directory``.
        """
        with located_at(self):
            check_id("gid", gid, minimum=MINIMUM_GID)
        return self._directory(id, path, None, gid)

    def _directory(self, id: str, path: str | None, owner: PosixUser | None, gid: float) -> FileSystemDirectory:
        with located_at(self):
            check_free_id(id, _TAKEN_IDS)
        if self._directory_function is None:
            self._directory_function = DirectoryFunction(
                self, _ID_OF_FUNCTION, vpc=self._vpc, vpc_subnets=self._vpc_subnets
            )
        directory = FileSystemDirectory(
            self,
            id,
            path=path,
            owner=owner,
            gid=gid,
            others=self._directories,
            service_token=self._directory_function.service_token,
        )
        self._directories.append(directory)
        return directory
