"""What policy packs find in the function of a patch and is meant to be, acknowledged so that its users need not."""

from __future__ import annotations

from constructs import IConstruct

from constructs_lib.function_acknowledgements import acknowledge_findings

_WHY = {
    "CloudWatchLogGroupEncrypted": "the logs name settings of the domain and hold nothing of the users; CloudWatch "
    "Logs encrypts them with a key of its own, and they go with the stack",
    "LambdaConcurrency": "the function runs once when a stack is deployed; what is reserved for it the other functions "
    "of the account would lack all the time",
    "LambdaDLQ": "CloudFormation waits for each answer, reports what fails and rolls the stack back; nobody would read "
    "a queue",
    "LambdaInsideVPC": "the function calls AWS alone; in the VPC of the Studio it would hold network interfaces, and "
    "need endpoints that the Studio does not",
}


def acknowledge_function(scope: IConstruct) -> None:
    """Acknowledge what is found in the function of a patch and in its log group."""
    acknowledge_findings(scope, _WHY)
