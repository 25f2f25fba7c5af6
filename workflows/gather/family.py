"""Which cases are of the same family, and which must never meet this one."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from models.booking import LIVE, Booking
from models.case import Case
from models.family import FamilyLink, Separation
from workflows.gather.reader import Reader


def separated_from(read: Reader) -> frozenset[str]:
    """References of cases that must be kept away, opened from this side's own sealed rows."""
    return frozenset(str(read.vault.open(row, "other")) for row in read.all(Separation))


def family(read: Reader) -> frozenset[str]:
    """References of the cases in the same group now; never one that must be kept away."""
    mine = read.all(FamilyLink)
    if not mine or not mine[-1].joined:
        return frozenset()
    query = select(FamilyLink).where(
        col(FamilyLink.case_id).in_(select(FamilyLink.case_id).where(FamilyLink.group_id == mine[-1].group_id))
    )
    newest: dict[UUID, FamilyLink] = {}
    for row in read.session.exec(query.order_by(col(FamilyLink.at), col(FamilyLink.id))):
        newest[row.case_id] = row
    inside = [case_id for case_id, row in newest.items() if row.joined and row.group_id == mine[-1].group_id]
    refs = read.session.exec(select(Case.ref).where(col(Case.id).in_(inside), Case.id != read.case.id))
    return frozenset(refs) - separated_from(read)


def shunned(read: Reader) -> frozenset[tuple[str, str, datetime]]:
    """Flights on which somebody of a case that must be kept away sits now: carrier, number, departure."""
    refs = separated_from(read)
    if not refs:
        return frozenset()
    query = select(Booking).join(Case, col(Case.id) == Booking.case_id)
    rows = read.session.exec(query.where(col(Case.ref).in_(refs), col(Booking.status).in_(LIVE))).all()
    flights = (flight for row in rows for flight in read.vault.open(row, "flights") or [])
    return frozenset(
        (flight["carrier"], flight["flight_number"], datetime.fromisoformat(flight["departs_at"])) for flight in flights
    )
