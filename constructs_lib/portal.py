"""What users of a domain see of Studio."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from constructs_lib.compute.instance_type import InstanceType


def render_portal(allowed: Sequence[InstanceType] | None) -> dict[str, Any]:
    """Return the modern Studio as portal: Classic hidden, and the machines that users may not run."""
    hidden = None
    if allowed is not None:
        hidden = [
            one.name
            for one in InstanceType.known()
            if one not in allowed and one.name != "system" and one._is_in_schema_of("AWS::SageMaker::Domain")
        ]
    return {
        "studioWebPortal": "ENABLED",
        "defaultLandingUri": "studio::",
        "studioWebPortalSettings": {"hiddenAppTypes": ["JupyterServer"], "hiddenInstanceTypes": hidden},
        "sharingSettings": {"notebookOutputOption": "Disabled"},
    }
