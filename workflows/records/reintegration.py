"""Records plans, their changes and late claims."""

from uuid import UUID

from sqlmodel import col, select

from models import reintegration
from models.money import Move
from models.stage import Role
from workflows import books
from workflows import inputs as i
from workflows.calendars import months_after
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.facts import Facts
from workflows.gather import gather
from workflows.pathways.tables.money import SupportKind
from workflows.records import plan as p
from workflows.records.common import STAFF, SUPERVISOR, about
from workflows.records.payee import keep_payee, known_codes


def plan(r: Recording) -> None:
    """The first plan, as the person signed it."""
    facts = gather(r.session, r.case, r.now)
    if facts.money.plan or facts.money.pending:
        raise Refused("has_plan", "There is a plan already: record a plan change, which keeps what was spent.")
    books.release_earlier(r.session, r.case, r.by, r.now)
    keep_plan(r, gather(r.session, r.case, r.now), set())


def plan_change(r: Recording) -> None:
    """A new version. What was spent stays as it is; what is not kept and not spent ends with this version."""
    facts = gather(r.session, r.case, r.now)
    if facts.money.pending:
        raise Refused("undecided", "A version of the plan waits for the supervisor: it must be decided first.")
    if facts.money.plan is None:
        raise Refused("no_plan", "There is no plan in force to change: record the plan.")
    keep_plan(r, facts, {str(line) for line in r.body.keeps})


def keep_plan(r: Recording, facts: Facts, keeps: set[str]) -> None:
    """Check everything, then keep the version with its lines and instalments."""
    kept = p.kept_instalments(facts, keeps)
    p.check_agreement(r)
    p.check_lines(r, facts.rules, frozenset(one.id for one in facts.people), known_codes(r))
    currencies = {line.currency for line in r.body.lines}
    rates = {one: p.rate_for(r, facts.rules, one, r.body.rates, r.now.date()) for one in currencies}
    p.check_room(facts, p.amounts(r, rates, facts.principal.id), kept)
    for payee in r.body.payees:
        keep_payee(r, payee)
    said = r.body.model_dump(include={"text_version", "text_hash", "language", "interpreter", "signed_on", "left_out"})
    row = r.save(
        reintegration.Plan(
            **r.row, **said, version=newest_version(r) + 1, reason=getattr(r.body, "reason", None),
            goals=[goal.model_dump() for goal in r.body.goals],
        )
    )  # fmt: skip
    r.session.flush()
    row.lines = [*sorted(keeps), *(keep_line(r, facts, row.id, line, rates[line.currency]) for line in r.body.lines)]


def newest_version(r: Recording) -> int:
    """Of this journey's plans; 0 when there is none."""
    mine = select(reintegration.Plan.version).where(
        reintegration.Plan.case_id == r.case.id, reintegration.Plan.journey == r.case.journey
    )
    return max(r.session.exec(mine), default=0)


def keep_line(r: Recording, facts: Facts, plan_id: UUID, line: i.LineIn, rate: books.Rate) -> str:
    """One line with its instalments. Gives its id."""
    kind = next(row for row in facts.rules.rows(SupportKind) if row.code == line.kind)
    row = r.save(p.line_row(r, line, kind, line.person or UUID(facts.principal.id), rate))
    r.session.flush()
    for ordinal, part in enumerate(line.instalments, start=1):
        r.save(
            reintegration.Instalment(
                **r.row, plan_id=plan_id, line_id=row.id, ordinal=ordinal, label=line.kind, trigger=part.trigger,
                amount=part.amount, currency=line.currency, due_on=part.due_on,
            )
        )  # fmt: skip
    return str(row.id)


def plan_approval(r: Recording) -> None:
    """A second person's word on a version; what a change gives up goes back to the budget."""
    row = about(r, reintegration.Plan)
    if row.by == r.by:
        raise Refused("four_eyes", "Somebody else than who proposed this version of the plan must decide.")
    facts = gather(r.session, r.case, r.now)
    if r.body.approved:
        p.check_spent(facts, set(row.lines))
        for one in facts.instalments or ():
            if one.line not in row.lines and one.approved:
                gone = r.session.get_one(reintegration.Instalment, UUID(one.id))
                books.move(r.session, gone, Move.RELEASED, r.by, r.now)
    r.save(reintegration.PlanDecision(**r.row, plan_id=row.id, approved=r.body.approved))


def plan_delay(r: Recording) -> None:
    """Why it takes longer."""
    r.save(reintegration.PlanDelay(**r.row, reason=r.body.reason))


def claim_end(r: Recording) -> None:
    """More time, once and for somebody vulnerable; or the end, with its reason."""
    row = about(r, reintegration.Instalment)
    if (r.body.extend_to is None) == (r.body.lapse is None):
        raise Wrong("either", "extend_to, lapse: give one of the two: a later day, or why the claim ends.", "extend_to")
    if r.body.extend_to:
        check_extension(r, row)
    r.save(
        reintegration.ClaimDecision(
            **r.row, instalment_id=row.id, extended_to=r.body.extend_to, lapse_reason=r.body.lapse
        )
    )


def check_extension(r: Recording, row: reintegration.Instalment) -> None:
    """Only for somebody vulnerable, only once, and not beyond the limit."""
    facts = gather(r.session, r.case, r.now)
    line = r.session.get_one(reintegration.PlanLine, row.line_id)
    months = int(facts.rules.number("claim_months") + facts.rules.number("claim_extension"))
    last = months_after(line.at, months, "UTC").date()
    if not facts.is_vulnerable:
        raise Refused("not_vulnerable", "More time is for a vulnerable person: end the claim, or record the screening.")
    if already_extended(r, row):
        raise Refused("extended", "This claim was given more time before: it can only end now.")
    if not r.now.date() < r.body.extend_to <= last:
        raise Wrong("extension", f"extend_to: give a day after today and up to {last}.", "extend_to")


def already_extended(r: Recording, row: reintegration.Instalment) -> bool:
    """Whether there was more time before."""
    decisions = select(reintegration.ClaimDecision.id).where(
        reintegration.ClaimDecision.instalment_id == row.id, col(reintegration.ClaimDecision.extended_to).is_not(None)
    )
    return r.session.exec(decisions).first() is not None


def claim_reminder(r: Recording) -> None:
    """The person was told, or could not be."""
    row = about(r, reintegration.Instalment)
    r.save(reintegration.ClaimReminder(**r.row, instalment_id=row.id, told=r.body.told))


FACTS = (
    Fact("reintegration_plan", i.PlanIn, STAFF, plan),
    Fact("plan_change", i.PlanChangeIn, STAFF, plan_change),
    Fact("plan_approval", i.PlanDecisionIn, SUPERVISOR, plan_approval, only_when_asked=True),
    Fact("plan_delay", i.PlanDelayIn, SUPERVISOR, plan_delay),
    Fact("claim_end", i.ClaimEndIn, (Role.SUPERVISOR, Role.OPERATIONS), claim_end),
    Fact("claim_reminder", i.ClaimReminderIn, STAFF, claim_reminder),
)
