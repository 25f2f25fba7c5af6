"""Records how a case ends: the decision, a second person's word, and how long the file is kept from then on."""

from sqlmodel import col, select

from models.case import Case
from models.closure import Closure, ClosureReview, Retention
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.facts import Facts
from workflows.gates.closure import erase_on, fits, kept_as, needs_second, reason_row
from workflows.gather import gather
from workflows.inputs import closure as i
from workflows.pathways.tables.closure import ClosureReason
from workflows.records.common import STAFF, SUPERVISOR, about


def closure(r: Recording) -> None:
    """The decision. It closes the case, unless a second person must agree first (domain.md §4.7)."""
    facts = gather(r.session, r.case, r.now)
    row = checked(r, facts)
    r.save(Closure(**r.row, reason=row.reason, checklist=sorted(r.body.checklist)))
    if not needs_second(facts, row):
        close(r, facts, row.reason)


def checked(r: Recording, facts: Facts) -> ClosureReason:
    """The reason as the rules know it, for this case, with its whole checklist. Raises Wrong."""
    row = reason_row(facts.rules, r.body.reason)
    if row is None or not fits(facts, row):
        known = ", ".join(one.reason for one in facts.rules.rows(ClosureReason) if fits(facts, one))
        raise Wrong("no_such_reason", f"reason: for this case choose one of {known}.", "reason")
    missing = [item for item in row.checklist if item not in r.body.checklist]
    if missing:
        raise Wrong("checklist", f"checklist: confirm that this was done: {', '.join(missing)}.", "checklist")
    return row


def closure_review(r: Recording) -> None:
    """A second person agrees, and the case is closed; or does not, and the counsellor decides anew."""
    row = about(r, Closure)
    if r.by == row.by:
        raise Refused("four_eyes", "Somebody else than who decided the closing must agree: ask another supervisor.")
    r.save(ClosureReview(**r.row, closure_id=row.id, agreed=r.body.agreed))
    if r.body.agreed:
        close(r, gather(r.session, r.case, r.now), row.reason)


def close(r: Recording, facts: Facts, reason: str) -> None:
    """The end, and the beginning of the file's last years: for every episode of these people alike."""
    r.case.closed_at, r.case.outcome, r.case.suspended_at = r.now, reason, None
    kind = kept_as(facts)
    day = erase_on(facts.rules, kind, r.now)
    for case in episodes(r):
        r.session.add(Retention(case_id=case.id, at=r.now, by=r.by, kept_as=kind, erase_on=day))


def episodes(r: Recording) -> list[Case]:
    """This case and the earlier ones of the same people."""
    found = [r.case]
    while found[-1].previous_id is not None:
        found.append(r.session.exec(select(Case).where(col(Case.id) == found[-1].previous_id)).one())
    return found


FACTS = (
    Fact("closure", i.ClosureIn, STAFF, closure, only_when_asked=True),
    Fact("closure_review", i.ClosureReviewIn, SUPERVISOR, closure_review, only_when_asked=True),
)
