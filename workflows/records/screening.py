"""Records screening, interview, decisions of a second person, vulnerability and needs that cannot wait."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from models.database import vault_of
from models.person import Person
from models.screening import (
    Body,
    Screening,
    StatusAppeal,
    StatusKind,
    TraffickingInterview,
    UrgentNeed,
    VictimStatus,
    VulnerabilityAssessment,
)
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.facts import Rules
from workflows.gather import gather
from workflows.pathways import rules_of
from workflows.pathways.tables.screening import Factor, Indicator, Need, Pick
from workflows.records.common import PROTECTION, STAFF, about, principal
from workflows.screening import trafficking_hint, vulnerability_hint


def screening(r: Recording) -> None:
    """The first step (domain.md §2.2), and at once a task for every need that cannot wait."""
    rules, who = rules_for(r), principal(r.session, r.case).id
    known(r.body.indicators, {row.code for row in rules.rows(Indicator)}, "indicators")
    known(r.body.urgent_needs, {row.code for row in rules.rows(Need)}, "urgent_needs")
    row = Screening(**r.row, person_id=who, vulnerable=r.body.vulnerable, asylum_pending=r.body.asylum_pending)
    r.save(row, result=r.body.result, indicators=r.body.indicators, suspicion=r.body.suspicion)
    for need in r.body.urgent_needs:
        r.save(UrgentNeed(**r.row, person_id=who), need=need)


def rules_for(r: Recording) -> Rules:
    """The lists of the case's version."""
    return rules_of(r.case.pathway, r.case.pathway_version)


def known(codes: Iterable[str], allowed: set[str], field: str) -> None:
    """Raises Wrong for a code that the list does not have."""
    strange = sorted(set(codes) - allowed)
    if strange:
        raise Wrong("unknown_code", f"{field}: {', '.join(strange)} is not on the list of this pathway.", field)


def interview(r: Recording) -> None:
    """One private conversation; a second one needs a reason."""
    refuse_interview(r)
    rules, who = rules_for(r), principal(r.session, r.case)
    for element, codes in (("means", r.body.means), ("purpose", r.body.purposes)):
        known(codes, {pick.code for pick in rules.rows(Pick) if pick.element == element}, element)
    hint = trafficking_hint(r.body.acts, r.body.means, r.body.purposes, child=is_child(r, who))
    row = TraffickingInterview(**r.row, person_id=who.id, language=r.body.language, interpreter=r.body.interpreter)
    findings = r.body.model_dump(include={"acts", "means", "purposes"})
    r.save(row, findings=findings, hint=hint, narrative=r.body.narrative, repeated_because=r.body.repeated_because)


def refuse_interview(r: Recording) -> None:
    """Alone with the person, with an interpreter who is nobody's friend, and once."""
    if not r.body.private:
        raise Refused("not_private", "Speak with the person alone; if that is not possible now, fix another time.",
                      "private")  # fmt: skip
    if r.body.interpreter_has_conflict:
        raise Refused("interpreter_conflict", "Take another interpreter, and hold the conversation again with them.",
                      "interpreter_has_conflict")  # fmt: skip
    held = select(TraffickingInterview.id).where(TraffickingInterview.case_id == r.case.id)
    if not r.body.repeated_because and r.session.exec(held).first():
        raise Refused("already_told", "The person has told it already: read the record, or say why it must be told "
                      "again.", "repeated_because")  # fmt: skip


def is_child(r: Recording, who: Person) -> bool:
    """Under 18 today."""
    facts = gather(r.session, r.case, r.now)
    return any(one.id == str(who.id) and one.is_child(r.now.date()) for one in facts.people)


def decision(r: Recording) -> None:
    """By somebody else than who held the interview, and on appeal by somebody who has not decided yet."""
    held = about(r, TraffickingInterview)
    if r.by == held.by:
        raise Refused("four_eyes", "Somebody else than who held the interview must decide.")
    before = r.session.exec(
        select(VictimStatus.by).where(
            VictimStatus.case_id == r.case.id, col(VictimStatus.kind) == StatusKind.ASSISTANCE
        )
    ).all()
    if gather(r.session, r.case, r.now).intake.trafficking.appealed and r.by in before:
        raise Refused("four_eyes", "On appeal somebody must decide who has not decided on it before.")
    status(r, held.person_id, StatusKind.ASSISTANCE, r.body.result, Body.OTHER, r.now.date(), held.id)


def status(
    r: Recording, who: UUID, kind: StatusKind, said: str, body: Body, on: date, interview_id: UUID | None = None
) -> None:
    """One row; nothing is replaced."""
    row = VictimStatus(**r.row, person_id=who, kind=kind, interview_id=interview_id, decided_on=on)
    r.save(row, status=said, body=body.value, reasons=r.body.reasons)


def official(r: Recording) -> None:
    """The word of an authority, with who decided."""
    if r.body.decided_on > r.now.date():
        raise Wrong("future", "decided_on: lies in the future; give the day of the decision.", "decided_on")
    who = principal(r.session, r.case).id
    status(r, who, StatusKind.OFFICIAL, r.body.status, r.body.body, r.body.decided_on)


def appeal(r: Recording) -> None:
    """The decision is looked at again; only a decision can be appealed."""
    rows = r.session.exec(
        select(VictimStatus)
        .where(VictimStatus.case_id == r.case.id, col(VictimStatus.kind) == StatusKind.ASSISTANCE)
        .order_by(col(VictimStatus.at))
    ).all()
    if not rows:
        raise Refused("nothing_decided", "There is no decision yet: it is being worked on.")
    r.save(StatusAppeal(**r.row, person_id=rows[-1].person_id), reasons=r.body.reasons)


def vulnerability(r: Recording) -> None:
    """The judgement of a person; the hint is worked out and kept beside it."""
    rules = rules_for(r)
    rows = {factor.code: factor for factor in rules.rows(Factor)}
    said = {factor.code: factor.polarity for factor in r.body.factors}
    known(said, set(rows), "factors")
    for code, polarity in said.items():
        if rows[code].polarity not in ("either", polarity):
            raise Wrong("polarity", f"factors: {code} is always {rows[code].polarity}.", "factors")
    row = VulnerabilityAssessment(**r.row, person_id=principal(r.session, r.case).id)
    factors = [factor.model_dump() for factor in r.body.factors]
    r.save(row, factors=factors, hint=vulnerability_hint(rules, said), level=r.body.level, reason=r.body.reason)


def urgent_need(r: Recording) -> None:
    """What was done about a need; done once."""
    row = about(r, UrgentNeed)
    if row.met_by:
        raise Refused("met", "Somebody has seen to this already.")
    row.met_by = r.by
    vault_of(r.session).seal(row, met=r.body.met)


INTERVIEWERS = (*STAFF, Role.PROTECTION_OFFICER)
FACTS = (
    Fact("screening", i.ScreeningIn, INTERVIEWERS, screening),
    Fact("trafficking_interview", i.InterviewIn, INTERVIEWERS, interview),
    Fact("trafficking_decision", i.StatusDecisionIn, PROTECTION, decision, only_when_asked=True),
    Fact("official_status", i.OfficialStatusIn, INTERVIEWERS, official),
    Fact("trafficking_appeal", i.TraffickingAppealIn, INTERVIEWERS, appeal),
    Fact("vulnerability", i.VulnerabilityIn, INTERVIEWERS, vulnerability),
    Fact("urgent_need", i.UrgentNeedIn, (*INTERVIEWERS, Role.MEDICAL_OFFICER), urgent_need, only_when_asked=True),
)
