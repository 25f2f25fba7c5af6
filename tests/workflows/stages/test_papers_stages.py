"""What documents, health and exit ask for, of whom, and when they look again."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models.stage import Role, Stage, Track
from tests.factories import DAY, NOW, a_booking, a_child, a_person, an_effect, facts
from workflows import facts as f
from workflows.decide import decide_stage
from workflows.facts.papers import Papers, PersonPapers, Stay
from workflows.standing import Asking, Blocked, Doing, Done, Waiting, reason_of

NOBODY = a_person(documents=())
REFUSED = f.Application("refused", NOW - DAY, NOW, 1, "nationality_not_confirmed")
LODGED = an_effect(action="lodge_application", subject=f"1.{NOBODY.id}")


def documents(person: f.Traveller, papers: PersonPapers | None = None, **over: Any) -> Any:
    """Where the stage stands for one person."""
    known = Papers("GE", {person.id: papers or PersonPapers()})
    return decide_stage(facts(people=(person,), papers=known, **over), Stage.TRAVEL_DOCUMENTS)


def refused(papers: PersonPapers, generation: int = 1) -> Any:
    """Where it stands after a refusal of the nationality."""
    person = replace(NOBODY, application=replace(REFUSED, generation=generation))
    return documents(person, papers, effects=(replace(LODGED, generation=generation),))


def test_a_refused_nationality_is_tried_once_more_with_other_proof() -> None:
    asked = refused(PersonPapers(refusals=1))
    assert isinstance(asked, Asking)
    assert (asked.role, asked.question, asked.subject) == (Role.MOVEMENT_OFFICER, "nationality_evidence", NOBODY.id)
    again = refused(PersonPapers(refusals=1, proofs=1))
    assert isinstance(again, Doing)
    assert again.effect == ("lodge_application", f"1.{NOBODY.id}", 2)


@pytest.mark.parametrize("papers", [PersonPapers(refusals=2, proofs=1), PersonPapers(refusals=1, no_proof=True)])
def test_after_that_the_protection_officer_refers(papers: PersonPapers) -> None:
    asked = refused(papers, generation=papers.refusals)
    assert isinstance(asked, Asking)
    assert (asked.role, asked.question) == (Role.PROTECTION_OFFICER, "statelessness")


@pytest.mark.parametrize(("days", "kind"), [(0, Waiting), (29, Waiting), (30, Asking), (31, Asking)])
def test_a_referral_is_asked_after_each_month(days: int, kind: type[Any]) -> None:
    since = NOW - timedelta(days=days)
    standing = refused(PersonPapers(refusals=2, statelessness="referred", statelessness_at=since), 2)
    assert isinstance(standing, kind)


def test_who_is_stateless_chooses_anew_and_a_national_finds_another_document() -> None:
    stateless = refused(PersonPapers(refusals=2, statelessness="stateless"), 2)
    assert (stateless.role, stateless.question) == (Role.COUNSELLOR, "track_choice")
    national = refused(PersonPapers(refusals=2, statelessness="national"), 2)
    assert (national.role, national.question) == (Role.MOVEMENT_OFFICER, "travel_document")


def test_another_refusal_is_the_movement_officers() -> None:
    person = replace(NOBODY, application=replace(REFUSED, refusal="no_appointment"))
    assert documents(person, effects=(LODGED,)).question == "travel_document"


@pytest.mark.parametrize("closing", [{"risk": None}, {"risk": f.Risk("r", NOW, "low", NOW + DAY, None)}])
@pytest.mark.parametrize("papers", [PersonPapers(), PersonPapers(refusals=1, proofs=1)])
def test_the_consulate_is_never_contacted_before_the_risk_gate(closing: dict[str, Any], papers: PersonPapers) -> None:
    for application in (None, REFUSED, f.Application("lodged", NOW - 2 * DAY, NOW - 2 * DAY, 1)):
        person = replace(NOBODY, application=application)
        assert isinstance(documents(person, papers, **closing), Blocked)


def test_a_document_under_another_name_is_looked_at_before_anything_is_asked_of_the_consulate() -> None:
    paper = f.Document("passport", date(2030, 1, 1), "d1", "GE", printed=True, name="differs")
    asked = documents(a_person(documents=(paper,)))
    assert (asked.question, asked.subject) == ("document_name", "d1")
    assert isinstance(documents(a_person(documents=(replace(paper, name="another"),))), Doing)
    assert isinstance(documents(a_person(documents=(replace(paper, name="confirmed"),))), Done)


def test_a_wrong_name_on_a_ticket_is_asked_about_ticket_by_ticket() -> None:
    person = a_person()
    asked = documents(person, PersonPapers(tickets={f"{person.id}.1": False}), bookings=(a_booking(),))
    assert (asked.question, asked.subject) == ("ticket_name", f"{person.id}.1")


def test_complete_documents_are_looked_at_again_when_the_first_of_them_ends() -> None:
    done = documents(a_person(documents=(f.Document("laissez_passer", date(2026, 5, 1), "d", "GE"),)))
    assert isinstance(done, Done)
    assert done.valid_until == NOW.replace(month=4, day=30, hour=0)  # two days of buffer


def test_an_overdue_paper_is_asked_for_by_its_name_and_person() -> None:
    fitness = f.Fitness(True, date(2026, 1, 1), date(2026, 12, 31), wants=frozenset({"medif"}))
    person = a_person(fitness=fitness)
    near = (a_booking(departs_at=NOW + DAY),)
    asked = decide_stage(facts(people=(person,), bookings=near), Stage.HEALTH)
    assert isinstance(asked, Asking)
    assert (asked.role, asked.question, asked.subject) == (Role.MEDICAL_OFFICER, "fitness_paper", f"{person.id}.medif")
    early = decide_stage(facts(people=(person,), bookings=(a_booking(),)), Stage.HEALTH)
    assert isinstance(early, Done)
    assert early.valid_until == NOW + 11 * DAY  # when the form must be in hand


def test_a_newborn_waits_or_the_plan_changes() -> None:
    child = a_child(born_on=NOW.date() - 2 * DAY)
    waits = decide_stage(facts(people=(a_person(), child), plan_of_journey=None), Stage.HEALTH)
    assert isinstance(waits, Waiting)
    assert waits.until == NOW.replace(hour=0) + 5 * DAY
    plan = f.JourneyPlan(NOW, NOW.date() + 2 * DAY)
    asked = decide_stage(facts(people=(a_person(), child), plan_of_journey=plan), Stage.HEALTH)
    assert isinstance(asked, Asking)
    assert asked.question == "journey_plan"


def test_telling_and_a_courts_word_are_duties_so_that_the_stage_only_says_why_it_stands() -> None:
    person = a_person().id
    overstayed = Stay(NOW.date() - 100 * DAY, fine_paid=True)
    for papers, code in (
        (PersonPapers(stay=overstayed), "exit.ban_not_told"),
        (PersonPapers(stay=replace(overstayed, told_months=0)), "exit.ban_worse"),
        (PersonPapers(held=True), "exit.held"),
    ):
        standing = decide_stage(facts(papers=Papers("GE", {person: papers})), Stage.EXIT_CLEARANCE)
        assert isinstance(standing, Blocked)
        assert reason_of(standing).code == code


def test_the_ban_is_told_before_the_choice_is_asked_for() -> None:
    papers = PersonPapers(stay=Stay(NOW.date() - 100 * DAY, fine_paid=True))
    known = facts(track=Track.UNDECIDED, papers=Papers("GE", {a_person().id: papers}))
    assert isinstance(decide_stage(known, Stage.COUNSELLING), Blocked)
    told = replace(papers, stay=replace(papers.stay, told_months=1)) if papers.stay else papers
    asked = decide_stage(replace(known, papers=Papers("GE", {a_person().id: told})), Stage.COUNSELLING)
    assert isinstance(asked, Asking)
    assert asked.question == "track_choice"


def test_a_court_or_a_closed_document_takes_the_booking_back_behind_its_gate() -> None:
    for over in (
        {"papers": Papers("GE", {a_person().id: PersonPapers(held=True)})},
        {"people": (a_person(documents=(f.Document("passport", date(2026, 3, 15), "d", "GE"),)),)},
    ):
        standing = decide_stage(facts(bookings=(a_booking(status="held"),), **over), Stage.FLIGHT_BOOKING)
        assert isinstance(standing, Blocked)
