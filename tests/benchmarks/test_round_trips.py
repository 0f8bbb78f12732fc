from __future__ import annotations

from benchmarks.round_trips import MAXIMUM, by_hand, measure, with_the_library


def test_a_user_costs_fewer_calls_than_by_hand_for_the_same_template() -> None:
    library, template = measure(with_the_library)
    hand, same_template = measure(by_hand)

    assert template == same_template
    assert len(library) < len(hand)
    assert len(library) <= MAXIMUM
