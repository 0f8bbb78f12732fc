"""One execution role for several users."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aws_cdk import RemovalPolicy, Resource
from aws_cdk import aws_iam as iam
from constructs import Construct

from constructs_lib.access.domain_policies import define_policies_of_all_users
from constructs_lib.access.execution_role import ExecutionRole
from constructs_lib.access.user_policies import UserPolicies
from constructs_lib.access.user_statements import UserStatements
from constructs_lib.errors import check_type, located_at

if TYPE_CHECKING:
    from constructs_lib.domain import IDomain


class TeamExecutionRole(ExecutionRole):
    """An execution role that several profiles of one domain share, for accounts whose IAM quotas are the limit.

    Its policies follow whoever calls, by the policy variable ``sagemaker:UserProfileName``: each user still has the
    own private spaces and sign-in, and nobody else's. What is given up, in exchange for two policies and a role for
    each user:

    - A user of the team cannot be one of the ``members`` of a shared space.
    - What is granted to one profile is granted to all: the data of the team's users are not kept apart.
    - What is done in shared spaces carries no user's name, and in the rest the role alone does not tell who it was:
      pass ``ExecutionRoleSettings(source_identity=True)`` to the domain.
    - Remote sessions are open by the tag that Studio puts on the spaces that it makes, not by the names of spaces
      that are declared for the user.

    See https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        domain: IDomain,
        managed_policies: Sequence[iam.IManagedPolicy] = (),
        description: str | None = None,
        removal_policy: RemovalPolicy | None = None,
    ) -> None:
        """Define the role.

        Args:
            scope: the construct that the role stands in, a stack that may need the domain's.
            id: its id there.
            domain: the domain of the team; the role follows its ``execution_role_settings``.
            managed_policies: further policies of yours. Default: none.
            description: what the role is for. Default: no description.
            removal_policy: what becomes of the role, its policies and what is granted to it. Default: as for the
                domain.

        Raises:
            TypeError: the domain is none.
            ValueError: the removal policy is ``SNAPSHOT``, or the domain has more shared spaces than a policy can name.
        """
        check_type("domain", domain, Resource, "a Domain")
        super().__init__(
            scope,
            id,
            settings=domain.execution_role_settings,
            managed_policies=[*domain.user_policies, *managed_policies],
            description=description,
            removal_policy=domain.removal_policy if removal_policy is None else removal_policy,
        )
        self.domain = domain
        with located_at(self):
            statements = UserStatements(domain, None)
        UserPolicies(self, statements, role=self, role_arn=self.role_arn)
        if not domain.user_policies:
            define_policies_of_all_users(self, domain, users=[self])
