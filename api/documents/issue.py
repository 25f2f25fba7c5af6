"""The documents that other doors give: a partner's receipt and package, a person's sheet for the day of travel."""

from uuid import UUID

from sqlmodel import Session

from api.documents.desk import Desk
from api.documents.parts import Words
from api.documents.prints import Viewer, keep, pdf_of
from models.case import Case
from models.handover import Handover
from models.person import Person
from workflows.house import House
from workflows.lease import lock


def receipt_pdf(house: House, handover_id: UUID, language: str, viewer: Viewer, url: str, zone: str) -> bytes:
    """The receipt of a handover; printing is written down. Raises LookupError for a handover there is none of."""
    return of_handover(house, "receipt", handover_id, language, viewer, url, zone)


def package_pdf(house: House, handover_id: UUID, language: str, viewer: Viewer, url: str, zone: str) -> bytes:
    """Everything a partner was sent of a handover. Whether it may still read it is the door's to ask, before."""
    return of_handover(house, "package", handover_id, language, viewer, url, zone)


def day_sheet_pdf(house: House, person_id: UUID, language: str, viewer: Viewer, url: str, zone: str) -> bytes:
    """The sheet for somebody's day of travel. Raises NoTicket, or LookupError for a person there is none of."""
    with house.database.unit_of_work() as session:
        person = session.get(Person, person_id)
        if person is None:
            raise LookupError("no such person")
        return printed(house, session, "day_sheet", person, "", language, viewer, url, zone)


def of_handover(
    house: House, kind: str, handover_id: UUID, language: str, viewer: Viewer, url: str, zone: str
) -> bytes:
    """A document about one handover and its principal."""
    with house.database.unit_of_work() as session:
        row = session.get(Handover, handover_id)
        if row is None:
            raise LookupError("no such handover")
        person = session.get_one(Person, row.person_id)
        return printed(house, session, kind, person, str(row.id), language, viewer, url, zone)


def printed(
    house: House, session: Session, kind: str, person: Person, about: str, language: str, viewer: Viewer, url: str,
    zone: str,
) -> bytes:  # fmt: skip
    """Lock the case, keep the print, and give its PDF: the row is committed before anybody sees a byte."""
    case = lock(session, session.get_one(Case, person.case_id).ref)
    desk = Desk(session, case, person, Words(language), house.clock.now(), zone, about)
    return pdf_of(session, keep(desk, kind, viewer), url, zone)
