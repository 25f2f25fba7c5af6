"""Break-glass: reading a case without a relation to it, for a reason, for an hour, under a second person's eyes (C4).

It opens no gate and changes no case: ``models.access`` lets it read and nothing else.
"""

import re
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from models.access import Act, Relation, Tie, may
from models.base import REF_LETTERS
from models.case import Case, UnknownCase
from models.database import vault_of
from models.event import append
from models.glass import Alert, ClassThreeRead, GlassBreak
from models.queries.access import NOBODYS, must, relations_of
from models.queries.glass import is_locked
from models.staff import Staff
from models.stage import Role
from workflows.commands import NotAllowed, Refused, Wrong
from workflows.house import House

LASTS = timedelta(minutes=60)
REVIEWED_WITHIN = timedelta(hours=24)
SHORTEST_REASON = 20
REASON = "glass_breaks.reason"
UNREVIEWED = (
    "An earlier emergency access of yours was not reviewed within 72 hours: ask your supervisor or a protection "
    "officer to review it; until then you can neither sign in, go on with an open session, use a key nor emergency "
    "access."
)
CATEGORIES = ("life_at_risk", "colleague_absent", "authority_request", "complaint", "data_subject_request", "other")
ALERT, UNKNOWN = "glass_broken", "glass_unknown"
NO_CASE = "staff"  # the chain of what is done by staff and not to a case
REF = re.compile(f"C-[{REF_LETTERS}]{{10}}")  # anything else may be a name, and is not kept


def break_glass(house: House, ref: str, category: str, reason: str, who: Staff, *, fresh: bool) -> GlassBreak:
    """Let somebody read a case for an hour, and tell their supervisor and protection at once.

    A reference that no case has opens nothing, and is written down, told and reviewed all the same (T14): whoever
    tries references out is seen. ``fresh``: they have just shown their second factor.
    Raises UnknownCase, NotAllowed, Wrong or Refused.
    """
    check(category, reason, fresh=fresh)
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        case = case_of(session, ref)
        must(session, who, Act.BREAK_GLASS, case or NOBODYS, now)
        refuse(session, who, case or NOBODYS, now)
        row = written(session, GlassBreak(
            at=now, handle=who.handle, case_ref=ref if REF.fullmatch(ref) else "", category=category,
            ends_at=now + LASTS if case else now,
        ), reason, who.supervisor, is_case=case is not None)  # fmt: skip
    if case is None:
        raise UnknownCase(ref)
    return row


def written(session: Session, row: GlassBreak, reason: str, supervisor: str | None, *, is_case: bool) -> GlassBreak:
    """The access, its reason sealed, the alerts and the event."""
    vault_of(session).seal(row, reason=reason.strip())
    session.add(row)
    session.add_all(alerts(row, supervisor, ALERT if is_case else UNKNOWN))
    subject, kind = (row.case_ref, "glass.broken") if is_case else (NO_CASE, "glass.unknown")
    append(session, subject, kind, row.handle, row.at, category=row.category, id=str(row.id))
    return row


def case_of(session: Session, ref: str) -> Case | None:
    """The case, locked until the transaction ends, if there is one."""
    return session.exec(select(Case).where(Case.ref == ref).with_for_update()).first()


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
        raise NotAllowed("locked", UNREVIEWED)
    if may(who, Act.SEE, relations_of(session, who, case, now), 2):
        raise Refused("not_needed", "You may see this case already.")


def alerts(row: GlassBreak, supervisor: str | None, kind: str = ALERT) -> list[Alert]:
    """One to whoever supervises them, or to every supervisor, and one to protection."""
    until = row.at + REVIEWED_WITHIN
    return [
        Alert(at=row.at, kind=kind, about=row.id, case_ref=row.case_ref, role=role, handle=handle, until=until)
        for role, handle in ((Role.SUPERVISOR, supervisor), (Role.PROTECTION_OFFICER, None))
    ]


def read_reason(house: House, glass: UUID, who: Staff) -> tuple[GlassBreak, str]:
    """An access and its reason, for whoever reviews it: that they read it is written down first (S12).

    Raises NotAllowed, Wrong or Refused.
    """
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        row = to_judge(session, glass, who)
        case = case_of(session, row.case_ref)
        session.add(ClassThreeRead(at=now, by=who.handle, case_ref=case.ref if case else "", fields=[REASON]))
        append(session, case.ref if case else NO_CASE, "class_three.read", who.handle, now, fields=[REASON])
    with house.database.reading() as session:
        return row, vault_of(session).open(row, "reason") or ""


def to_judge(session: Session, glass: UUID, who: Staff) -> GlassBreak:
    """One access that somebody may review now, locked until the transaction ends. Raises NotAllowed, Wrong, Refused."""
    if not may(who, Act.REVIEW):
        raise NotAllowed("role", "Only a supervisor or a protection officer reviews an emergency access.")
    row = session.exec(select(GlassBreak).where(GlassBreak.id == glass).with_for_update()).first()
    if row is None:
        raise Wrong("unknown", "There is no emergency access of this id.")
    if row.handle == who.handle:
        raise NotAllowed("four_eyes", "Somebody else must review what you did yourself.")
    if row.reviewed_at is not None:
        raise Refused("reviewed", "This was reviewed already.")
    return row


def review(house: House, glass: UUID, justified: bool, note: str, who: Staff) -> None:
    """A second person's word on a broken glass; not justified ends it at once. Raises NotAllowed, Wrong or Refused."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        row = to_judge(session, glass, who)
        case = case_of(session, row.case_ref)
        row.reviewed_at, row.reviewed_by, row.justified = now, who.handle, justified
        vault_of(session).seal(row, review=note.strip())
        row.ends_at = row.ends_at if justified else min(row.ends_at, now)
        settle(session, glass, now)
        subject = case.ref if case else NO_CASE
        append(session, subject, "glass.reviewed", who.handle, now, id=str(glass), justified=justified)


def settle(session: Session, glass: UUID, now: datetime) -> None:
    """Nobody has to look at it any more."""
    for alert in session.exec(select(Alert).where(Alert.about == glass, col(Alert.done_at).is_(None))).all():
        alert.done_at = now


def is_broken(ties: frozenset[Tie]) -> bool:
    """Whether a case is read by broken glass alone: pages say so on every line of it."""
    return bool(ties) and all(tie.relation is Relation.BROKEN_GLASS for tie in ties)
