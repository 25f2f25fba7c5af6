"""An explanation names countries and numbers as people do, and always says who can change what stands."""

from datetime import UTC, datetime

import pytest

from models.stage import Gate, Role, Stage
from tests.factories import facts
from workflows.explain import explain, explain_arrival, sentence
from workflows.gates.incidents import stands_still
from workflows.standing import Blocked, Party, Waiting, say

UNTIL = datetime(2026, 12, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "language", "words"),
    [
        (say("country.ticket_held", place="GE"), "en", "returns to Georgia are held"),
        (say("country.ticket_held", place="GE"), "tr", "Gürcistan yönüne dönüşler"),
        (say("offer.transit_visa", country="QA"), "en", "needed for Qatar"),
        (say("offer.transit_visa", country="nowhere"), "en", "needed for nowhere"),
        (say("exit.edge", on="2026-12-11", months=1), "en", "an entry ban of 1 month:"),
        (say("exit.edge", on="2026-12-11", months=3), "en", "an entry ban of 3 months:"),
        (say("exit.ban_worse", months=60, told=0), "tr", "giriş yasağı 60 ay, kişiye ise 0 ay"),
        (say("booking.limit", hours=1), "en", "within 1 hour unless"),
        (say("declaration.rests", until=UNTIL), "en", "until 2026-12-01 10:00 UTC there is time"),
    ],
)
def test_values_are_said_as_people_say_them(said: object, language: str, words: str) -> None:
    assert words in sentence(said, language)  # type: ignore[arg-type]


def test_several_reasons_are_numbered_and_one_is_not() -> None:
    one, other = say("health.not_cleared"), say("declaration.missing")
    assert "(1)" not in explain(Stage.FLIGHT_BOOKING, Blocked((one,)))
    both = explain(Stage.FLIGHT_BOOKING, Blocked((one, other)))
    assert "because (1) somebody has no fitness" in both
    assert "; (2) an adult has not signed" in both


@pytest.mark.parametrize(
    ("code", "who"),
    [("suspended", "the supervisor"), ("detained", "the counsellor"), ("absconded", "the counsellor")],
)
def test_a_suspended_case_says_who_can_let_it_go_on(code: str, who: str) -> None:
    line = explain(Stage.DEPARTURE, stands_still(say(f"incidents.{code}")))
    assert line.endswith(f"Who can change it: {who}.")


def test_one_partner_is_named_once() -> None:
    waits = Waiting(Party.PARTNER, say("risk.asked_partner"), UNTIL, say("then.look_again"))
    closed = Blocked((say("declaration.missing"),), (Gate.RISK, Gate.ACCEPTED))
    line = explain(Stage.FLIGHT_BOOKING, closed, others={Stage.RISK_ASSESSMENT: waits})
    assert line.endswith("Who can change it: the receiving partner.")


def test_who_opens_it_comes_before_the_gates() -> None:
    line = explain(Stage.CLOSURE, Blocked((say("shelter.still_in"),), opened_by=(Role.SHELTER_PARTNER,)))
    assert "Who can change it: the shelter partner" in line


def test_an_arrival_is_told_though_nobody_wrote_down_the_departure() -> None:
    lines = explain_arrival(facts(arrived_at=UNTIL))
    assert lines[0] == "Departed: nobody has written down when."
    assert lines[1].startswith("Arrived: 2026-12-01 10:00 UTC")
    assert explain_arrival(facts()) == []
