"""Notes on a case, for those who work on it: never edited, and every reading is written down first (S12)."""

from fastapi import APIRouter, Request
from sqlmodel import col, select
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep
from api.pages.engine import page
from api.pages.staff.case import doors, opened
from api.pages.staff.risk_form import text
from api.pages.visitor import Posted, PostingStaff, StaffVisitor, Visitor
from models.access import Act, Field, may
from models.case_note import CaseNote
from models.database import vault_of
from models.event import append
from models.person import Person
from models.queries.access import Denied
from workflows.class_three import seen_class3
from workflows.house import House
from workflows.lease import lock

router = APIRouter(prefix="/cases/{ref}/notes", include_in_schema=False)
LONGEST = 4000


@router.get("")
def read(ref: str, request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """All notes, the newest first."""
    return shown(ref, request, visitor, house)


def shown(
    ref: str, request: Request, visitor: Visitor, house: House, status: int = 200, typed: str = ""
) -> HTMLResponse:
    """The page, also when a note cannot be kept."""
    seen_class3(house, visitor.staff, ref, ("case_notes.text",), Field.NARRATIVE)
    with house.database.reading() as session:
        found, vault = opened(session, visitor, ref, house.clock.now()), vault_of(session)
        rows = session.exec(select(CaseNote).where(CaseNote.case_id == found.case.id).order_by(col(CaseNote.at).desc()))
        notes = [(row, vault.open(row, "text")) for row in rows]
    return page(
        request, "staff/notes.html", visitor, status, case=found.case, notes=notes, typed=typed, longest=LONGEST,
        doors=doors(visitor, found),
    )  # fmt: skip


@router.post("")
def write(ref: str, request: Request, visitor: PostingStaff, form: Posted, house: HouseDep) -> Response:
    """Keep a note. An empty or a very long one comes back as it was typed."""
    said, now = text(form, "text") or "", house.clock.now()
    if not said or len(said) > LONGEST:
        return shown(ref, request, visitor, house, 422, said)
    with house.database.unit_of_work() as session:
        found = opened(session, visitor, ref, now, Act.RECORD)
        if not may(visitor.staff, Act.SEE, found.ties, 3, Field.NARRATIVE):
            raise Denied
        case = lock(session, ref)
        person = session.exec(select(Person).where(Person.case_id == case.id, Person.principal)).one()
        row = CaseNote(case_id=case.id, at=now, by=visitor.staff.handle, journey=case.journey, person_id=person.id)
        vault_of(session).seal(row, text=said)
        session.add(row)
        append(session, ref, "case.noted", visitor.staff.handle, now)
    return RedirectResponse(f"/cases/{ref}/notes", 303)
