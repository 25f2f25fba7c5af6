"""Documents at the edges of their days, on every leg, in whose hands, and under whose name."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import DAY, NOW, a_booking, a_person, facts
from workflows import facts as f
from workflows import gates
from workflows.facts.journey import Leg
from workflows.facts.papers import Papers, PersonPapers

ARRIVES = (NOW + 14 * DAY).date()  # the plan of the factory
LP = "laissez_passer"


def a_leg(country: str, day: int = 14) -> Leg:
    """A flight that lands there."""
    at = NOW + day * DAY
    return Leg(
        "ZZ", "1", "IST", "XXX", "TR", country, at - DAY / 8, at, at.replace(tzinfo=None), at.replace(tzinfo=None)
    )


def with_document(document: f.Document, *legs: Leg, **over: Any) -> f.Facts:
    """One person with one document, to Georgia; booked on these flights where there are any."""
    known: dict[str, Any] = {"people": (a_person(documents=(document,)),), "papers": Papers("GE")}
    if legs:
        known["bookings"] = (a_booking(legs=legs),)
    return facts(**{**known, **over})


def code(known: f.Facts) -> str | None:
    """Why the gate is closed."""
    said = gates.documents(known)
    return said.code if said else None


@pytest.mark.parametrize(
    ("kind", "spare", "closed"),
    [
        ("passport", -1, "documents.too_short_there"), ("passport", 0, None), ("passport", 1, None),
        (LP, 1, "documents.too_short_there"), (LP, 2, None), (LP, 3, None),
    ],
)  # fmt: skip
def test_a_document_holds_on_arrival_with_the_buffer_of_its_kind(kind: str, spare: int, closed: str | None) -> None:
    paper = f.Document(kind, ARRIVES + timedelta(days=spare), "d", "GE")
    assert code(with_document(paper)) == closed


@pytest.mark.parametrize(("spare", "closed"), [(-1, "documents.too_short_there"), (0, None), (1, None)])
def test_a_listed_transit_state_wants_six_months(spare: int, closed: str | None) -> None:
    paper = f.Document("passport", date(2026, 9, 16) + timedelta(days=spare), "d", "GE")  # landing on 16 March
    assert code(with_document(paper, a_leg("AE"), a_leg("GE"))) == closed
    assert code(with_document(paper, a_leg("GE"))) is None


def test_every_leg_counts_not_only_the_last() -> None:
    paper = f.Document("passport", ARRIVES, "d", "GE")
    assert code(with_document(paper, a_leg("UZ", 14), a_leg("GE", 14))) is None
    assert code(with_document(paper, a_leg("UZ", 15), a_leg("GE", 14))) == "documents.too_short_there"


def test_a_transit_state_may_refuse_a_laissez_passer() -> None:
    paper = f.Document(LP, ARRIVES + 30 * DAY, "d", "GE", single_journey=True)
    said = gates.documents(with_document(paper, a_leg("QA"), a_leg("GE")))
    assert said
    assert (said.code, dict(said.values)) == ("documents.not_taken_there", {"country": "QA"})
    assert code(with_document(paper, a_leg("UZ"), a_leg("GE"))) is None


def test_a_laissez_passer_leads_only_to_its_issuer() -> None:
    paper = f.Document(LP, ARRIVES + 30 * DAY, "d", "AM", single_journey=True)
    assert code(with_document(paper)) == "documents.only_home"
    assert code(with_document(replace(paper, kind="passport"))) is None


@pytest.mark.parametrize(
    ("over", "closed"),
    [
        ({"used": True}, "documents.used"),
        ({"issued_on": ARRIVES + DAY}, "documents.not_yet_valid"),
        ({"issued_on": ARRIVES}, None),
        ({"holder": "trafficker"}, "documents.withheld"),
        ({"holder": "employer"}, "documents.withheld"),
        ({"holder": "house"}, None),
        ({"name": "differs"}, "documents.name"),
        ({"name": "another"}, "documents.another_person"),
        ({"name": "confirmed"}, None),
    ],
)
def test_what_else_keeps_a_document_from_serving(over: dict[str, Any], closed: str | None) -> None:
    paper = f.Document(LP, ARRIVES + 30 * DAY, "d", "GE", single_journey=True, **over)
    assert code(with_document(paper)) == closed


def test_a_refugees_document_is_not_for_a_return() -> None:
    assert code(with_document(f.Document("convention_travel_document", date(2030, 1, 1)))) == "documents.not_for_return"


@pytest.mark.parametrize(("country", "closed"), [("GE", None), ("UZ", "documents.not_taken_there")])
def test_an_identity_card_serves_only_where_it_is_taken(country: str, closed: str | None) -> None:
    paper = f.Document("national_id", date(2030, 1, 1), "d", country)
    assert code(with_document(paper, papers=Papers(country))) == closed


@pytest.mark.parametrize(
    ("hours", "closed"), [(25, None), (24, "documents.not_collected"), (1, "documents.not_collected")]
)
def test_a_document_is_fetched_a_day_before_departure(hours: int, closed: str | None) -> None:
    paper = f.Document(LP, date(2030, 1, 1), "d", "GE", holder="consulate")
    known = with_document(paper, a_leg("GE"))
    soon = a_booking(departs_at=NOW + timedelta(hours=hours), legs=(a_leg("GE", 2),))
    assert code(replace(known, bookings=(soon,))) == closed


def test_f48_a_ticket_with_another_name_closes_the_gate_until_it_is_corrected() -> None:
    paper, person = f.Document("passport", date(2030, 1, 1), "d", "GE", printed=True), a_person()
    for fits, closed in ((False, "documents.ticket_name"), (True, None)):
        papers = Papers("GE", {person.id: PersonPapers(tickets={f"{person.id}.1": fits})})
        assert code(with_document(paper, a_leg("GE"), papers=papers)) == closed
        assert code(with_document(paper, papers=papers)) is None  # another ticket is another question


@pytest.mark.parametrize(
    ("papers", "closed"),
    [
        (PersonPapers(refusals=1), "documents.missing"),
        (PersonPapers(refusals=2), "documents.statelessness"),
        (PersonPapers(refusals=1, no_proof=True), "documents.statelessness"),
        (PersonPapers(refusals=2, statelessness="referred"), "documents.statelessness"),
        (PersonPapers(refusals=2, statelessness="stateless"), "documents.stateless"),
        (PersonPapers(refusals=2, statelessness="national"), "documents.missing"),
    ],
)
def test_without_a_nationality_the_gate_stays_closed_and_says_who_can_open_it(
    papers: PersonPapers, closed: str
) -> None:
    person = a_person(documents=())
    assert code(facts(people=(person,), papers=Papers("GE", {person.id: papers}))) == closed
    assert code(facts(people=(a_person(),), papers=Papers("GE", {person.id: papers}))) is None  # a document opens it


@pytest.mark.parametrize(
    ("over", "word"),
    [
        ({"documents": ()}, "none"),
        ({"documents": (), "application": f.Application("lodged", NOW, NOW, 1)}, "requested"),
        ({"documents": (), "application": f.Application("interview_set", NOW, NOW, 1)}, "requested"),
        (
            {"documents": (), "application": f.Application("nationality_confirmed", NOW, NOW, 1)},
            "nationality_confirmed",
        ),
        ({"documents": (), "application": f.Application("refused", NOW, NOW, 1)}, "refused"),
        ({"documents": (f.Document(LP, date(2030, 1, 1), holder="consulate"),)}, "issued"),
        ({"documents": (f.Document(LP, date(2030, 1, 1), holder="house"),)}, "in_custody"),
        ({"documents": (f.Document(LP, date(2030, 1, 1), holder="airport_staff"),)}, "handed_at_airport"),
        ({}, "with_person"),
    ],
)
def test_a_document_has_a_state(over: dict[str, Any], word: str) -> None:
    known = facts(people=(a_person(**over),))
    assert gates.state_of(known, known.principal) == word


def test_a_single_journey_uses_a_document_up() -> None:
    known = facts(
        people=(a_person(documents=(f.Document(LP, date(2030, 1, 1), single_journey=True),)),), departed_at=NOW
    )
    assert gates.state_of(known, known.principal) == "used"


def test_f43_a_document_must_hold_on_the_day_that_the_clocks_of_the_landing_show() -> None:
    late = replace(a_leg("GE"), arrives_local=datetime.combine(ARRIVES + DAY, time(1, 30)))  # 21:30 UTC the day before
    paper = f.Document("passport", ARRIVES, "d", "GE")
    assert code(with_document(paper, late)) == "documents.too_short_there"
    assert code(with_document(replace(paper, expires_on=ARRIVES + DAY), late)) is None


def test_f19_a_flight_that_the_airline_moves_is_judged_anew_at_once() -> None:
    paper = f.Document("passport", ARRIVES + DAY, "d", "GE")
    assert code(with_document(paper, a_leg("GE"))) is None
    moved = a_booking(departs_at=NOW + 16 * DAY, legs=(a_leg("GE", 16),))
    assert code(with_document(paper, bookings=(moved,))) == "documents.too_short_there"


def test_each_person_is_judged_by_the_booking_they_sit_on() -> None:
    paper, other = f.Document("passport", ARRIVES + DAY, "d", "GE"), a_person(id="other", principal=False)
    early = a_booking(people=frozenset({a_person().id}), legs=(a_leg("GE"),))
    late = replace(early, id="b2", part=2, people=frozenset({"other"}), legs=(a_leg("GE", 16),))
    people = (a_person(documents=(paper,)), replace(other, documents=(paper,)))
    known = with_document(paper, people=people, bookings=(early, late))
    assert gates.lacking(known, people[0]) is None
    assert gates.lacking(known, people[1]) is not None


@given(st.integers(-400, 400), st.sampled_from(["passport", LP]))
def test_s1_the_gate_never_opens_for_a_document_that_ends_before_the_travel_day(days: int, kind: str) -> None:
    paper = f.Document(kind, ARRIVES + timedelta(days=days), "d", "GE")
    if code(with_document(paper)) is None:
        assert paper.expires_on >= ARRIVES
