"""What closes the way for want of a free will: options, interpreters, pressure, time, capacity, children, rest."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.stage import MAP, Gate, Stage, Track
from tests.factories import DAY, EXPLAINED, NOW, a_booking, a_child, a_person, facts
from workflows import facts as f
from workflows import gates
from workflows.decide import closed_gates, decide_stage
from workflows.facts.voluntariness import Assent
from workflows.standing import Blocked, Waiting

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
VICTIM = f.Screening(NOW - 30 * DAY, "actual", True, False)
NEAR = a_booking(departs_at=NOW + 72 * HOUR, arrives_at=NOW + 76 * HOUR)


def code(gate: Gate, **over: Any) -> str | None:
    """Why a gate is closed, or None."""
    said = gates.GATES[gate](facts(**over))
    return said.code if said else None


def v(**over: Any) -> dict[str, Any]:
    """Facts of voluntariness only."""
    return {"voluntariness": f.Voluntariness(**over)}


@pytest.mark.parametrize("left_out", sorted(EXPLAINED))
def test_every_way_must_have_been_explained_regularisation_too(left_out: str) -> None:
    session = f.Session(NOW, EXPLAINED - {left_out}, False)
    assert code(Gate.COUNSELLED, session=session) == "counselling.options_missing"
    assert code(Gate.COUNSELLED) is None


def test_an_interpreter_in_conflict_closes_the_gate_until_another_interpreted() -> None:
    assert code(Gate.COUNSELLED, **v(interpreter_conflict=True)) == "counselling.interpreter_conflict"


@pytest.mark.parametrize(("since", "closed"), [(30 * DAY, False), (30 * DAY - SECOND, True), (DAY, True)])
def test_a_victim_reflects_for_thirty_days(since: timedelta, closed: bool) -> None:
    screening = f.Screening(NOW - since, "possible", True, False)
    assert (code(Gate.COUNSELLED, screening=screening) == "counselling.reflection") is closed


def test_the_person_may_waive_it_and_only_then_it_ends_early() -> None:
    screening = f.Screening(NOW - DAY, "actual", True, False)
    assert code(Gate.COUNSELLED, screening=screening, session=f.Session(NOW, EXPLAINED, True)) is None


@pytest.mark.parametrize("stage", [s for s, row in MAP.items() if row.returning])
def test_s1_s7_an_open_sign_of_coercion_closes_every_stage_of_the_way_back(stage: Stage) -> None:
    pressed = facts(**v(open_flags=("f1",)), bookings=(a_booking(),))
    standing = closed_gates(pressed, stage)
    assert isinstance(standing, Blocked)
    assert "counselling.coercion" in {reason.code for reason in standing.by}


def test_a_withdrawn_person_under_pressure_is_still_under_pressure() -> None:
    standing = decide_stage(facts(journey=2, track=Track.UNDECIDED, **v(open_flags=("f1",))), Stage.COUNSELLING)
    assert getattr(standing, "question", "") == "coercion_closing"


@pytest.mark.parametrize(("signed", "closed"), [(23 * HOUR, True), (24 * HOUR - SECOND, True), (24 * HOUR, False)])
def test_a_day_lies_between_declaration_and_ticket(signed: timedelta, closed: bool) -> None:
    fresh = facts(people=(a_person(declared_at=NOW - signed),))
    assert (gates.declared(fresh) is not None) is closed
    standing = decide_stage(fresh, Stage.COUNSELLING)
    if closed:
        assert isinstance(standing, Waiting)
        assert standing.until == NOW - signed + 24 * HOUR


def test_the_last_of_two_signatures_counts() -> None:
    pair = (a_person(), a_person(id="p2", principal=False, declared_at=NOW - HOUR))
    assert code(Gate.DECLARED, people=pair) == "declaration.rests"


def test_s9_nobody_who_cannot_decide_alone_goes_without_who_decides_with_them() -> None:
    assert code(Gate.DECLARED, **v(unaided=("p1",))) == "declaration.no_decision_maker"


@pytest.mark.parametrize(
    ("born", "assents", "said"),
    [
        (date(2019, 3, 3), None, None),  # seven tomorrow
        (date(2019, 3, 2), None, "declaration.no_assent"),  # seven today
        (date(2019, 3, 2), True, None),
        (date(2019, 3, 2), False, "declaration.child_refuses"),
        (date(2008, 3, 3), None, "declaration.no_assent"),  # eighteen tomorrow
    ],
)
def test_a_child_who_can_form_a_view_is_asked(born: date, assents: bool | None, said: str | None) -> None:
    child = a_child(born_on=born)
    assert code(Gate.DECLARED, people=(a_person(), child), **v(assents=(Assent(child.id, assents),))) == said


def test_at_eighteen_a_child_signs_themselves() -> None:
    grown = a_child(born_on=date(2008, 3, 2))
    over = v(assents=(Assent(grown.id, True),))
    assert code(Gate.DECLARED, people=(a_person(), grown), **over) == "declaration.missing"


@pytest.mark.parametrize(("asked", "counts"), [(SECOND, False), (timedelta(0), True)])
def test_s7_a_yes_counts_from_72_hours_before_the_flight(asked: timedelta, counts: bool) -> None:
    person = a_person(reconfirmed_at=NOW - asked)
    assert gates.reconfirmed(facts(people=(person,), bookings=(NEAR,)), person) is counts


def test_s7_each_adult_is_asked_and_no_child() -> None:
    pair = facts(people=(a_person(reconfirmed_at=NOW), a_person(id="p2", principal=False)), bookings=(NEAR,))
    standing = decide_stage(pair, Stage.DEPARTURE)
    assert getattr(standing, "subject", "") == "1.p2"
    assert gates.reconfirmed(pair, a_child())
