"""The KMS keys that encrypt what people keep in Studio."""

from __future__ import annotations

from constructs_lib.templates.deployment import Deployment
from constructs_lib.templates.resource import Resource


def is_customer_managed(key: object) -> bool:
    """Whether a property names a key, and not one that AWS manages."""
    return bool(key) and "alias/aws/" not in str(key)


def key_of(deployment: Deployment, domain: Resource) -> Resource | None:
    """Return the key of a domain, None if it is not in the templates."""
    named = domain.text("KmsKeyId")
    if not isinstance(named, str):
        return None
    alias = deployment.referred(domain, named.rpartition(":")[2], "AWS::KMS::Alias")
    if alias is None:
        return _key(deployment, domain, named.rpartition("key/")[2])
    return _key(deployment, alias, alias.text("TargetKeyId"))


def _key(deployment: Deployment, place: Resource, id: object) -> Resource | None:
    replica = deployment.referred(place, id, "AWS::KMS::ReplicaKey")
    return replica or deployment.referred(place, id, "AWS::KMS::Key")
