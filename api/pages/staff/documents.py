"""Documents of a case: which can be printed, printing one, and its bytes. Printing is a POST and is written down."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session, col, select
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep
from api.documents.codes import said_of
from api.documents.consent import AUTHORITIES, TRUSTED
from api.documents.day_sheet import NoTicket
from api.documents.desk import Desk
from api.documents.kinds import KINDS
from api.documents.parts import Words
from api.documents.prints import Viewer, keep, pdf_of
from api.documents.spoken import N_
from api.errors import Problem
from api.pages.engine import page
from api.pages.staff.case import doors, opened
from api.pages.visitor import Posted, PostingStaff, StaffVisitor, Visitor
from api.pages.words import LANGUAGES, locale
from models.access import Act, Field, Tie, readable
from models.case import Case
from models.document_print import DocumentPrint
from models.handover import Handover, Partner
from models.person import Person
from models.queries.access import must_ref, relations_of
from models.queries.partners import names
from workflows.calendars import birthday
from workflows.class_three import note_class3
from workflows.facts import ADULT_AT
from workflows.lease import lock

router = APIRouter(include_in_schema=False)
LASTS = timedelta(minutes=15)
TITLES = {
    "declaration": N_("Voluntary return declaration"), "data_consent": N_("Consent to the use of data"),
    "transfer_consent": N_("Consent to pass on data"), "assent": N_("A child's own word"),
    "day_sheet": N_("Sheet for the day of travel"), "package": N_("Handover package"),
    "receipt": N_("Handover receipt"), "record": N_("Case record"),
}  # fmt: skip
OF_A_PERSON = ("declaration", "data_consent", "assent", "day_sheet")
OF_A_HANDOVER = ("package", "receipt")


@router.get("/cases/{ref}/documents")
def documents(request: Request, ref: str, house: HouseDep, visitor: StaffVisitor) -> HTMLResponse:
    """What may be printed, and what was."""
    with house.database.reading() as session:
        found = opened(session, visitor, ref, house.clock.now())
        case, allowed = found.case, found.fields
        desk = Desk(session, case, principal(session, case), Words(visitor.language), house.clock.now(), visitor.zone)
        people = signers(desk) if Field.IDENTITY in allowed else {}
        handovers = session.exec(select(Handover).where(Handover.case_id == case.id, Handover.reference != "")).all()
        printed, to = prints_of(session, ref), [named_recipient(desk, one) for one in recipients(session)]
        called = names(session)
    about = {kind: people.get(kind) for kind in OF_A_PERSON} | dict.fromkeys(OF_A_HANDOVER, handovers)
    kinds = [kind for kind in KINDS if may_print(kind, allowed) and about.get(kind, True)]
    spoken = desk.person.language if Field.IDENTITY in allowed else ""
    theirs = spoken if spoken in LANGUAGES else visitor.language
    return page(
        request, "staff/documents.html", visitor, case=case, kinds=kinds, titles=TITLES, people=people,
        handovers=handovers, printed=printed, languages={one: named(one) for one in LANGUAGES},
        of_a_person=OF_A_PERSON, of_a_handover=OF_A_HANDOVER, their_language=theirs,
        recipients=to, called=called, doors=doors(visitor, found),
    )  # fmt: skip


@router.post("/cases/{ref}/documents/{kind}")
def issue(ref: str, kind: str, house: HouseDep, visitor: PostingStaff, form: Posted) -> Response:
    """Print one: it is written down, with what of class 3 is in it, before anybody sees it (S12)."""
    if kind not in KINDS:
        raise Problem(404, "unknown_document", "There is no such document.")
    now, said = house.clock.now(), {name: str(value) for name, value in form.items()}
    with house.database.unit_of_work() as session:
        must_ref(session, visitor.staff, Act.SEE, ref, now)
        case = lock(session, ref)
        ties = relations_of(session, visitor.staff, case, now)
        desk = desk_of(session, case, visitor, ties, kind, said, now)
        row = printed(desk, kind, visitor)
        if desk.shown:
            note_class3(session, visitor.staff, case, ties, sorted(desk.shown), now, person=desk.person.id)
    return RedirectResponse(f"/cases/{ref}/documents/{row.id}.pdf", 303)


@router.get("/cases/{ref}/documents/{print_id}.pdf")
def pdf(request: Request, ref: str, print_id: UUID, house: HouseDep, visitor: StaffVisitor) -> Response:
    """The PDF, to whoever printed it, for a quarter of an hour, while they may still read what is in it."""
    now = house.clock.now()
    with house.database.reading() as session:
        case = must_ref(session, visitor.staff, Act.SEE, ref, now)
        row = session.get(DocumentPrint, print_id)
        if row is None or (row.case_ref, row.by) != (ref, visitor.staff.handle):
            raise Problem(404, "unknown_document", "There is no such document.")
        allowed = readable(visitor.staff, relations_of(session, visitor.staff, case, now))
        if now - row.at >= LASTS or not may_print(row.kind, allowed):
            raise Problem(410, "document_over", "This print can no longer be opened: print the document again.")
        made = pdf_of(session, row, request.app.state.settings.public_url, visitor.zone)
    name = f'attachment; filename="document-{str(row.id)[-12:]}.pdf"'
    return Response(made, media_type="application/pdf", headers={"Content-Disposition": name})


def may_print(kind: str, allowed: frozenset[Field]) -> bool:
    """Whether everything that a document must show may be read."""
    return set(KINDS[kind].needs) <= allowed


def desk_of(
    session: Session, case: Case, visitor: Visitor, ties: frozenset[Tie], kind: str, said: dict[str, str], now: Any
) -> Desk:
    """What is needed to print what was asked for. Raises Problem."""
    allowed, language = readable(visitor.staff, ties), said.get("language", "")
    if not may_print(kind, allowed):
        raise Problem(403, "document", "You may not read everything that this document shows.")
    if language not in LANGUAGES:
        raise Problem(422, "language", "Choose the language of the document from the list.")
    about = about_of(session, case, visitor, kind, said)
    who = person_of(session, case, said.get("person", "")) if kind in OF_A_PERSON else principal(session, case)
    return Desk(session, case, who, Words(language), now, visitor.zone, about, allowed)


def about_of(session: Session, case: Case, visitor: Visitor, kind: str, said: dict[str, str]) -> str:
    """What a document is about beside the person. Raises Problem."""
    if kind == "record":
        return visitor.staff.handle  # each reader has a record of their own: theirs replaces no other's
    if kind == "transfer_consent":
        return listed(said.get("to", ""), recipients(session), "Choose the recipient from the list.")
    if kind not in OF_A_HANDOVER:
        return ""
    known = session.exec(select(Handover.id).where(Handover.case_id == case.id)).all()
    return listed(said.get("handover", ""), [str(one) for one in known], "Choose one of the handovers of this case.")


def listed(value: str, among: list[str], remedy: str) -> str:
    """A value of a list: nobody types a recipient. Raises Problem."""
    if value not in among:
        raise Problem(422, "not_listed", remedy)
    return value


def recipients(session: Session) -> list[str]:
    """To whom data can be passed on, each with the purpose: ``recipient:purpose``."""
    partners = session.exec(select(Partner.code).where(col(Partner.stopped_at).is_(None)).order_by(Partner.code)).all()
    return [
        *(f"{code}:reception" for code in partners), *(f"{one}:authority" for one in AUTHORITIES), f"{TRUSTED}:contact",
    ]  # fmt: skip


def printed(desk: Desk, kind: str, visitor: Visitor) -> DocumentPrint:
    """Keep the print. Raises Problem where the document cannot be made now."""
    try:
        return keep(desk, kind, Viewer(visitor.staff.handle, " ".join(visitor.staff.roles)))
    except NoTicket:
        raise Problem(409, "no_ticket", "There is no ticket for this person now: book first.") from None


def signers(desk: Desk) -> dict[str, list[tuple[UUID, str]]]:
    """Whom each document can be about, with their names: adults declare, children give their own word."""
    everybody = [(one, desk.name(one), is_child(desk, one)) for one in desk.people()]
    adults = [(one.id, name) for one, name, child in everybody if not child]
    children = [(one.id, name) for one, name, child in everybody if child]
    return dict.fromkeys(OF_A_PERSON, adults + children) | {"declaration": adults, "assent": children}


def is_child(desk: Desk, person: Person) -> bool:
    """Under 18 today."""
    born = desk.vault.open_date(person, "born_on")
    return born is not None and birthday(born, ADULT_AT) > desk.now.date()


def principal(session: Session, case: Case) -> Person:
    """Whose case it is."""
    return session.exec(select(Person).where(Person.case_id == case.id, col(Person.principal))).one()


def person_of(session: Session, case: Case, id_: str) -> Person:
    """Somebody of the case. Raises Problem."""
    rows = session.exec(select(Person).where(Person.case_id == case.id)).all()
    found = next((row for row in rows if str(row.id) == id_), None)
    if found is None:
        raise Problem(422, "person", "Choose one of the people of this case.")
    return found


def named_recipient(desk: Desk, about: str) -> tuple[str, str]:
    """A recipient as a form offers it; a partner by its name."""
    recipient, _colon, purpose = about.partition(":")
    partner = desk.session.get(Partner, recipient) if purpose == "reception" else None
    return about, (partner.name or recipient) if partner else said_of(desk.words, recipient)


def prints_of(session: Session, ref: str, most: int = 50) -> list[DocumentPrint]:
    """The newest prints of a case."""
    query = select(DocumentPrint).where(DocumentPrint.case_ref == ref).order_by(col(DocumentPrint.id).desc())
    return list(session.exec(query.limit(most)).all())


def named(language: str) -> str:
    """A language by its own name."""
    return str(locale(language).get_language_name(language) or language)
