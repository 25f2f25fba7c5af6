"""The clocks of papers beside the stages: when each opens, of whom it is asked, until when, and what ends it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.stage import Role, Track
from tests.factories import DAY, NOW, a_booking, a_person, facts
from workflows import facts as f
from workflows.duties import duties
from workflows.facts.papers import Papers, Permit, PersonPapers, Removal, Stay
from workflows.standing import Duty

WHO = a_person().id
TODAY = NOW.date()
MIDNIGHT = NOW.replace(hour=0)
FREE = Stay(None, fine_paid=False)
VICTIM = f.Screening(NOW - 40 * DAY, "actual", True, False)


def asked(kind: str, **over: Any) -> list[Duty]:
    """The duties of a kind."""
    return [duty for duty in duties(facts(**over)) if duty.asking.question == kind]


def papers(**over: Any) -> Papers:
    """The principal's papers."""
    return Papers("GE", {WHO: PersonPapers(**{"stay": FREE, **over})})


def holding(expires_on: date, **over: Any) -> tuple[f.Traveller, ...]:
    """The principal with one passport."""
    return (a_person(documents=(f.Document("passport", expires_on, "d1", "GE", **over),)),)


FLIES = (NOW + 14 * DAY).date()


@pytest.mark.parametrize(("spare", "count"), [(20, 1), (21, 0), (22, 0)])
def test_a_document_that_outlives_the_flight_by_less_than_three_weeks_is_said_at_request(
    spare: int, count: int
) -> None:
    found = asked("expiry_seen", people=holding(FLIES + timedelta(days=spare)))
    assert len(found) == count
    for duty in found:
        assert duty.is_open(NOW)
        assert (duty.asking.role, duty.asking.subject) == (Role.MOVEMENT_OFFICER, "d1")


def test_without_a_plan_the_warning_comes_three_weeks_before_the_end() -> None:
    (coming,) = asked("expiry_seen", people=holding(TODAY + 60 * DAY), plan_of_journey=None)
    assert coming.opens_at == MIDNIGHT + 40 * DAY  # the end of day 60, less 21
    assert coming.asking.until > NOW


def test_a_warning_that_was_seen_is_not_repeated() -> None:
    known = {"people": holding(FLIES + 2 * DAY)}
    assert asked("expiry_seen", **known)
    assert not asked("expiry_seen", **known, papers=papers(seen=frozenset({"d1"})))


def test_a_document_is_fetched_and_handed_over_at_the_airport() -> None:
    (fetch,) = asked("document_collected", people=holding(date(2030, 1, 1), holder="consulate"))
    assert fetch.is_open(NOW)
    ticket = a_booking()
    (hand,) = asked("document_handed_over", people=holding(date(2030, 1, 1), holder="house"), bookings=(ticket,))
    assert hand.opens_at == ticket.departs_at - DAY
    assert hand.asking.until <= ticket.departs_at
    assert not asked("document_handed_over", people=holding(date(2030, 1, 1)), bookings=(ticket,))


def test_f48_the_name_on_a_ticket_written_by_hand_is_read() -> None:
    desk = (a_booking(route="desk"),)
    known: dict[str, Any] = {"people": holding(date(2030, 1, 1), printed=True), "bookings": desk}
    (read,) = asked("ticket_name", **known)
    assert read.asking.subject == f"{WHO}.1"
    assert not asked("ticket_name", **known, papers=papers(tickets={f"{WHO}.1": True}))
    assert not asked("ticket_name", **{**known, "bookings": (a_booking(),)})


@pytest.mark.parametrize(("paper", "hours"), [("certificate", 168), ("medif", 336), ("pre_embarkation", 72)])
def test_a_paper_for_the_flight_is_asked_for_from_when_it_can_be_signed(paper: str, hours: int) -> None:
    fitness = f.Fitness(True, date(2026, 1, 1), date(2026, 12, 31), wants=frozenset({paper}))
    ticket = a_booking(departs_at=NOW + 20 * DAY)
    (duty,) = asked("fitness_paper", people=(a_person(fitness=fitness),), bookings=(ticket,))
    assert duty.opens_at == ticket.departs_at - timedelta(hours=hours)
    assert (duty.asking.role, duty.asking.subject) == (Role.MEDICAL_OFFICER, f"{WHO}.{paper}")
    done = a_person(fitness=replace(fitness, has=frozenset({paper})))
    assert not asked("fitness_paper", people=(done,), bookings=(ticket,))


def test_a_clearance_that_ends_before_anything_is_planned_is_seen_a_week_ahead() -> None:
    fitness = f.Fitness(True, date(2026, 1, 1), TODAY + 10 * DAY)
    (duty,) = asked("health_clearance", people=(a_person(fitness=fitness),), plan_of_journey=None)
    assert duty.opens_at == MIDNIGHT + 4 * DAY
    assert not asked("health_clearance", people=(a_person(fitness=fitness),))  # planned: the gate says it


def test_legal_stay_is_asked_of_each_adult_and_then_the_ban_is_told() -> None:
    (unknown,) = asked("legal_stay", papers=papers(stay=None), track=Track.UNDECIDED)
    assert unknown.asking.role is Role.COUNSELLOR
    stay = Stay(TODAY - 100 * DAY, fine_paid=True)
    (tell,) = asked("ban_told", papers=papers(stay=stay), track=Track.UNDECIDED)
    assert tell.asking.subject == WHO
    assert not asked("ban_told", papers=papers(stay=replace(stay, told_months=1)))
    assert not asked("legal_stay", papers=papers(stay=None), track=Track.IN_PLACE)


@pytest.mark.parametrize(("days", "is_open"), [(75, False), (76, True), (89, True)])
def test_each_band_edge_has_a_task_fourteen_days_before_it(days: int, is_open: bool) -> None:
    stay = Stay(TODAY - timedelta(days=days), fine_paid=True, told_months=60)
    first = asked("band_edge", papers=papers(stay=stay))[0]
    edge = MIDNIGHT + timedelta(days=90 - days)
    assert first.asking.subject == f"{WHO}.3"
    assert first.opens_at == edge - 14 * DAY
    assert first.is_open(NOW) is is_open
    assert not is_open or first.asking.until <= edge


@pytest.mark.parametrize(("seen", "next_one"), [((), 6), ((6,), 12), ((6, 12), 24), ((6, 12, 24, 36), None)])
def test_each_edge_to_come_has_its_task_in_turn_and_those_past_have_none(
    seen: tuple[int, ...], next_one: int | None
) -> None:
    stay = Stay(TODAY - 90 * DAY, fine_paid=True, told_months=60)
    known = papers(stay=stay, seen=frozenset(f"{WHO}.{months}" for months in seen))
    subjects = [duty.asking.subject for duty in asked("band_edge", papers=known)]
    assert subjects == ([f"{WHO}.{next_one}"] if next_one else [])


@pytest.mark.parametrize(("word", "count"), [("", 1), ("not_yet", 1), ("taken", 0), ("remote", 0), ("not_needed", 0)])
def test_a_witness_is_asked_about_and_no_gate_waits_for_it(word: str, count: int) -> None:
    found = asked("statement", screening=VICTIM, papers=papers(statement=word))
    assert len(found) == count
    assert all(not duty.holds_closure for duty in found)
    assert not asked("statement", papers=papers(statement=word))


def test_a_court_is_asked_again() -> None:
    (duty,) = asked("exit_hold", papers=papers(held=True))
    assert duty.asking.role is Role.MOVEMENT_OFFICER


def test_a_removal_decision_has_seven_days_to_appeal_and_its_days_to_leave() -> None:
    removal = Removal(TODAY + 13 * DAY, TODAY + 5 * DAY)
    (appeal,) = asked("removal_appeal", papers=papers(removal=removal))
    assert appeal.asking.until <= MIDNIGHT + 6 * DAY
    assert appeal.holds_closure
    (leave,) = [duty for duty in asked("band_edge", papers=papers(removal=removal)) if "leave" in duty.asking.subject]
    assert leave.is_open(NOW)  # the flight of the plan is a day too late
    soon = replace(removal, leave_until=TODAY + 20 * DAY)
    (leave,) = asked("band_edge", papers=papers(removal=soon))
    assert leave.opens_at == MIDNIGHT + 14 * DAY
    assert not asked("removal_appeal", papers=papers(removal=replace(removal, appeal="waived")))
    assert not asked("band_edge", papers=papers(removal=replace(removal, appeal="appealed")))


def test_an_appeal_is_not_asked_for_when_its_days_are_over() -> None:
    assert not asked("removal_appeal", papers=papers(removal=Removal(None, TODAY - DAY)))
    assert asked("removal_appeal", papers=papers(removal=Removal(None, TODAY)))


PERMIT = Permit(1, True, TODAY - 10 * DAY, TODAY + 20 * DAY, TODAY + 20 * DAY)


@pytest.mark.parametrize("track", [Track.RETURN, Track.IN_PLACE, Track.UNDECIDED])
def test_the_permits_clock_runs_whatever_the_person_chooses(track: Track) -> None:
    (duty,) = asked("victim_permit", screening=VICTIM, track=track, papers=papers(permit=PERMIT))
    assert duty.opens_at == MIDNIGHT + 7 * DAY  # the end of day 20, less fourteen days
    assert (duty.asking.role, duty.asking.subject) == (Role.PROTECTION_OFFICER, f"{WHO}.1")
    assert duty.asking.until > NOW


def test_a_victim_without_a_permit_is_offered_one_and_may_want_none() -> None:
    (duty,) = asked("victim_permit", screening=VICTIM)
    assert duty.asking.why.code == "permit.none"
    assert not asked("victim_permit", screening=VICTIM, papers=papers(permit=Permit(0, wanted=False)))
    assert not asked("victim_permit")


def test_after_three_years_it_cannot_be_extended() -> None:
    old = Permit(7, True, TODAY - 1096 * DAY, TODAY - 1066 * DAY, TODAY + 3 * DAY)
    (duty,) = asked("victim_permit", screening=VICTIM, papers=papers(permit=old))
    assert duty.asking.why.code == "permit.used_up"


def test_what_coercion_brought_about_is_objected_to_in_time() -> None:
    ended = replace(PERMIT, cancelled_on=TODAY, cancelled_at=NOW, coerced=True)
    (duty,) = asked("permit_objection", screening=VICTIM, papers=papers(permit=ended))
    assert duty.asking.until <= NOW + 7 * DAY
    assert not asked("permit_objection", papers=papers(permit=replace(ended, objected=True)))
    assert not asked("permit_objection", papers=papers(permit=replace(ended, coerced=False)))
    assert not asked("victim_permit", screening=VICTIM, papers=papers(permit=ended))


@given(
    st.integers(-1200, 60), st.booleans(), st.sampled_from([None, 0, 1, 60]), st.integers(-30, 60), st.integers(1, 400),
)  # fmt: skip
def test_l1_every_duty_of_papers_has_an_owner_and_a_limit_ahead(
    ended: int, paid: bool, told: int | None, permit_ends: int, passport_ends: int
) -> None:
    known = facts(
        screening=VICTIM, plan_of_journey=None, people=holding(TODAY + timedelta(days=passport_ends), holder="consulate"),
        papers=papers(
            stay=Stay(TODAY + timedelta(days=ended), paid, told), removal=Removal(TODAY + 3 * DAY, TODAY + 2 * DAY),
            permit=replace(PERMIT, valid_until=TODAY + timedelta(days=permit_ends)),
        ),
    )  # fmt: skip
    seen: set[tuple[str, str]] = set()
    for duty in duties(known):
        assert isinstance(duty.opens_at, datetime)
        if duty.is_open(NOW):
            assert duty.asking.until > NOW
            assert duty.asking.then.code
        assert (duty.asking.question, duty.asking.subject) not in seen
        seen.add((duty.asking.question, duty.asking.subject))


def test_nobody_who_has_left_is_asked_about_papers() -> None:
    gone = {"departed_at": NOW, "boarding": "boarded", "screening": VICTIM, "papers": papers(stay=None, held=True)}
    kinds = {duty.asking.question for duty in duties(facts(**gone))}
    assert not kinds & {"legal_stay", "ban_told", "band_edge", "exit_hold", "victim_permit", "statement", "expiry_seen"}
