"""What the handlers ask of AWS, by service: what the role of the function needs, and nothing else."""

OPERATIONS = {
    "cloudformation": {"DescribeStackResource", "DescribeStacks"},
    "ec2": {"DeleteSecurityGroup", "DescribeSecurityGroups", "RevokeSecurityGroupEgress", "RevokeSecurityGroupIngress"},
    "efs": {"DeleteFileSystem", "DeleteMountTarget", "DescribeFileSystems", "DescribeMountTargets"},
    "sagemaker": {"DeleteApp", "DeleteSpace", "DescribeDomain", "ListApps", "ListSpaces", "ListUserProfiles"},
}
