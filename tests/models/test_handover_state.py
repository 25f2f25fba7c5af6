"""S16: every event in every state of a handover moves it as this table says, or changes nothing; never backwards."""

from itertools import product

import pytest

from models.handover_state import EXITS, MOVES, HandoverEvent, HandoverState, after

RANK = {
    "draft": 0, "offered": 1, "asked_back": 1, "accepted": 2, "no_show": 3, "arrived": 4, "received": 5,
    **{state.value: 9 for state in EXITS},
}  # fmt: skip
ALLOWED = """
draft       offered            offered
draft       not_taken          not_taken
offered     asked_back         asked_back
offered     accepted           accepted
offered     declined           declined
offered     expired            expired
offered     withdrawn          withdrawn
offered     recalled           recalled
asked_back  answered           offered
asked_back  accepted           accepted
asked_back  declined           declined
asked_back  withdrawn          withdrawn
asked_back  recalled           recalled
accepted    cancelled          cancelled
accepted    no_show            no_show
accepted    arrival_confirmed  arrived
accepted    received           received
accepted    returned           returned
accepted    withdrawn          withdrawn
accepted    recalled           recalled
no_show     arrival_confirmed  arrived
no_show     withdrawn          withdrawn
no_show     recalled           recalled
arrived     received           received
arrived     returned           returned
arrived     withdrawn          withdrawn
arrived     recalled           recalled
received    arrival_confirmed  received
received    returned           returned
received    withdrawn          withdrawn
received    recalled           recalled
"""
TABLE = {(state, event): reached for state, event, reached in (line.split() for line in ALLOWED.split("\n") if line)}


@pytest.mark.parametrize(("state", "event"), list(product(HandoverState, HandoverEvent)))
def test_s16_handover_moves_as_the_table_says_or_not_at_all(state: HandoverState, event: HandoverEvent) -> None:
    reached = after(state, event)
    assert reached == TABLE.get((state, event))
    assert reached is None or RANK[reached] >= RANK[state]


def test_handover_has_no_way_out_of_an_exit() -> None:
    assert {state for state, _ in MOVES} & set(EXITS) == set()


def test_handover_only_an_acceptance_leads_to_accepted() -> None:
    assert {event for (_, event), reached in MOVES.items() if reached == "accepted"} == {"accepted"}


@pytest.mark.parametrize(("state", "event"), [("weather", "accepted"), ("offered", "weather")])
def test_handover_words_nobody_knows_move_nothing(state: str, event: str) -> None:
    assert after(state, event) is None
