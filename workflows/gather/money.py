"""Gathers ``workflows.facts.money``."""

from decimal import Decimal

from models.money import Allowance, MoneyEntry, Move
from models.reconciliation import ClawBack, ClawBackDecision, DifferenceAnswer, Reconciliation, SpotCheck
from models.reintegration import Plan, PlanDecision, PlanDelay
from workflows import facts as f
from workflows.gather.reader import Reader


def money(read: Reader) -> f.Money:
    """The plan, its versions, the books and their checks."""
    agreed, pending = plans(read)
    delay = read.latest(PlanDelay)
    if not read.all(Plan):
        return f.Money(delay_at=delay.at if delay else None)
    allowances = read.all(Allowance)
    answers = [row.difference for row in read.all(DifferenceAnswer)]
    books = read.current(Reconciliation)
    found = books[-1].differences if books else []
    return f.Money(
        plan=str(agreed.id) if agreed else None, version=agreed.version if agreed else 0,
        lines=frozenset(agreed.lines) if agreed else frozenset(),
        pending=str(pending.id) if pending else None, delay_at=delay.at if delay else None,
        approved={(row.scope, row.name): row.approved_eur for row in allowances},
        paid_eur=next((row.paid_eur for row in allowances if row.scope == "family"), Decimal(0)),
        differences=tuple(key for key in [*found, *seen_otherwise(read)] if key not in answers), answers=len(answers),
        compared=frozenset(row.subject for row in books), spot_checks=spot_checks(read), claw_backs=claw_backs(read),
    )  # fmt: skip


def plans(read: Reader) -> tuple[Plan | None, Plan | None]:
    """The plan in force, and a newer one that nobody has decided about."""
    words = {row.plan_id: row.approved for row in read.current(PlanDecision)}
    versions = sorted(read.current(Plan), key=lambda plan: plan.version)
    agreed = [plan for plan in versions if words.get(plan.id)]
    newest = versions[-1] if versions and versions[-1].id not in words else None
    return (agreed[-1] if agreed else None), newest


def spot_checks(read: Reader) -> tuple[f.SpotCheck, ...]:
    """Every payment of this journey, with what a visit found."""
    found = {row.instalment_id: row.outcome for row in read.current(SpotCheck)}
    paid = [row for row in read.current(MoneyEntry) if row.move is Move.HANDED_OVER]
    return tuple(f.SpotCheck(str(row.instalment_id), str(row.id), row.at, found.get(row.instalment_id)) for row in paid)


def seen_otherwise(read: Reader) -> list[str]:
    """Visits that found something else than the certificate says: differences too, until somebody answers them."""
    return [f"visit.{row.instalment_id}" for row in read.current(SpotCheck) if row.outcome == "different"]


def claw_backs(read: Reader) -> tuple[str, ...]:
    """Proposals that nobody has decided about."""
    decided = {row.claw_back_id for row in read.all(ClawBackDecision)}
    return tuple(str(row.id) for row in read.all(ClawBack) if row.id not in decided)
