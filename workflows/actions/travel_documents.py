"""Asks a consulate for a travel document: only what such a document needs, never why somebody needs it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from integrations.consulate import Application as Form
from integrations.consulate import ApplicationStatus, ApplicationView
from models.case import Case
from models.database import keyring_of, vault_of
from models.effect import Effect
from models.person import Person
from models.travel_document import Application, Custody, Holder, PaperWord, TravelDocument
from models.vault import blind_index
from workflows.actions.disclosure import on_the_declaration
from workflows.actions.people import opened
from workflows.facts import Facts
from workflows.house import World
from workflows.ledger import Action, Letter

ROOM = timedelta(days=60)


def person_of(session: Session, effect: Effect) -> Person:
    """Whom an effect is about: its subject is ``journey.person`` or ``person.generation``."""
    part = next(part for part in effect.subject.split(".") if len(part) == 36)
    return session.get_one(Person, UUID(part))


def form_of(session: Session, case: Case, effect: Effect, facts: Facts) -> Form:
    """The application as the consulate gets it."""
    person = opened(session, person_of(session, effect))
    by = max(facts.travel_day, facts.now.date() + ROOM)
    proofs = proofs_of(session, case, effect)
    return Form(travel_to=case.country, travel_by=by, proofs=proofs, **{**person, "sex": person["sex"].lower()})


def proofs_of(session: Session, case: Case, effect: Effect) -> tuple[str, ...]:
    """The other proof of nationality that was found on this journey, for a second try."""
    words = session.exec(
        select(PaperWord).where(
            PaperWord.person_id == person_of(session, effect).id, PaperWord.kind == "nationality_evidence",
            PaperWord.journey == case.journey,
        )
    ).all()  # fmt: skip
    found = [proof for word in words for proof in vault_of(session).open(word, "said")["proofs"]]
    return tuple(dict.fromkeys(found))


def lodge(world: World, letter: Letter) -> ApplicationView:
    """Lodge it."""
    return world.consulate.lodge(letter.body, key=letter.key)


def find(world: World, letter: Letter) -> ApplicationView | None:
    """An application whose answer was lost."""
    return world.consulate.find(letter.key)


def lodged(session: Session, case: Case, effect: Effect, letter: Letter, view: ApplicationView, now: datetime) -> None:
    """Keep the consulate's reference; its clock runs from now on."""
    effect.reference = view.reference
    row = Application(
        case_id=case.id, at=now, by="sila", journey=effect.journey, person_id=person_of(session, effect).id,
        reference=view.reference, status=view.status.value, refusal_code=view.refusal_code,
        looked_at=now, moved_at=now, generation=effect.generation,
    )  # fmt: skip
    session.add(row)
    take_document(session, case, row, view, now)


def application_of(session: Session, effect: Effect) -> Application:
    """The newest application of the person."""
    person = person_of(session, effect)
    rows = session.exec(select(Application).where(Application.person_id == person.id)).all()
    return max(rows, key=lambda row: (row.at, row.id))


def reference_of(session: Session, case: Case, effect: Effect, facts: Facts) -> str:
    """Which application to look at."""
    return application_of(session, effect).reference


def look_up(world: World, letter: Letter) -> ApplicationView:
    """Where it stands."""
    return world.consulate.look_up(letter.body)


def looked(session: Session, case: Case, effect: Effect, letter: Letter, view: ApplicationView, now: datetime) -> None:
    """Take over what the consulate says, and an issued document with it."""
    row = application_of(session, effect)
    row.looked_at = now
    if row.status != view.status.value:
        row.status, row.refusal_code, row.moved_at = view.status.value, view.refusal_code, now
        take_document(session, case, row, view, now)


def take_document(session: Session, case: Case, row: Application, view: ApplicationView, now: datetime) -> None:
    """A document that was issued becomes the person's."""
    if view.status is not ApplicationStatus.ISSUED or view.document is None:
        return
    issued, country = view.document, opened(session, session.get_one(Person, row.person_id))["nationality"]
    document = TravelDocument(
        case_id=case.id, at=now, by="consulate", journey=row.journey, person_id=row.person_id, kind=issued.kind,
        country=country, issued_on=issued.issued_on, expires_on=issued.expires_on, single_journey=issued.single_journey,
        number_index=blind_index(keyring_of(session), "document", country, issued.number),
    )  # fmt: skip
    vault_of(session).seal(document, number=issued.number)
    session.add(document)
    held = Custody(
        case_id=case.id, at=now, by="consulate", journey=row.journey, person_id=row.person_id, document_id=document.id
    )
    vault_of(session).seal(held, holder=Holder.CONSULATE.value)
    session.add(held)


def withdraw(world: World, letter: Letter) -> ApplicationView:
    """Take the application back."""
    return world.consulate.withdraw(letter.body, key=letter.key)


def find_withdrawal(world: World, letter: Letter) -> Any:
    """Whether it is withdrawn, or ended anyway."""
    view = world.consulate.look_up(letter.body)
    return (
        view
        if view.status in (ApplicationStatus.WITHDRAWN, ApplicationStatus.ISSUED, ApplicationStatus.REFUSED)
        else None
    )


def refused_withdrawal(session: Session, case: Case, effect: Effect, code: str, now: datetime) -> None:
    """The consulate has nothing to take back: for us it is over."""
    application_of(session, effect).status = ApplicationStatus.WITHDRAWN.value


TOLD = on_the_declaration("consulate", "travel document", lambda form: form, Form.model_fields)
ACTIONS = (
    Action("lodge_application", form_of, lodge, lodged, find, disclose=TOLD, repeats=True),
    Action("look_up_application", reference_of, look_up, looked, reads=True),
    Action(
        "withdraw_application", reference_of, withdraw, looked, find_withdrawal, refuse=refused_withdrawal, repeats=True
    ),
)
