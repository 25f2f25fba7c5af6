"""Fit on the travel day: weeks, infants, papers for one flight; and nothing that tells why."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories import DAY, NOW, RULES, a_booking, a_child, a_person, facts
from workflows import facts as f
from workflows import gates
from workflows.explain import sentence
from workflows.gather.health import expecting, full_weeks, is_prepared, is_young
from workflows.pathways.tables.health import FitnessPaperRule

FLIES = (NOW + 14 * DAY).date()


def due(weeks: int, days: int = 0) -> dict[str, Any]:
    """An estimated due date at which the travel day lies in this week and day."""
    return {"due_on": (FLIES + timedelta(days=280 - 7 * weeks - days)).isoformat()}


@pytest.mark.parametrize(
    ("week", "day", "babies", "certificate", "barred"),
    [
        (27, 6, 1, False, False), (28, 0, 1, True, False), (35, 6, 1, True, False), (36, 0, 1, False, True),
        (41, 0, 1, False, True), (23, 6, 2, False, False), (24, 0, 2, True, False), (31, 6, 2, True, False),
        (32, 0, 2, False, True), (24, 0, 3, True, False), (32, 0, 4, False, True),
    ],
)  # fmt: skip
def test_weeks_are_those_of_the_travel_day(week: int, day: int, babies: int, certificate: bool, barred: bool) -> None:
    assert full_weeks(date.fromisoformat(due(week, day)["due_on"]), FLIES) == week
    assert expecting(RULES, {**due(week, day), "expecting": babies}, FLIES) == (certificate, barred)


def test_nobody_is_asked_for_what_they_do_not_need() -> None:
    assert expecting(RULES, {}, FLIES) == (False, False)


def a_fitness(**over: Any) -> f.Fitness:
    """Fit all year."""
    known = {"fit": True, "valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)}
    return f.Fitness(**{**known, **over})


def code(known: f.Facts) -> str | None:
    """Why the gate is closed."""
    said = gates.fit(known)
    return said.code if said else None


@pytest.mark.parametrize(
    ("word", "closed"),
    [
        (None, "health.not_cleared"),
        (a_fitness(fit=False), "health.unfit"),
        (a_fitness(barred=True), "health.unfit"),
        (a_fitness(valid_until=FLIES), None),
        (a_fitness(valid_until=FLIES - DAY), "health.not_cleared"),
        (a_fitness(valid_from=FLIES), None),
        (a_fitness(valid_from=FLIES + DAY), "health.not_cleared"),
        (a_fitness(prepared=False), "health.not_prepared"),
        (a_fitness(wants=frozenset({"certificate"})), None),  # not yet: it is signed in the last week
    ],
)
def test_fitness_holds_on_the_travel_day(word: f.Fitness | None, closed: str | None) -> None:
    assert code(facts(people=(a_person(fitness=word),))) == closed


@pytest.mark.parametrize(
    ("paper", "hours", "closed"),
    [
        ("certificate", 25, None), ("certificate", 24, "health.certificate"), ("medif", 73, None),
        ("medif", 72, "health.certificate"), ("pre_embarkation", 25, None), ("pre_embarkation", 24, "health.certificate"),
    ],
)  # fmt: skip
def test_a_paper_for_the_flight_is_in_hand_in_time(paper: str, hours: int, closed: str | None) -> None:
    person = a_person(fitness=a_fitness(wants=frozenset({paper})))
    known = facts(people=(person,), bookings=(a_booking(departs_at=NOW + timedelta(hours=hours)),))
    assert code(known) == closed
    person = replace(person, fitness=a_fitness(wants=frozenset({paper}), has=frozenset({paper})))
    assert code(replace(known, people=(person,))) is None


@pytest.mark.parametrize(
    ("paper", "hours", "young"),
    [
        ("certificate", 168, True), ("certificate", 169, False), ("medif", 336, True), ("medif", 337, False),
        ("pre_embarkation", 72, True), ("pre_embarkation", 73, False), ("certificate", -1, False),
    ],
)  # fmt: skip
def test_a_paper_is_only_so_old_at_departure(paper: str, hours: int, young: bool) -> None:
    rule = next(row for row in RULES.rows(FitnessPaperRule) if row.paper == paper)
    assert is_young(NOW - timedelta(hours=hours), NOW, rule) is young


@pytest.mark.parametrize(("age", "closed"), [(6, "health.too_young"), (7, None), (8, None)])
def test_a_newborn_waits_a_week(age: int, closed: str | None) -> None:
    child = a_child(born_on=FLIES - timedelta(days=age))
    assert code(facts(people=(a_person(), child))) == closed


@pytest.mark.parametrize(
    ("needs", "prepared"),
    [
        ({}, True), ({"medical_escort": True}, False), ({"medical_escort": True, "escort_confirmed": True}, True),
        ({"medical_plan": True}, False), ({"medical_plan": True, "plan_confirmed": True}, True),
        ({"chronic": True, "receiving_clinic": "x"}, False),
        ({"chronic": True, "receiving_clinic": "x", "medicines_months": 1}, True),
        ({"chronic": True, "receiving_clinic": "x", "medicines_months": 3}, True),
        ({"chronic": True, "receiving_clinic": "x", "medicines_months": 4}, False),
        ({"chronic": True, "medicines_months": 2}, False),
    ],
)  # fmt: skip
def test_what_the_journey_needs_is_confirmed(needs: dict[str, Any], prepared: bool) -> None:
    assert is_prepared(RULES, needs) is prepared


def test_no_reason_tells_of_a_condition() -> None:
    words = [
        a_fitness(barred=True), a_fitness(prepared=False), a_fitness(valid_until=date(2026, 1, 2)),
        a_fitness(wants=frozenset({"medif"})),
    ]  # fmt: skip
    near = (a_booking(departs_at=NOW + DAY / 2),)
    for word in words:
        said = gates.fit(facts(people=(a_person(fitness=word),), bookings=near))
        assert said
        for language in ("en", "tr"):
            text = sentence(said, language).lower()
            assert "certificate" in text or "rapor" in text
            assert not any(word in text for word in ("pregnan", "gebe", "hamile", "week", "hafta", "medif", "disease"))
