"""Break-glass: reading a case without a relation to it, for a reason, for an hour, under a second person's eyes (C4).

It opens no gate and changes no case: ``models.access`` lets it read and nothing else.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from models.access import Act, Relation, Tie, may
from models.case import Case
from models.database import vault_of
from models.event import append
from models.glass import Alert, GlassBreak
from models.queries.access import must, relations_of
from models.queries.glass import is_locked
from models.staff import Staff
from models.stage import Role
from workflows.commands import NotAllowed, Refused, Wrong
from workflows.house import House
from workflows.lease import lock

LASTS = timedelta(minutes=60)
REVIEWED_WITHIN = timedelta(hours=24)
SHORTEST_REASON = 20
CATEGORIES = ("life_at_risk", "colleague_absent", "authority_request", "complaint", "data_subject_request", "other")
ALERT = "glass_broken"


def break_glass(house: House, ref: str, category: str, reason: str, who: Staff, *, fresh: bool) -> GlassBreak:
    """Let somebody read a case for an hour, and tell their supervisor and protection at once.

    ``fresh``: they have just shown their second factor. Raises UnknownCase, NotAllowed, Wrong or Refused.
    """
    check(category, reason, fresh=fresh)
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        must(session, who, Act.BREAK_GLASS, case, now)
        refuse(session, who, case, now)
        row = GlassBreak(at=now, handle=who.handle, case_ref=ref, category=category, ends_at=now + LASTS)
        vault_of(session).seal(row, reason=reason.strip())
        session.add(row)
        session.add_all(alerts(row, who.supervisor))
        append(session, ref, "glass.broken", who.handle, now, category=category, id=str(row.id))
        return row


def check(category: str, reason: str, *, fresh: bool) -> None:
    """What the form alone can know. Raises NotAllowed or Wrong."""
    if not fresh:
        raise NotAllowed("step_up", "Show your second factor again first: this is asked for each time.")
    if category not in CATEGORIES:
        raise Wrong("unknown_code", f"category: one of {', '.join(CATEGORIES)}.", "category")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Wrong("too_short", f"reason: say why in at least {SHORTEST_REASON} characters.", "reason")


def refuse(session: Session, who: Staff, case: Case, now: datetime) -> None:
    """Not for who sees the case anyway, nor for who owes a review. Raises Refused or NotAllowed."""
    if is_locked(session, who.handle, now):
        raise NotAllowed("locked", "An earlier emergency access of yours was not reviewed in time: ask for the review.")
    if may(who, Act.SEE, relations_of(session, who, case, now), 2):
        raise Refused("not_needed", "You may see this case already.")


def alerts(row: GlassBreak, supervisor: str | None) -> list[Alert]:
    """One to whoever supervises them, or to every supervisor, and one to protection."""
    until = row.at + REVIEWED_WITHIN
    return [
        Alert(at=row.at, kind=ALERT, about=row.id, case_ref=row.case_ref, role=role, handle=handle, until=until)
        for role, handle in ((Role.SUPERVISOR, supervisor), (Role.PROTECTION_OFFICER, None))
    ]


def review(house: House, glass: UUID, justified: bool, note: str, who: Staff) -> None:
    """A second person's word on a broken glass; not justified ends it at once. Raises NotAllowed, Wrong or Refused."""
    if not may(who, Act.REVIEW):
        raise NotAllowed("role", "Only a supervisor or a protection officer reviews an emergency access.")
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        row = session.exec(select(GlassBreak).where(GlassBreak.id == glass).with_for_update()).first()
        if row is None:
            raise Wrong("unknown", "There is no emergency access of this id.")
        if row.handle == who.handle:
            raise NotAllowed("four_eyes", "Somebody else must review what you did yourself.")
        if row.reviewed_at is not None:
            raise Refused("reviewed", "This was reviewed already.")
        lock(session, row.case_ref)
        row.reviewed_at, row.reviewed_by, row.justified = now, who.handle, justified
        vault_of(session).seal(row, review=note.strip())
        row.ends_at = row.ends_at if justified else min(row.ends_at, now)
        settle(session, glass, now)
        append(session, row.case_ref, "glass.reviewed", who.handle, now, id=str(glass), justified=justified)


def settle(session: Session, glass: UUID, now: datetime) -> None:
    """Nobody has to look at it any more."""
    for alert in session.exec(select(Alert).where(Alert.about == glass, col(Alert.done_at).is_(None))).all():
        alert.done_at = now


def is_broken(ties: frozenset[Tie]) -> bool:
    """Whether a case is read by broken glass alone: pages say so on every line of it."""
    return bool(ties) and all(tie.relation is Relation.BROKEN_GLASS for tie in ties)
