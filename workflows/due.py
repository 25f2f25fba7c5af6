"""What the clock brings back: cases whose time has come, and messages that were stored but not yet understood."""

from sqlmodel import col, or_, select

from models.case import Case
from models.clock import wall
from models.inbound import Inbound
from models.pulse import beat
from workflows.commands.country import wake_unfinished
from workflows.enquiry import look_into_enquiries
from workflows.house import House
from workflows.inbox import understand
from workflows.lease import MOST_STUMBLES
from workflows.messages.outbox import post_waiting
from workflows.stopped import stop_some


def alive(house: House, name: str, **found: int) -> None:
    """Leave a sign of life, so that silence can be seen."""
    with house.database.unit_of_work() as session:
        beat(session, name, house.clock.now(), **found)


def due_refs(house: House, most: int) -> list[str]:
    """References of due cases that nobody is at, longest due first, and those that crashed before last."""
    with house.database.reading() as session:
        goes_on = col(Case.stumbles) < MOST_STUMBLES
        free = or_(col(Case.lease_until).is_(None), col(Case.lease_until) <= wall())
        query = select(Case.ref).where(col(Case.due_at) <= house.clock.now(), free, goes_on)
        return list(session.exec(query.order_by(col(Case.stumbles), col(Case.due_at)).limit(most)))


def reread(house: House) -> int:
    """Understand what was stored while we were away, tell the cases of a place that was held or opened then, and

    make tasks of cases that crashed too often.
    """
    stop_some(house)
    wake_unfinished(house)
    look_into_enquiries(house)
    post_waiting(house)
    with house.database.reading() as session:
        waiting = select(Inbound.id).where(col(Inbound.handled_at).is_(None), col(Inbound.trouble).is_(None))
        ids = list(session.exec(waiting))
    for inbound_id in ids:
        understand(house, inbound_id)
    return len(ids)
