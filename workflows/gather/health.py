"""Fitness for the travel day: what stays sealed is worked out here into codes, and only these leave."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from models import clearance
from workflows import facts as f
from workflows.facts.rules import Rules
from workflows.gates import departs_on, seat_of
from workflows.gather.reader import Reader
from workflows.pathways.tables.health import FitnessPaperRule, PregnancyWeek

TERM = 280  # days from the first day of week 0 to the estimated due date


def on_the_travel_day(read: Reader, facts: f.Facts) -> f.Facts:
    """The facts with everybody's fitness worked out for the day of travel and the booked flight."""
    newest = {str(row.person_id): row for row in read.current(clearance.HealthClearance)}
    people = tuple(
        replace(person, fitness=fitness(read, facts, person, newest[person.id])) if person.id in newest else person
        for person in facts.people
    )
    return replace(facts, people=people)


def fitness(read: Reader, facts: f.Facts, person: f.Traveller, row: clearance.HealthClearance) -> f.Fitness:
    """One person's, as codes."""
    needs = read.vault.open(row, "needs") or {}
    certificate, barred = expecting(facts.rules, needs, departs_on(facts, person))
    wants = {paper for paper in ("medif", "pre_embarkation") if needs.get(paper)}
    papers = [paper for paper in read.current(clearance.FitnessPaper) if str(paper.person_id) == person.id]
    signed = [(paper, bool(read.vault.open(paper, "fit"))) for paper in papers]
    good = {paper.paper for paper, fit in signed if fit and is_good(facts, person, paper)}
    refused = any(not fit and paper.id > row.id for paper, fit in signed[-1:])  # until somebody looks again
    return f.Fitness(
        bool(read.vault.open(row, "fit")) and not refused, row.valid_from, row.valid_until, barred,
        frozenset(wants | ({"certificate"} if certificate else set())), frozenset(good),
        bool(needs.get("medical_escort")), is_prepared(facts.rules, needs),
    )  # fmt: skip


def expecting(rules: Rules, needs: Mapping[str, Any], day: date) -> tuple[bool, bool]:
    """Whether a certificate is wanted for a flight on a day, and whether none is possible (domain.md §1.6)."""
    if not needs.get("due_on"):
        return False, False
    week = full_weeks(date.fromisoformat(needs["due_on"]), day)
    rows = sorted(rules.rows(PregnancyWeek), key=lambda row: row.expecting)
    rule = next((row for row in rows if row.expecting >= int(needs.get("expecting") or 1)), rows[-1])
    return rule.certificate_from <= week < rule.none_from, week >= rule.none_from


def full_weeks(due_on: date, day: date) -> int:
    """The full weeks on a day, from the estimated due date."""
    return (TERM - (due_on - day).days) // 7


def is_good(facts: f.Facts, person: f.Traveller, paper: clearance.FitnessPaper) -> bool:
    """A paper that is young enough at the booked departure, and is for that flight where it must be."""
    rule = next((row for row in facts.rules.rows(FitnessPaperRule) if row.paper == paper.paper), None)
    booking = seat_of(facts, person)
    if rule is None or booking is None:
        return False
    is_for_it = not rule.one_itinerary or paper.generation == booking.generation
    return is_for_it and is_young(paper.signed_at, booking.departs_at, rule)


def is_young(signed_at: datetime, departs_at: datetime, rule: FitnessPaperRule) -> bool:
    """Signed before departure, and not longer before than the rule allows."""
    return timedelta() <= departs_at - signed_at <= timedelta(hours=rule.oldest_hours)


def is_prepared(rules: Rules, needs: Mapping[str, Any]) -> bool:
    """Escort and medical plan are confirmed, medicines and a receiving clinic are there, as far as needed."""
    if needs.get("medical_escort") and not needs.get("escort_confirmed"):
        return False
    if needs.get("medical_plan") and not needs.get("plan_confirmed"):
        return False
    if not needs.get("chronic"):
        return True
    supply = int(needs.get("medicines_months") or 0)
    least, most = rules.number("medicines_least"), rules.number("medicines_most")
    return least <= supply <= most and bool(needs.get("receiving_clinic"))
