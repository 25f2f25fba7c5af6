"""Who works on a case: taking it from a queue, giving it to somebody, handing it on. Each ends what was, at once (C3).

Who answers for a case is its owner and nothing else; specialists are rows of ``models.assignment``.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from models.access import Act, Relation, Tie, may
from models.assignment import CaseAssignment
from models.case import Case
from models.event import append
from models.queries.access import must, relations_of
from models.staff import Staff
from models.stage import Role
from workflows.commands.change import Change, NotAllowed, Refused, Wrong, touch
from workflows.house import House
from workflows.lease import UnknownCase, lock
from workflows.leaving import hand_on, owner

GIVEN = (
    Role.COUNSELLOR,
    Role.PROTECTION_OFFICER,
    Role.MEDICAL_OFFICER,
    Role.MOVEMENT_OFFICER,
    Role.SUPERVISOR,
    Role.COUNTRY_OFFICE,
)


def take(house: House, ref: str, role: Role, who: Staff) -> Change:
    """Whoever holds a role that is asked works on the case from now on; a counsellor answers for it.

    Raises UnknownCase, also when a colleague was faster, or Refused.
    """
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        case = open_case(session, ref)
        asked = Tie(role, Relation.ASKED)
        ties = relations_of(session, who, case, now)
        if Tie(role, Relation.ASSIGNED) in ties or (role is Role.COUNSELLOR and Tie(role, Relation.OWNER) in ties):
            raise Refused("yours_already", "You work on this case already.")
        if asked not in ties or not may(who, Act.TAKE, [asked]):
            raise UnknownCase(ref)
        give(session, case, role, who.handle, who.handle, now)
        return touch(case, now)


def assign(house: House, ref: str, role: Role, handle: str, who: Staff, *, beside: bool = False) -> Change:
    """Somebody works on the case in a role from now on, instead of whoever did, or ``beside`` them.

    As a counsellor they answer for it. Raises UnknownCase, Denied, Wrong or Refused.
    """
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        case = open_case(session, ref)
        must(session, who, Act.ASSIGN, case, now)
        named(session, role, handle)
        if not beside and role is not Role.COUNSELLOR:
            end(session, case, working(session, case, role), who.handle, now)
        give(session, case, role, handle, who.handle, now)
        return touch(case, now)


def release(house: House, ref: str, role: Role, handle: str, who: Staff) -> Change:
    """Somebody no longer works on the case: they say so themselves, or whoever assigns does.

    Raises UnknownCase, Denied, or Refused for somebody who did not work on it.
    """
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        must(session, who, Act.SEE if handle == who.handle else Act.ASSIGN, case, now)
        rows = [row for row in working(session, case, role) if row.handle == handle]
        if not rows:
            raise Refused("not_assigned", "handle: they do not work on this case in this role.", "handle")
        end(session, case, rows, who.handle, now)
        return touch(case, now)


def open_case(session: Session, ref: str) -> Case:
    """The case, locked. Raises UnknownCase, or Refused for a closed one."""
    case = lock(session, ref)
    if case.closed_at is not None:
        raise Refused("case_closed", "The case is closed: nobody is assigned to it any more.")
    return case


def named(session: Session, role: Role, handle: str) -> None:
    """Somebody of ours who holds the role. Raises Wrong."""
    if role is Role.COUNSELLOR:
        owner(session, handle)
        return
    staff = session.exec(select(Staff).where(Staff.handle == handle)).first()
    if role not in GIVEN or staff is None or staff.partner or not staff.has(role):
        raise Wrong("not_in_role", "handle: name an active colleague who holds this role.", "handle")


def give(session: Session, case: Case, role: Role, handle: str, by: str, now: datetime) -> None:
    """The owner, or one more row. Raises NotAllowed for a role that is not given."""
    if role not in GIVEN:
        raise NotAllowed("role", "Nobody is assigned to a case in this role.")
    if role is Role.COUNSELLOR:
        hand_on(session, case, handle, by, now)
        return
    if all(row.handle != handle for row in working(session, case, role)):
        session.add(CaseAssignment(case_id=case.id, at=now, by=by, role=role, handle=handle))
        append(session, case.ref, "case.assigned", by, now, role=role.value, to=handle)


def working(session: Session, case: Case, role: Role | None = None) -> list[CaseAssignment]:
    """Who works on a case now, in a role or in any."""
    query = select(CaseAssignment).where(CaseAssignment.case_id == case.id, col(CaseAssignment.until).is_(None))
    query = query.where(CaseAssignment.role == role) if role else query
    return list(session.exec(query.order_by(col(CaseAssignment.at), col(CaseAssignment.id))).all())


def end(session: Session, case: Case, rows: list[CaseAssignment], by: str, now: datetime) -> None:
    """From this instant on they see nothing more of the case."""
    for row in rows:
        row.until, row.ended_by = now, by
        append(session, case.ref, "case.released", by, now, role=row.role.value, handle=row.handle)
    session.flush()
