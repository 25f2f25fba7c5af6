"""A partner's second device is held until whoever answers for the case says that it is the partner's own (T7).

The code went to the partner's own phone before; this is for the day when both of its channels are somebody else's.
"""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.case import Case
from models.event import append
from models.glass import Alert
from models.link import Link, hashed
from models.link_code import Entered, LinkCode
from models.link_session import LinkSession
from models.staff import Staff
from models.stage import Role
from workflows.house import House
from workflows.lease import lock

KIND = "second_device"
LOOK_WITHIN = timedelta(hours=1)


def hold(session: Session, case: Case, entered: Entered, now: datetime) -> None:
    """Tell whoever answers for the case; the session shows nothing until they have said."""
    visit = session.exec(select(LinkSession).where(LinkSession.sha256 == hashed(entered.cookie))).one()
    role, handle = (Role.SUPERVISOR, None) if case.unowned_since else (Role.COUNSELLOR, case.responsible)
    until = now + LOOK_WITHIN
    session.add(Alert(at=now, kind=KIND, about=visit.id, case_ref=case.ref, role=role, handle=handle, until=until))


def is_held(session: Session, visit: LinkSession) -> bool:
    """Whether nobody has said yet whose device this is."""
    waits = select(Alert.id).where(Alert.about == visit.id, Alert.kind == KIND, col(Alert.done_at).is_(None))
    return visit.is_other and session.exec(waits.limit(1)).first() is not None


def decide(house: House, alert: Alert, let_in: bool, who: Staff, wall: datetime) -> None:
    """The word on a device, once: the link is that device's from now on, or its session is over."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        lock(session, alert.case_ref)
        row, visit = session.get_one(Alert, alert.id), session.get_one(LinkSession, alert.about)
        if row.done_at is not None:
            return
        row.done_at, link = now, session.get_one(Link, visit.link_id)
        if let_in:
            link.device_sha256 = device_of(session, visit) or link.device_sha256
        else:
            visit.ended_at = visit.ended_at or wall
        kind = "link.let_in" if let_in else "link.shut_out"
        append(session, row.case_ref, kind, who.handle, now, link=link.id.hex[-6:])


def device_of(session: Session, visit: LinkSession) -> str | None:
    """The browser whose code began a session: both were written in one instant."""
    code = select(LinkCode.device_sha256).where(LinkCode.link_id == visit.link_id, LinkCode.used_at == visit.made_at)
    return session.exec(code).first()
