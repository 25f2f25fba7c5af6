"""What the person agreed to, each with its way back, and who has seen what of them."""

from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep, NudgerDep
from api.pages.engine import page
from api.pages.person.visitor import AtWindow, Own, PostingOwn
from models.case import Case
from models.consent import Consent, ConsentKind
from models.queries.cases import by_ref
from models.queries.partners import names
from models.queries.sharing import looked_at_by, standing_consent, standing_consents, told_to
from workflows import themselves
from workflows.commands import Change, Refused
from workflows.house import House
from workflows.inputs.counselling import DataConsentIn, TransferIn
from workflows.lease import UnknownCase

router = APIRouter(prefix="/w", include_in_schema=False)
GOES_FIRST = True
# The names of fields that left the house, as what they tell.
TELLS = {
    "who": ("people", "given_name", "given_names", "family_name", "native_name", "born_on", "sex", "gender", "title",
            "nationality"),
    "papers": ("document", "number", "expires_on", "photo"),
    "reach": ("phone", "no_contact_note", "contact"),
    "needs": ("reception_needs", "medical_alerts", "staff_gender"),
    "flight": ("flights", "meeting_point"),
    "plan": ("lines",),
}  # fmt: skip
TOLD = {"airline": "airline", "consulate": "consulate"}


def to_their_page() -> RedirectResponse:
    """Back to the first page: an answer of its own each time, for nothing of one person may reach another."""
    return RedirectResponse("/w", 303)


def case_of(session: Session, own: Own) -> Case:
    """Their case. Raises UnknownCase."""
    case = by_ref(session, own.ref)
    if case is None:
        raise UnknownCase(own.ref)
    return case


def may_end(consent: Consent, own: Own) -> bool:
    """Whether it is taken back here: the journey has a page of its own, and what an authority knows it knows."""
    ends = consent.kind is ConsentKind.DATA or consent.purpose == "reception"
    return ends and not own.closed


@router.get("/consents")
def consents(request: Request, house: HouseDep, own: AtWindow) -> Response:
    """Everything that holds now."""
    if own.empty:
        return to_their_page()
    with house.database.reading() as session:
        rows, called = standing_consents(session, case_of(session, own)), names(session)
    return page(request, "person/consents.html", own, rows=[(row, may_end(row, own)) for row in rows], called=called)


@router.get("/consents/{consent}")
def sure(request: Request, consent: UUID, house: HouseDep, own: AtWindow) -> Response:
    """What happens when it is taken back, and one button."""
    with house.database.reading() as session:
        row = None if own.empty else standing_consent(session, case_of(session, own), consent)
        called = names(session)
    if row is None or not may_end(row, own):
        return RedirectResponse("/w/consents", 303)
    return page(request, "person/consent.html", own, row=row, called=called)


@router.post("/consents/{consent}")
def end(consent: UUID, house: HouseDep, nudger: NudgerDep, own: PostingOwn) -> Response:
    """Taken back at once; pressed twice it is done once."""
    with house.database.reading() as session:
        row = None if own.empty else standing_consent(session, case_of(session, own), consent)
    if row is not None and may_end(row, own):
        try:
            nudger.push(taken_back(house, own, row))
        except Refused:
            return RedirectResponse("/w/consents", 303)
    return RedirectResponse("/w/done/consent", 303)


def taken_back(house: House, own: Own, row: Consent) -> Change:
    """The same text, and a no. Raises Refused."""
    text = {"text_version": row.text_version, "text_hash": row.text_hash, "language": row.language}
    if row.kind is ConsentKind.DATA:
        return themselves.say(house, own.ref, "data_consent", DataConsentIn(**text, given=False))
    said = TransferIn(**text, recipient=str(row.recipient), given=False)
    return themselves.say(house, own.ref, "transfer_consent", said)


@router.get("/seen")
def seen(request: Request, house: HouseDep, own: AtWindow) -> Response:
    """Who was told what, and who of us read what is most private: roles, and nobody's name."""
    if own.empty:
        return to_their_page()
    with house.database.reading() as session:
        case = case_of(session, own)
        told = [(one, TOLD.get(one.recipient, "partner"), tells(one.fields)) for one in told_to(session, case)]
        looked, called = looked_at_by(session, case), names(session)
    return page(request, "person/seen.html", own, told=told, looked=looked, called=called)


def tells(fields: tuple[str, ...]) -> list[str]:
    """What the fields tell; what has no group is other."""
    known = {name: group for group, some in TELLS.items() for name in some}
    return list(dict.fromkeys(known.get(name, "other") for name in fields))
