"""The roles by which JupyterLab reaches Amazon EMR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aws_cdk import aws_iam as iam

from constructs_lib.access.role_arn import check_role_arns

_MAXIMUM_ROLES = 5


@dataclass(frozen=True, kw_only=True)
class EmrSettings:
    """The roles that JupyterLab offers when a user connects to Amazon EMR.

    They are offered, and not granted: what the user's execution role may assume or pass is said on the roles.

    Args:
        assumable_roles: roles that the execution role assumes, so that clusters and applications of other accounts
            are found, at most 5. Default: none.
        execution_roles: roles that a cluster or an application acts as for the user, at most 5. Default: none.

    Raises:
        TypeError: an argument is no list of roles.
        ValueError: there is no role at all, or there are more than 5 in a list, or one stands twice.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-emr-cluster-rbac.html
    """

    assumable_roles: Sequence[iam.IRole] = ()
    execution_roles: Sequence[iam.IRole] = ()

    def __post_init__(self) -> None:
        for argument in ("assumable_roles", "execution_roles"):
            roles = getattr(self, argument)
            check_role_arns(argument, roles, maximum=_MAXIMUM_ROLES)
            object.__setattr__(self, argument, tuple(roles))
        if not self.assumable_roles and not self.execution_roles:
            raise ValueError("EmrSettings must have a role, got none; pass assumable_roles or execution_roles")

    def _render(self) -> dict[str, Any]:
        arns = {
            "assumableRoleArns": [role.role_arn for role in self.assumable_roles],
            "executionRoleArns": [role.role_arn for role in self.execution_roles],
        }
        return {name: listed for name, listed in arns.items() if listed}

    def _render_for_api(self) -> dict[str, Any]:
        """Return the settings as the SageMaker API has them, for what CloudFormation lacks."""
        return {name[0].upper() + name[1:]: listed for name, listed in self._render().items()}
