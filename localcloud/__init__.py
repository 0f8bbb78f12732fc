"""A CloudFormation endpoint on this machine, for people and CI without an AWS account."""
