"""Consents to be signed: to keep data, to pass data on to one recipient for one purpose, and a child's own word."""

from typing import Any, get_args

from sqlmodel import col, select

from api.documents.codes import FIELDS, said_of
from api.documents.desk import Desk, Said
from api.documents.parts import Part, code, fields, grouped, isolated, signatures, texts
from api.documents.spoken import N_
from api.documents.texts import consent_text
from integrations.partner import ArrivalPackage, FlightLeg, IdentityPackage, PersonData, PlanLine, PlanPackage, Preview
from models.consent import Consent, ConsentKind
from models.follow_up import TrustedContact
from workflows.inputs.incident import AuthorityDisclosureIn

PURPOSES = {
    "reception": N_("To receive you at the arrival and to support you there"),
    "contact": N_("To reach you if we cannot reach you ourselves"),
    "authority": N_("To report to an authority what you want to report"),
}
NEVER_TOLD = N_("Only that we would like to talk to you. Nothing about you and nothing about your journey.")
BESIDES = N_("More may be told only if it is written down here by hand before you sign:")
BY_HAND = N_("What may be told, written down here by hand before you sign:")
LINE = "." * 96
AUTHORITIES: tuple[str, ...] = get_args(AuthorityDisclosureIn.model_fields["recipient"].annotation)
TRUSTED = "trusted_contact"
EACH: dict[str, Any] = {"people": PersonData, "flights": FlightLeg, "lines": PlanLine}


def data(desk: Desk) -> Said:
    """Consent to keep and use data."""
    _, kind = desk.words, ConsentKind.DATA
    parts = [desk.who(), text_part(desk, kind), signed_by(desk), *recorded(desk, kind)]
    return {"title": _("Consent to the use of my data"), "lead": "", "parts": parts}


def assent(desk: Desk) -> Said:
    """A child's own word on the journey."""
    _, kind = desk.words, ConsentKind.ASSENT
    parts = [desk.who(), text_part(desk, kind), signed_by(desk), *recorded(desk, kind)]
    return {"title": _("What I say about the journey"), "lead": _("For children and young people"), "parts": parts}


def transfer(desk: Desk) -> Said:
    """Consent to pass data on; ``about`` is ``recipient:purpose``. Raises ValueError for an unknown purpose."""
    _, kind = desk.words, ConsentKind.TRANSFER
    recipient, _colon, purpose = desk.about.partition(":")
    if not recipient or purpose not in PURPOSES:
        raise ValueError("name a recipient and a purpose: reception, contact or authority")
    rows = [(_("Recipient"), recipient_of(desk, recipient, purpose)), (_("Purpose"), _(PURPOSES[purpose]))]
    to = fields(rows, _("To whom and what for"))
    parts = [desk.who(), to, *what(desk, purpose), text_part(desk, kind, _("What I agree to"), purpose)]
    title = _("Consent to pass on my data")
    return {"title": title, "lead": "", "parts": [*parts, signed_by(desk), *recorded(desk, kind, recipient, purpose)]}


def recipient_of(desk: Desk, recipient: str, purpose: str) -> str:
    """A partner by its code, an authority by its kind; somebody trusted by their name, or a line for it."""
    if purpose != "contact":
        return said_of(desk.words, recipient) if recipient in AUTHORITIES else isolated(recipient)
    mine = select(TrustedContact).where(TrustedContact.case_id == desk.case.id)
    row = desk.session.exec(mine.order_by(col(TrustedContact.at).desc(), col(TrustedContact.id).desc())).first()
    name = desk.open(row, "name") if row and row.live else None
    return isolated(name) if name else LINE[:48]


def what(desk: Desk, purpose: str) -> list[Part]:
    """Which data: for a reception exactly what the contract with partners has room for, step by step."""
    _ = desk.words
    if purpose == "contact":
        return [texts([_(NEVER_TOLD), _(BESIDES), LINE, LINE], _("What is passed on"))]
    if purpose == "authority":
        return [texts([_(BY_HAND), LINE, LINE, LINE], _("What is passed on"))]
    steps = (
        (_("Before the recipient has agreed, without name"), Preview),
        (_("After the recipient has agreed"), IdentityPackage),
        (_("Shortly before the arrival"), ArrivalPackage),
        (_("Only if the recipient asks for it"), PlanPackage),
    )
    return [fields([(step, _.semicolon.join(named(desk, model))) for step, model in steps], _("What is passed on"))]


def named(desk: Desk, model: Any) -> list[str]:
    """The fields of a step; of a list also what it holds of each."""
    _ = desk.words
    return [
        f"{_(FIELDS[name])} ({_.comma.join(_(FIELDS[one]) for one in EACH[name].model_fields)})"
        if name in EACH else _(FIELDS[name])
        for name in model.model_fields
    ]  # fmt: skip


def text_part(desk: Desk, kind: ConsentKind, heading: str = "", purpose: str = "") -> Part:
    """The text, numbered."""
    return texts(consent_text(kind, desk.words.language, purpose).paragraphs, heading, numbered=True)


def recorded(desk: Desk, kind: ConsentKind, recipient: str | None = None, purpose: str = "") -> list[Part]:
    """The version of the text, its hash, and what the person last said to it."""
    _, text, row = desk.words, consent_text(kind, desk.words.language, purpose), last(desk, kind, recipient)
    rows: list[tuple[str, str | None]] = [
        (_("Text"), code(text.version)),
        (_("SHA-256 of the text"), grouped(text.sha256)),
    ]
    if row is not None:
        rows.append((_("Given") if row.given else _("Taken back"), desk.moment(row.at)))
    return [fields(rows, _("On record"))]


def last(desk: Desk, kind: ConsentKind, recipient: str | None) -> Consent | None:
    """The newest word; one on a journey counts for that journey only."""
    query = select(Consent).where(Consent.case_id == desk.case.id, Consent.person_id == desk.person.id)
    query = query.where(Consent.kind == kind, Consent.recipient == recipient)
    if kind is not ConsentKind.DATA:
        query = query.where(Consent.journey == desk.case.journey)
    return desk.session.exec(query.order_by(col(Consent.at).desc(), col(Consent.id).desc())).first()


def signed_by(desk: Desk) -> Part:
    """Who signs: the person, and whoever must or may sign with them."""
    _ = desk.words
    people = (said_of(_, "person"), _("Who decides with the person, or the guardian (if there is one)"),
              _("Interpreter (if there is one)"), _("Witness"))  # fmt: skip
    return signatures(people, (_("Full name"), _("Date"), _("Signature")), _("Signatures"))
