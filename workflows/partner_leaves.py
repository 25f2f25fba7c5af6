"""A partner leaves the programme: keys and access end at once, and every case that lies with it is woken.

Each of these cases then asks a counsellor for another partner, and operations for the proof that nothing is left.
"""

from sqlmodel import Session, col, select

from models.case import Case
from models.event import append
from models.handover import Handover, Partner
from models.handover_state import WITH_PARTNER
from models.staff import ApiKey, Staff
from workflows.commands import touch
from workflows.house import House
from workflows.lease import lock


def leave(house: House, code: str, by: str) -> list[str] | None:
    """End it. Gives the references of the cases that need another partner; None for a partner nobody knows."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        partner = session.get(Partner, code)
        if partner is None:
            return None
        partner.stopped_at = partner.stopped_at or now
        for staff in session.exec(select(Staff).where(Staff.partner == code)).all():
            staff.active = False
            for key in session.exec(select(ApiKey).where(ApiKey.staff_handle == staff.handle)).all():
                key.revoked_at = key.revoked_at or now
        append(session, "partners", "partner.left", by, now, partner=code)
        return [woken(session, ref, code, by, house) for ref in refs_of(session, code)]


def refs_of(session: Session, code: str) -> list[str]:
    """The cases of which something lies with a partner, or would be offered to it next."""
    lying = select(Handover.case_id).where(Handover.partner == code, col(Handover.status).in_(WITH_PARTNER))
    mine = (col(Case.id).in_(lying)) | (Case.partner == code)
    return list(session.exec(select(Case.ref).where(mine, col(Case.closed_at).is_(None)).order_by(col(Case.ref))))


def woken(session: Session, ref: str, code: str, by: str, house: House) -> str:
    """A case is due at once."""
    case, now = lock(session, ref), house.clock.now()
    append(session, ref, "partner.left", by, now, partner=code)
    touch(case, now)
    return ref
