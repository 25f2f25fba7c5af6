"""Risk, danger and place: what closes each gate, at its edges, as a table."""

from datetime import timedelta
from typing import Any

import pytest

from models.stage import Stage, Track
from tests.factories import DAY, NOW, a_booking, a_child, a_person, facts
from workflows import facts as f
from workflows import gates
from workflows.decide import decide
from workflows.facts.protection import Protection
from workflows.stages import risk_assessment
from workflows.standing import Asking, Blocked, Done, reason_of

SECOND = timedelta(seconds=1)
SOON = NOW + 3 * DAY  # a flight exactly as far off as the last look opens


def a_risk(**over: Any) -> f.Risk:
    """Approved yesterday, low."""
    known: dict[str, Any] = {
        "id": "r1", "at": NOW - DAY, "level": "low", "valid_until": NOW + 29 * DAY, "approved": True, "hint": "low",
        "sha256": "0" * 64,
    }  # fmt: skip
    return f.Risk(**{**known, **over})


def a_look(**over: Any) -> f.Look:
    """Somebody looked just now: it stands."""
    return f.Look(**{"at": NOW, "subject": "", "stands": True, **over})


def a_claim(**over: Any) -> f.Claim:
    """Asylum, pending, no lawyer yet."""
    return f.Claim(**{"id": "c1", "person": "p", "kind": "asylum", "status": "pending", **over})


WAR = f.Held("w1", "GE", "armed_conflict", NOW)
OLD = a_child(best_interests=True)
DECIDED = a_child(best_interests=True, best_interests_until=NOW + 90 * DAY)
NOT_LONG_ENOUGH = a_child(best_interests=True, best_interests_until=NOW + 13 * DAY)

RISK: list[tuple[str, dict[str, Any], str | None]] = [
    ("in force", {"risk": a_risk()}, None),
    ("none", {"risk": None}, "risk.not_assessed"),
    ("ends this instant", {"risk": a_risk(valid_until=NOW)}, "risk.not_assessed"),
    ("ends a second from now", {"risk": a_risk(valid_until=NOW + SECOND)}, None),
    ("nobody has approved", {"risk": a_risk(approved=None)}, "risk.not_approved"),
    ("turned down", {"risk": a_risk(approved=False)}, "risk.not_approved"),
    ("medium is acceptable", {"risk": a_risk(level="medium")}, None),
    ("high is not", {"risk": a_risk(level="high")}, "risk.unacceptable"),
    ("high is no bar to staying", {"risk": a_risk(level="high"), "track": Track.IN_PLACE}, None),
    ("reported since", {"risk": a_risk(signals_seen=1), "protection": Protection(signals=2)}, "risk.reported"),
    ("reported and seen", {"risk": a_risk(signals_seen=2), "protection": Protection(signals=2)}, None),
    ("looked at since", {"risk": a_risk(), "protection": Protection(1, (a_look(signals_seen=1),))}, None),
    ("one more since that look", {"risk": a_risk(), "protection": Protection(2, (a_look(signals_seen=1),))}, "risk.reported"),
    (
        "reported for one who stays, too",
        {"risk": a_risk(), "protection": Protection(1), "track": Track.IN_PLACE}, "risk.reported",
    ),
    (
        "found changed", {"risk": a_risk(), "protection": Protection(1, (a_look(stands=False, signals_seen=1),))},
        "risk.changed",
    ),
    (
        "the place got worse", {"risk": a_risk(), "protection": Protection(country=f.CountryLevel("n", "high"))},
        "risk.place_changed",
    ),
    ("the place is as bad as it was", {"risk": a_risk(country_id="n"), "protection": Protection(country=f.CountryLevel("n", "high"))}, None),
    ("a new word on the place that is no worse", {"risk": a_risk(), "protection": Protection(country=f.CountryLevel("n", "medium"))}, None),
    (
        "nobody returns to a critical place",
        {"risk": a_risk(country_id="n"), "protection": Protection(country=f.CountryLevel("n", "critical"))},
        "risk.unacceptable",
    ),
    ("a child without a decision", {"people": (a_person(), a_child())}, "risk.best_interests"),
    ("a decision against", {"people": (a_person(), a_child(best_interests=False))}, "risk.best_interests"),
    ("a decision without an end", {"people": (a_person(), OLD)}, None),
    ("a decision that holds on the travel day", {"people": (a_person(), DECIDED)}, None),
    ("a decision that ends the day before", {"people": (a_person(), NOT_LONG_ENOUGH)}, "risk.best_interests"),
]  # fmt: skip


@pytest.mark.parametrize(("story", "over", "code"), RISK, ids=[row[0] for row in RISK])
def test_the_risk_gate(story: str, over: dict[str, Any], code: str | None) -> None:
    closed = gates.risk(facts(**over))
    assert (closed and closed.code) == code, story


def flying(departs: Any, **over: Any) -> f.Facts:
    """A ticket, for somebody vulnerable, whose risk was approved long ago."""
    known: dict[str, Any] = {
        "bookings": (a_booking(departs_at=departs, arrives_at=departs + DAY / 8),), "risk": a_risk(at=NOW - 20 * DAY),
        "screening": f.Screening(NOW - 40 * DAY, "actual", True, False),
    }  # fmt: skip
    return facts(**{**known, **over})


LOOKED: list[tuple[str, f.Facts, bool]] = [
    ("a second before it opens", flying(SOON + SECOND), True),
    ("when it opens", flying(SOON), False),
    ("looked at as it opens", flying(SOON, protection=Protection(looks=(a_look(at=NOW),))), True),
    ("looked at a second too early", flying(SOON, protection=Protection(looks=(a_look(at=NOW - SECOND),))), False),
    ("assessed anew in time", flying(SOON, risk=a_risk(at=NOW)), True),
    ("nobody vulnerable", flying(SOON, screening=f.Screening(NOW - 40 * DAY, "none", False, False)), True),
    ("no ticket yet", flying(SOON, bookings=()), True),
]  # fmt: skip


@pytest.mark.parametrize(("story", "known", "is_open"), LOOKED, ids=[row[0] for row in LOOKED])
def test_the_last_look_before_the_flight(story: str, known: f.Facts, is_open: bool) -> None:
    assert (gates.looked_again(known) is None) is is_open, story
    standing = decide(known)[Stage.DEPARTURE]
    reasons = [reason.code for reason in standing.by] if isinstance(standing, Blocked) else []
    assert ("risk.relook" in reasons) is not is_open


@pytest.mark.parametrize(
    ("kind", "status", "bars"),
    [
        ("asylum", "pending", True), ("asylum", "appeal", True), ("asylum", "refused", False),
        ("asylum", "withdrawn", False), ("refugee_status", "held", True), ("refugee_status", "renounced", False),
        ("torture_or_death_penalty", "alleged", True), ("torture_or_death_penalty", "found", True),
        ("torture_or_death_penalty", "not_found", False), ("statelessness", "review", True),
        ("statelessness", "not_stateless", False), ("removal_appeal", "pending", True),
        ("a_kind_no_rule_knows", "ended", True), ("asylum", "a_status_no_rule_knows", True),
    ],
)  # fmt: skip
def test_non_refoulement_is_a_hard_stop(kind: str, status: str, bars: bool) -> None:
    known = facts(protection=Protection(claims=(a_claim(kind=kind, status=status),)))
    standings = decide(known)
    stopped = (Stage.TRAVEL_DOCUMENTS, Stage.PARTNER_HANDOVER, Stage.FLIGHT_BOOKING)
    assert all(isinstance(standings[stage], Blocked) is bars for stage in stopped), standings


def test_a_claim_of_anybody_in_the_case_stops_all() -> None:
    ended, open_ = a_claim(status="refused"), a_claim(id="c2", kind="statelessness", status="review")
    assert [claim.id for claim in gates.barring(facts(protection=Protection(claims=(ended, open_))))] == ["c2"]


def test_what_screening_says_of_asylum_counts_until_a_claim_is_on_record() -> None:
    screened = {"screening": f.Screening(NOW - 40 * DAY, "none", False, True)}
    assert reason_of(decide(facts(**screened))[Stage.COUNSELLING]).code == "declaration.asylum_pending"
    ended = facts(**screened, protection=Protection(claims=(a_claim(status="refused"),)))
    assert isinstance(decide(ended)[Stage.COUNSELLING], Done)


def test_a_barred_case_asks_how_the_claim_stands() -> None:
    standing = decide(facts(protection=Protection(claims=(a_claim(),))))[Stage.COUNSELLING]
    assert isinstance(standing, Asking)
    assert (standing.question, standing.subject, standing.why.code) == ("protection_claim", "c1", "protection.barred")


def test_a_held_place_closes_documents_booking_and_departure_and_leaves_the_ticket_alone() -> None:
    held = facts(protection=Protection(held=(WAR,)), bookings=(a_booking(),))
    standings = decide(held)
    for stage in (Stage.TRAVEL_DOCUMENTS, Stage.FLIGHT_BOOKING, Stage.DEPARTURE):
        standing = standings[stage]
        assert isinstance(standing, Blocked)
        assert any(reason.code == "country.held" for reason in standing.by)
    assert not isinstance(standings[Stage.PARTNER_HANDOVER], Blocked)


def test_a_held_place_does_not_hold_those_who_stay() -> None:
    standings = decide(facts(protection=Protection(held=(WAR,)), track=Track.IN_PLACE))
    assert not any(isinstance(s, Blocked) and s.by[0].code == "country.held" for s in standings.values())


def test_an_assessment_without_the_partners_word_says_so() -> None:
    assert reason_of(risk_assessment.decide(facts(risk=a_risk(heard=False)))).code == "risk.cleared_unheard"
    assert reason_of(risk_assessment.decide(facts(risk=a_risk()))).code == "risk.cleared"
    stays = facts(risk=a_risk(heard=False), track=Track.IN_PLACE)
    assert reason_of(risk_assessment.decide(stays)).code == "risk.cleared"


def test_an_assessment_lower_than_the_matrix_is_put_to_the_approver_as_that() -> None:
    lower = risk_assessment.decide(facts(risk=a_risk(level="medium", hint="high", approved=None)))
    assert isinstance(lower, Asking)
    assert (lower.why.code, lower.subject) == ("risk.lower_than_matrix", "r1." + "0" * 16)
    same = risk_assessment.decide(facts(risk=a_risk(level="high", hint="medium", approved=None)))
    assert reason_of(same).code == "risk.not_approved"
