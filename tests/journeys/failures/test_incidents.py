"""Death, detention, a reversal, a breach, a colleague who leaves: what stops, what goes on, what others get to know."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from api.cli.cast import CONSENT, Life
from models.deadline import Deadline
from models.effect import Effect, EffectState
from models.event import verify
from models.handover import Disclosure
from models.question import Question
from models.staff import Staff, issue_key, whose_key
from models.stage import Role, Track
from tests.journeys.house import Living
from workflows import commands
from workflows.advance import advance
from workflows.leaving import leave

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ALL = {"duty_officer_informed", "family_notice", "consular_notice"}


def somebody(**over: Any) -> Life:
    """A vulnerable person on the way back, so that a partner knows of them."""
    known: dict[str, Any] = {"vulnerable": True}
    ends = over.pop("ends", "completed")
    return Life("", ends, "TM", "Mary", "Ogulgerek", "Annayeva", "Ogulgerek", **{**known, **over})


def with_a_ticket(alone: Living, life: Life | None = None) -> str:
    """A case with a ticket and a partner who accepted and knows who comes."""
    ref = alone.begin(life or somebody())
    alone.until(ref, "departure.not_yet")
    settle(alone)
    return ref


def settle(alone: Living) -> None:
    """Until nothing is due and nobody answers any more, without moving the clock."""
    while alone.push() or alone.answer() or alone.simulators.pending():
        pass


def messages(alone: Living) -> int:
    """How many the gateway saw."""
    return len(alone.simulators.truth()["sms"]["messages"])


def orders(alone: Living) -> list[dict[str, Any]]:
    """What the airline has."""
    found: list[dict[str, Any]] = alone.simulators.truth()["airline"]["orders"]
    return found


def stands(alone: Living, partner: str) -> list[str]:
    """How a partner's handovers stand, at the partner."""
    return [handover["status"] for handover in alone.simulators.truth()[f"partner_{partner}"]["handovers"]]


def disclosures(alone: Living) -> int:
    """How many packages left the house."""
    with alone.house.database.reading() as session:
        return len(session.exec(select(Disclosure)).all())


def person_of(alone: Living, ref: str) -> str:
    """The principal's id."""
    return alone.facts(ref).principal.id


def test_failure_death(alone: Living) -> None:
    ref = with_a_ticket(alone)
    sent = messages(alone)
    alone.unanswered |= ALL

    alone.say(ref, "deceased", {"person": person_of(alone, ref)}, Role.PROTECTION_OFFICER)
    settle(alone)

    assert all(order["cancelled_at"] for order in orders(alone))
    assert stands(alone, "nadia") == ["RECALLED"]
    assert open_kinds(alone) == ALL, "people tell people; nothing is sent"
    alone.to(alone.clock.now() + 10 * DAY)
    settle(alone)
    assert messages(alone) == sent
    assert "died" in alone.explained(ref)
    assert "hayatını kaybetti" in alone.explained(ref, "tr")

    alone.unanswered -= ALL
    alone.lives[ref].ends = "deceased"
    alone.live()
    assert alone.case(ref).outcome == "deceased"
    assert not alone.facts(ref).check_ins, "no survey"
    assert messages(alone) == sent


def open_kinds(alone: Living) -> set[str]:
    """What is asked now, of anybody."""
    with alone.house.database.reading() as session:
        rows = session.exec(select(Question)).all()
    return {row.kind for row in rows if not (row.answered_at or row.voided_at or row.paused_at)}


def test_failure_death_after_the_return(alone: Living) -> None:
    ref = alone.begin(somebody())
    alone.until(ref, "follow_up.not_due")
    settle(alone)
    sent = messages(alone)
    alone.say(ref, "deceased", {"person": person_of(alone, ref)}, Role.COUNSELLOR)
    alone.lives[ref].ends = "deceased"
    alone.live()
    assert alone.case(ref).outcome == "deceased"
    assert messages(alone) == sent


def test_failure_detention(alone: Living) -> None:
    ref = with_a_ticket(alone)
    told, sent = disclosures(alone), messages(alone)
    tasks = {"lawyer_called", "non_refoulement_review", "detention_visit", "suspension_review"}
    alone.unanswered |= tasks
    with alone.house.database.reading() as session:
        waits = [row for row in session.exec(select(Deadline)).all() if row.sort == "wait" and not row.met_at]
    assert waits

    alone.say(ref, "detained", {"place": "removal_centre"}, Role.COUNSELLOR)
    settle(alone)
    assert {"lawyer_called", "non_refoulement_review"} <= open_kinds(alone)
    alone.to(alone.clock.now() + 8 * DAY)
    settle(alone)
    assert "detention_visit" in open_kinds(alone)
    assert (disclosures(alone), messages(alone)) == (told, sent), "nothing is disclosed to anybody"
    assert "detained" in alone.explained(ref)
    assert "askıda" in alone.explained(ref, "tr")

    with pytest.raises(ValueError, match="consent"):
        alone.say(ref, "authority_disclosure", {"recipient": "police", "what": "status"}, Role.PROTECTION_OFFICER)
    body = {"recipient": "police", "what": "status", "consent": CONSENT}
    alone.say(ref, "authority_disclosure", body, Role.PROTECTION_OFFICER)

    alone.unanswered -= tasks
    alone.say(ref, "released", {}, Role.PROTECTION_OFFICER)
    assert alone.case(ref).suspended_at is None
    alone.live()
    assert alone.case(ref).outcome == "completed"
    with alone.house.database.reading() as session:
        assert all(row.met_at or row.voided_at for row in session.exec(select(Deadline)).all())
        assert verify(session)[1] == []


def test_failure_authority_reverses_grant(alone: Living) -> None:
    ref = with_a_ticket(alone, somebody(tracks=["return", "return", "in_place"]))
    told = disclosures(alone)
    alone.unanswered |= {"explain_reversal", "lawyer_called", "track_choice"}

    alone.say(ref, "authority_reversal", {}, Role.MOVEMENT_OFFICER)
    settle(alone)
    assert {"explain_reversal", "lawyer_called"} <= open_kinds(alone)
    assert all(order["cancelled_at"] for order in orders(alone))
    assert stands(alone, "nadia") == ["RECALLED"]

    alone.say(ref, "track_choice", {"track": "return"}, Role.COUNSELLOR)
    settle(alone)
    assert "incidents.reversed" in alone.codes(ref), "the way back stays closed, whatever is chosen"
    assert (len(orders(alone)), disclosures(alone)) == (1, told)
    assert "took back its grant" in alone.explained(ref)
    assert "onayını geri aldı" in alone.explained(ref, "tr")

    alone.unanswered -= {"explain_reversal", "lawyer_called", "track_choice"}
    alone.say(ref, "authority_grant", {}, Role.COUNSELLOR)
    alone.live()
    assert alone.case(ref).outcome == "completed"
    assert sorted(bool(order["cancelled_at"]) for order in orders(alone)) == [False, True]


def test_failure_wrong_recipient_breach(alone: Living) -> None:
    ref = with_a_ticket(alone)
    told = disclosures(alone)
    tasks = {"life_risk_review", "breach_recall", "breach_notice", "people_told", "protection_measures"}
    alone.unanswered |= {*tasks, "receiving_partner", "transfer_consent"}
    found = alone.clock.now()

    alone.say(ref, "breach", {"what": "wrong_recipient", "recipient": "nadia", "found_at": found}, Role.OPERATIONS)
    settle(alone)
    assert stands(alone, "nadia") == ["RECALLED"]
    assert {"life_risk_review", "breach_recall"} <= open_kinds(alone)
    assert "breach_notice" not in open_kinds(alone), "first each person's life"

    subject = f"1.{person_of(alone, ref)}"
    alone.say(ref, "life_risk_review", {"about": subject, "outcome": "at_risk"}, Role.PROTECTION_OFFICER)
    settle(alone)
    assert {"breach_notice", "people_told", "protection_measures"} <= open_kinds(alone)
    notice = next(row for row in deadlines(alone) if row.kind == "breach_notice")
    assert notice.until == found + 72 * HOUR
    assert disclosures(alone) == told, "the partner gets no more"

    alone.to(found + 73 * HOUR)
    settle(alone)
    late = next(row for row in deadlines(alone) if row.kind == "breach_notice")
    assert (late.overdue_at, late.owner, late.holder) == (found + 72 * HOUR, "supervisor", "operations")
    alone.unanswered -= {*tasks, "receiving_partner", "transfer_consent"}
    alone.live()
    assert alone.case(ref).outcome == "completed"
    assert stands(alone, "tariq"), "another partner received the person"


def deadlines(alone: Living) -> list[Deadline]:
    """All of them."""
    with alone.house.database.reading() as session:
        return list(session.exec(select(Deadline)).all())


def test_failure_staff_leaves_f35(alone: Living) -> None:
    now = alone.clock.now()
    with alone.house.database.unit_of_work() as session:
        session.add(Staff(handle="counsellor", roles=["counsellor"]))
        session.add(Staff(handle="successor", roles=["counsellor"]))
        key = issue_key(session, "counsellor", now)
    alone.unanswered |= {"case_owner", "health_clearance"}
    ref = alone.begin(somebody())
    until_asked(alone, ref, "health_clearance")

    with alone.house.database.unit_of_work() as session:
        leaver = session.exec(select(Staff).where(Staff.handle == "counsellor")).one()
        left = leave(session, leaver, "console", alone.clock.now())
    assert (left.keys, left.flagged, left.handed_on) == (1, 1, 0)
    with alone.house.database.reading() as session:
        assert whose_key(session, key) is None

    alone.unanswered -= {"health_clearance"}
    bought = len(orders(alone))
    for _ in range(6):
        settle(alone)
        alone.to(alone.clock.now() + 12 * HOUR)
    assert "case_owner" in open_kinds(alone)
    assert len(orders(alone)) == bought, "no ticket is bought on the word of somebody who left"
    assert "no longer does" in alone.explained(ref)
    assert "artık görevde değil" in alone.explained(ref, "tr")

    with pytest.raises(commands.Wrong):
        alone.say(ref, "case_owner", {"handle": "counsellor"}, Role.SUPERVISOR)
    alone.say(ref, "case_owner", {"handle": "successor"}, Role.SUPERVISOR)
    alone.live()
    assert alone.case(ref).outcome == "completed"
    with alone.house.database.reading() as session:
        later = session.exec(select(Effect).where(Effect.action == "pay_ticket")).all()
        assert {effect.on_behalf_of for effect in later if effect.state is EffectState.CONFIRMED} == {"successor"}


def until_asked(alone: Living, ref: str, kind: str) -> None:
    """Live on until somebody is asked for this."""
    while kind not in open_kinds(alone):
        assert alone.step(), f"{ref}: nobody asks for {kind}"


def test_failure_absconded_is_closed_by_a_supervisor(alone: Living) -> None:
    ref = alone.begin(somebody(ends="absconded"))
    alone.until(ref, "counselling.no_choice")
    alone.say(ref, "absconded", {}, Role.COUNSELLOR)
    assert advance(alone.house, ref) is not None
    assert alone.case(ref).track is Track.UNDECIDED
    alone.unanswered |= {"suspension_review"}
    settle(alone)
    alone.to(alone.clock.now() + 15 * DAY)
    settle(alone)
    assert "suspension_review" in open_kinds(alone)
    alone.say(ref, "suspension_review", {"about": "1", "outcome": "close"}, Role.SUPERVISOR)
    alone.live()
    assert alone.case(ref).outcome == "absconded"
