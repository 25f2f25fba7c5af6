"""Checks a plan before it is kept: its signature, its lines, its rates, and whether it fits under the caps."""

from datetime import date
from decimal import Decimal
from typing import Any

from models import reintegration
from models.money import in_euros
from workflows import inputs as i
from workflows.books import Rate
from workflows.caps import Scope, caps_of, sums_of
from workflows.commands import Recording, Refused, Wrong
from workflows.facts import Facts, Instalment, Rules
from workflows.pathways.tables.money import Feasibility, SupportKind, Trigger

BASE = "EUR"
DIMENSIONS = ("economic", "social", "psychosocial")


def check_agreement(r: Recording) -> None:
    """Signed already; and what the person left out was left out knowingly."""
    if r.body.signed_on > r.now.date():
        raise Wrong(
            "not_signed", "signed_on: lies in the future; record the plan once the person signed it.", "signed_on"
        )
    named = {goal.dimension for goal in r.body.goals} | set(r.body.left_out)
    for dimension in DIMENSIONS:
        if dimension not in named:
            raise Wrong("dimension", f"goals: say what the person wants for {dimension} life, or name it in left_out.",
                        "goals")  # fmt: skip


def check_lines(r: Recording, rules: Rules, people: frozenset[str], known: frozenset[str]) -> None:
    """Each line by itself."""
    for number, line in enumerate(r.body.lines):
        at = f"lines.{number}"
        kind = next((row for row in rules.rows(SupportKind) if row.code == line.kind), None)
        if kind is None:
            raise Wrong("kind", f"{at}.kind: not a kind of support of this pathway.", f"{at}.kind")
        if line.person and str(line.person) not in people:
            raise Wrong("unknown_person", f"{at}.person: not a person of this case.", f"{at}.person")
        check_feasibility(line, rules, at)
        check_payee(r, line, kind, known, at)
        triggers = {row.code for row in rules.rows(Trigger)}
        for part in line.instalments:
            if part.trigger not in triggers:
                raise Wrong("trigger", f"{at}.instalments: {part.trigger} is not a trigger of this pathway.", at)


def check_feasibility(line: i.LineIn, rules: Rules, at: str) -> None:
    """Every question of the grid is answered, and none with no."""
    field = f"{at}.feasibility"
    for row in rules.rows(Feasibility):
        word = line.feasibility.get(row.criterion)
        if word is None:
            raise Wrong("feasibility", f"{field}: say whether it is feasible as to {row.criterion}.", field)
        if word == "no":
            raise Wrong("not_feasible", f"{field}: not feasible as to {row.criterion}; plan something else.", field)


def check_payee(r: Recording, line: i.LineIn, kind: SupportKind, known: frozenset[str], at: str) -> None:
    """Money goes to somebody who is named; to a vendor unless there is a reason against it."""
    if not line.instalments:
        return
    said = {payee.code: payee.kind for payee in r.body.payees}
    if line.payee is None or line.payee not in known | set(said):
        raise Wrong("payee", f"{at}.payee: say who is paid, and name them in payees.", f"{at}.payee")
    if kind.vendor and said.get(line.payee, "vendor") != "vendor" and line.why_not_vendor is None:
        raise Wrong(
            "vendor", f"{at}.why_not_vendor: pay the vendor, or say why that is not safe.", f"{at}.why_not_vendor"
        )


def rate_for(r: Recording, rules: Rules, currency: str, said: list[i.RateIn], today: date) -> Rate:
    """The rate of a currency. Raises Wrong when it is missing, of the future, or too old."""
    if currency == BASE:
        return Rate(Decimal(1), today, "base")
    rate = next((one for one in said if one.currency == currency), None)
    if rate is None:
        raise Wrong("rate", f"rates: give the official rate of {currency} for one euro.", "rates")
    if not today - rules.time("rate_age") <= rate.on <= today:
        raise Wrong("rate_age", f"rates: the rate of {currency} is too old, or of the future; give the current one.",
                    "rates")  # fmt: skip
    return Rate(rate.per_eur, rate.on, rate.source)


def check_room(facts: Facts, new: list[tuple[str, str, Decimal]], kept: list[Instalment]) -> None:
    """All of it fits under every cap: the family's, each person's, each kind's."""
    old = [(one.person, one.kind, one.amount_eur) for one in kept if not one.approved and not one.ended]
    wanted, caps = sums_of([*new, *old]), caps_of(facts)
    for scope, eur in wanted.items():
        left = caps.get(scope, Decimal(0)) - remaining(facts, scope, kept)
        if eur > left:
            raise Refused("over_cap", over_cap(scope, max(left, Decimal(0))), "lines")


def remaining(facts: Facts, scope: Scope, kept: list[Instalment]) -> Decimal:
    """What stays approved in a scope: everything but what a change gives up."""
    going = [one for one in facts.instalments or () if one not in kept and one.approved and one.payment is None]
    given_up = sums_of((one.person, one.kind, one.amount_eur) for one in going)
    return facts.money.approved.get(scope, Decimal(0)) - given_up.get(scope, Decimal(0))


def over_cap(scope: Scope, left: Decimal) -> str:
    """In words that a counsellor understands."""
    of = {"family": "the family", "person": "this person", "category": f"support of the kind {scope[1]}"}[scope[0]]
    return f"The cap for {of} leaves {left:.2f} EUR: plan less. Nobody can raise a cap in a case."


def is_spent(facts: Facts, instalment: Instalment) -> bool:
    """Money moved or may be moving."""
    effect = facts.effect("order_payment", instalment.id)
    moving = effect is not None and effect.state in ("sent", "unknown", "confirmed")
    return instalment.payment is not None or moving


def check_spent(facts: Facts, keeps: set[str]) -> None:
    """Raises Refused when a line would be given up that money was spent on."""
    for one in facts.instalments or ():
        if one.line not in keeps and is_spent(facts, one):
            raise Refused("spent", f"Money was spent on line {one.line}: keep it, it cannot be changed any more.",
                          "keeps")  # fmt: skip


def kept_instalments(facts: Facts, keeps: set[str]) -> list[Instalment]:
    """Those of the lines that a change keeps. Raises Refused and Wrong."""
    check_spent(facts, keeps)
    if keeps - facts.money.lines:
        unknown = ", ".join(sorted(keeps - facts.money.lines))
        raise Wrong("keeps", f"keeps: {unknown} is not a line of the plan in force.", "keeps")
    return [one for one in facts.instalments or () if one.line in keeps]


def amounts(r: Recording, rates: dict[str, Rate], principal: str) -> list[tuple[str, str, Decimal]]:
    """Person, kind and euros of every new instalment."""
    return [
        (str(line.person or principal), line.kind, in_euros(part.amount, rates[line.currency].value))
        for line in r.body.lines
        for part in line.instalments
    ]


def line_row(r: Recording, line: i.LineIn, kind: SupportKind, person: Any, rate: Rate) -> reintegration.PlanLine:
    """A line as it is kept."""
    return reintegration.PlanLine(
        **r.row, kind=line.kind, dimension=kind.dimension, level=line.level, for_person=person, payee=line.payee,
        why_not_vendor=line.why_not_vendor, feasibility=dict(line.feasibility), currency=line.currency,
        rate=rate.value, rate_on=rate.on, rate_source=rate.source,
    )  # fmt: skip
