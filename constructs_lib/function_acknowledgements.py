"""What policy packs find in a Lambda function of ours and in its log group, and is meant to be."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct

_PACKS = {
    "CloudWatchLogGroupEncrypted": ("HIPAA.Security", "NIST.800.53.R5", "PCI.DSS.321"),
    "LambdaConcurrency": ("HIPAA.Security", "NIST.800.53.R5"),
    "LambdaDLQ": ("HIPAA.Security", "NIST.800.53.R5"),
    "LambdaInsideVPC": ("HIPAA.Security", "NIST.800.53.R5", "PCI.DSS.321"),
}


def acknowledge_findings(scope: IConstruct, reasons: Mapping[str, str]) -> None:
    """Acknowledge what is found in the functions of a scope, so that its users need not; each rule with a reason."""
    Validations.of(scope).acknowledge(
        *(
            Acknowledgment(id=f"{pack}::{pack}-{rule}", reason=reasons[rule])
            for rule, packs in _PACKS.items()
            for pack in packs
        )
    )
