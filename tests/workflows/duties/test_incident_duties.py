"""What each incident makes somebody do: who, in which order, until when, and how often again."""

from datetime import timedelta

import pytest

from models.stage import Role
from tests.factories import DAY, NOW, a_child, a_person, facts
from tests.workflows.gates.test_incident_gates import an_incident
from workflows import facts as f
from workflows.duties import duties, incidents
from workflows.pathways import CURRENT, rules_of
from workflows.pathways.tables.incidents import SafetyQuestion, Task
from workflows.records import FACTS
from workflows.standing import Duty

HOUR = timedelta(hours=1)
RULES = rules_of(*CURRENT)


def asked(known: f.Incidents, **over: object) -> dict[tuple[str, str], Duty]:
    """Every duty of incidents that is open now, by task and subject."""
    told = facts(incidents=known, **over)
    mine = incidents.duties(told)
    return {(duty.asking.question, duty.asking.subject): duty for duty in mine if duty.is_open(told.now)}


def tasks(known: f.Incidents, **over: object) -> set[str]:
    """The names of these tasks."""
    return {task for task, _ in asked(known, **over)}


def done(*steps: tuple[str, str, str | None]) -> dict[tuple[str, str], tuple[object, str | None]]:
    """Steps that were taken an hour ago."""
    return {(kind, subject): (NOW - HOUR, outcome) for kind, subject, outcome in steps}


def test_every_task_of_the_rules_can_be_answered() -> None:
    assert {row.task for row in RULES.rows(Task)} <= set(FACTS)
    assert {row.question for row in RULES.rows(SafetyQuestion)} <= set(FACTS)
    for row in RULES.rows(Task):
        assert Role(row.role) in FACTS[row.task].roles, row.task
        assert row.every is None or row.every in RULES.times


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("detained", {"lawyer_called", "non_refoulement_review"}),
        ("absconded", {"welfare_check"}),
        ("suspended", set()),
        ("authority_reversal", {"explain_reversal", "lawyer_called"}),
        ("breach", {"life_risk_review", "breach_recall"}),
        ("protection_alert", {"protection_response"}),
    ],
)
def test_an_incident_asks_at_once(kind: str, expected: set[str]) -> None:
    assert tasks(f.Incidents(rows=(an_incident(kind),))) == expected


def test_somebody_in_detention_is_visited_each_week_until_the_release() -> None:
    held = an_incident("detained", at=NOW - 7 * DAY)
    assert "detention_visit" in tasks(f.Incidents(rows=(held,)))
    seen = f.Incidents(rows=(held,), steps=done(("detention_visit", "1", "done")))  # type: ignore[arg-type]
    assert "detention_visit" not in tasks(seen)
    freed = an_incident("detained", at=NOW - 30 * DAY, ended_at=NOW - DAY)
    assert "detention_visit" not in tasks(f.Incidents(rows=(freed,)))


def test_a_suspension_is_looked_at_again_after_a_fortnight() -> None:
    assert "suspension_review" not in tasks(f.Incidents(rows=(an_incident("suspended", at=NOW - 13 * DAY),)))
    assert "suspension_review" in tasks(f.Incidents(rows=(an_incident("suspended", at=NOW - 14 * DAY),)))


def test_a_breach_looks_at_the_life_of_each_person_first() -> None:
    family = {"people": (a_person(), a_child())}
    breach = an_incident("breach", happened_at=NOW - HOUR, at=NOW - HOUR)
    reviews = {subject for task, subject in asked(f.Incidents(rows=(breach,)), **family) if task == "life_risk_review"}
    assert reviews == {f"1.{person.id}" for person in family["people"]}
    one = done(("life_risk_review", f"1.{a_person().id}", "not_at_risk"))
    assert "breach_notice" not in tasks(f.Incidents(rows=(breach,), steps=one), **family)  # type: ignore[arg-type]
    both = {**one, **done(("life_risk_review", f"1.{a_child().id}", "not_at_risk"))}
    after = tasks(f.Incidents(rows=(breach,), steps=both), **family)  # type: ignore[arg-type]
    assert {"breach_notice", "people_told"} <= after
    assert "life_risk_review" not in after


def test_a_risk_to_life_is_acted_on() -> None:
    risky = done(("life_risk_review", f"1.{a_person().id}", "at_risk"))
    known = f.Incidents(rows=(an_incident("breach"),), steps=risky)  # type: ignore[arg-type]
    assert ("protection_measures", f"1.{a_person().id}") in asked(known)


@pytest.mark.parametrize(("hours", "role"), [(48, Role.SUPERVISOR), (71, Role.SUPERVISOR), (72, Role.OPERATIONS)])
def test_the_clock_of_72_hours_runs_from_when_the_breach_was_found(hours: int, role: Role) -> None:
    breach = an_incident("breach", at=NOW - HOUR, happened_at=NOW - hours * HOUR)
    duty = asked(f.Incidents(rows=(breach,)))["breach_notice", "1"]
    assert duty.asking.role is role
    if hours < 72:
        assert duty.asking.until == breach.happened_at + 72 * HOUR


def test_the_clock_does_not_wait_for_the_reviews_beyond_its_half() -> None:
    found = NOW - 35 * HOUR
    assert "breach_notice" not in tasks(f.Incidents(rows=(an_incident("breach", at=found, happened_at=found),)))
    found = NOW - 36 * HOUR
    assert "breach_notice" in tasks(f.Incidents(rows=(an_incident("breach", at=found, happened_at=found),)))


def test_after_a_death_nobody_is_asked_for_anything_else() -> None:
    dead = f.Incidents(rows=(an_incident("deceased"), an_incident("protection_alert", 2)), deceased=True)
    assert {"duty_officer_informed", "family_notice", "consular_notice"} <= tasks(dead)
    assert all(duty.stage.value == "closure" for duty in duties(facts(incidents=dead)))


def test_a_case_without_an_owner_is_a_supervisors() -> None:
    assert asked(f.Incidents(owner_gone=True))["case_owner", "case"].asking.role is Role.SUPERVISOR
