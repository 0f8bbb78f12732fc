"""Whoever comes first, users or spaces, and whoever may start them: each user's fence leaves out what it must."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from constructs_lib import JupyterLab, Space, UserProfile
from tests.property.test_rendering import new_domain, new_stack
from tests.templates import template_of
from tests.unit.access.policies import member_fences

SPACE = st.tuples(st.integers(0), st.none() | st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)))


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.none() | SPACE, max_size=8))
def test_users_are_kept_to_the_spaces_for_all_and_to_those_of_others_that_they_are_members_of(
    steps: list[tuple[int, set[int] | None, set[int]] | None],
) -> None:
    domain = new_domain(new_stack())
    users = [domain.add_user_profile("User0")]
    spaces: list[tuple[Space, UserProfile, set[UserProfile] | None, set[int]]] = []
    for number, step in enumerate(steps):
        if step is None:
            users.append(domain.add_user_profile(f"User{len(users)}"))
            continue
        owner_number, numbers, added_later = step
        owner = users[owner_number % len(users)]
        members = None if numbers is None else {users[one % len(users)] for one in numbers}
        listed = None if members is None else list(members)
        space = owner.add_shared_space(f"Space{number}", app=JupyterLab(), members=listed)
        spaces.append((space, owner, members, added_later))
    for space, _, members, added_later in spaces:
        for user in {users[one % len(users)] for one in added_later}:
            space.grant_use(user)
            if members is not None:
                members.add(user)

    fences = member_fences(template_of(domain.stack))

    if all(members is None for _, _, members, _ in spaces):
        assert fences == {}
        return
    assert fences == {
        user.node.id: sorted(
            space.space_name
            for space, owner, members, _ in spaces
            if owner is not user and (members is None or user in members)
        )
        for user in users
    }
