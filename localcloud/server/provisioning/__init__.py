"""What CloudFormation does here and the emulator leaves out: Studio's types, some of EC2 and S3, strictness."""

from __future__ import annotations

from functools import partial

from localcloud.server.kinds import KINDS
from localcloud.server.provisioning import (
    buckets,
    change_sets,
    conditions,
    deleted_resources,
    engine,
    existing,
    private_names,
    take_over,
    template_check,
    vpc,
)
from localcloud.server.provisioning.flow_log import FlowLog
from localcloud.server.provisioning.sagemaker import SageMakerResource
from localcloud.server.provisioning.security_group_rule import SecurityGroupRule


def register() -> None:
    """Add it to the emulator's engine; once, before it serves.

    Raises:
        RuntimeError: this is not the emulator that it was written for.
    """
    private_names.check()
    for kind in KINDS.values():
        resource = SageMakerResource(kind)
        engine.add(resource)
        take_over.import_with(resource.schema.type_name, resource.find)
    engine.add(SecurityGroupRule("Ingress", source="Source"))
    engine.add(SecurityGroupRule("Egress", source="Destination"))
    engine.add(FlowLog())
    engine.follow("AWS::EC2::VPC", vpc.address_range)
    engine.follow("AWS::S3::Bucket", buckets.tag)
    engine.delete_with("AWS::S3::Bucket", buckets.delete)
    for type_name in existing.TYPES:
        take_over.import_with(type_name, partial(existing.find, type_name))
    take_over.summarize_identifiers()
    take_over.hold_to_schemas()
    conditions.evaluate_functions()
    template_check.hold_templates()
    change_sets.offer_outputs()
    deleted_resources.remember()
    engine.hold_to_schemas()
    engine.run_in_threads()
