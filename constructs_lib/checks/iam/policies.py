"""The IAM policies of a deployment, and who has them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set
from functools import cached_property

from constructs_lib.checks.iam.statement import Statement
from constructs_lib.templates.deployment import Deployment
from constructs_lib.templates.resource import Part, Resource
from constructs_lib.templates.unresolved import is_known

ROLE = "AWS::IAM::Role"
MANAGED_POLICY = "AWS::IAM::ManagedPolicy"

_OF_ROLES = (MANAGED_POLICY, "AWS::IAM::Policy")
_OF_A_ROLE = "AWS::IAM::RolePolicy"
_OF_OTHERS = ("AWS::IAM::GroupPolicy", "AWS::IAM::UserPolicy")
_WITH_POLICIES = (ROLE, "AWS::IAM::Group", "AWS::IAM::User")


class Document:
    """A policy document.

    Attributes:
        part: where it stands.
        roles: the roles of the templates that have it.
        names: the names of roles of elsewhere that have it.
        may_be_of_any_role: whether only the deployment knows who has it.
    """

    def __init__(
        self, part: Part, roles: Set[Resource], *, names: Set[str] = frozenset(), may_be_of_any_role: bool = False
    ) -> None:
        """Name the place, and who has it."""
        self.part = part
        self.roles = roles
        self.names = names
        self.may_be_of_any_role = may_be_of_any_role

    @cached_property
    def statements(self) -> list[Statement]:
        """Its statements."""
        return [Statement(part) for part in self.part.parts("Statement")]


class Policies:
    """All policy documents of roles, users and groups in the templates."""

    def __init__(self, deployment: Deployment) -> None:
        """Look them up."""
        self._documents = list(_documents(deployment))
        of_any_role = [one for one in self._documents if one.may_be_of_any_role]
        self._by_role = {role: list(of_any_role) for role in deployment.of_type(ROLE)}
        for document in self._documents:
            for role in document.roles:
                if document not in of_any_role:
                    self._by_role[role].append(document)

    @cached_property
    def allowed(self) -> list[Statement]:
        """What they allow to anybody."""
        return [one for document in self._documents for one in document.statements if one.allows]

    def allowed_to_some_of(self, roles: Collection[Resource], names: Set[str]) -> list[Statement]:
        """Return what they allow to any of these roles, or of those of elsewhere with these names, each once."""
        return [
            one
            for document in self._documents
            if document.may_be_of_any_role
            or not document.roles.isdisjoint(roles)
            or not document.names.isdisjoint(names)
            for one in document.statements
            if one.allows
        ]

    def allowed_to(self, role: Resource) -> Iterator[Statement]:
        """Yield what they allow to a role."""
        return (one for document in self._by_role[role] for one in document.statements if one.allows)

    def denied_to(self, role: Resource) -> Iterator[Statement]:
        """Yield what they deny to a role."""
        return (one for document in self._by_role[role] for one in document.statements if not one.allows)


def policy_at(deployment: Deployment, place: Part) -> Resource | None:
    """Return the managed policy that a place attaches, None if it is not in the templates."""
    arn = str(place.text(""))
    name = arn if arn.startswith("<") else arn.rpartition("/")[2]
    return deployment.referred(place, name, MANAGED_POLICY)


def _documents(deployment: Deployment) -> Iterator[Document]:
    """Yield all policy documents of identities."""
    attached: dict[Resource, set[Resource]] = {}
    for role in deployment.of_type(ROLE):
        for place in role.parts("ManagedPolicyArns"):
            held = policy_at(deployment, place)
            if held is not None:
                attached.setdefault(held, set()).add(role)
    for policy in deployment.of_type(*_OF_ROLES, _OF_A_ROLE):
        places = list(policy.parts("Roles")) or [policy.below("RoleName")]
        named = {str(place.text("")) for place in places if place.exists}
        roles = {name: deployment.referred(policy, name, ROLE) for name in named}
        yield Document(
            policy.below("PolicyDocument"),
            {role for role in roles.values() if role is not None} | attached.get(policy, set()),
            names={name for name, role in roles.items() if role is None},
            may_be_of_any_role=not all(is_known(name) for name in named),
        )
    for policy in deployment.of_type(*_OF_OTHERS):
        yield Document(policy.below("PolicyDocument"), set())
    for permission_set in deployment.of_type("AWS::SSO::PermissionSet"):
        yield Document(permission_set.below("InlinePolicy"), set())
    for identity in deployment.of_type(*_WITH_POLICIES):
        for inline in identity.parts("Policies"):
            yield Document(inline.below("PolicyDocument"), {identity} if identity.type == ROLE else set())
