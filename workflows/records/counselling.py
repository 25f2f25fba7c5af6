"""Records counselling, consents and who receives."""

from datetime import datetime

from sqlmodel import Session

from models import counselling
from models.consent import ConsentKind
from models.handover import Partner
from models.stage import Role
from workflows import inputs as i
from workflows.commands import TELLING, Fact, Recording, Refused, Wrong, choose, stop, void_intents
from workflows.gather.reader import Reader
from workflows.gather.voluntariness import conflicted
from workflows.pathways import rules_of
from workflows.pathways.tables.counselling import CoercionSign, OptionToExplain
from workflows.records.common import STAFF, consent, principal
from workflows.records.voluntariness import declare_conflict, known_sign, raise_flag


def data_consent(r: Recording) -> None:
    """Consent to keep data; without it nothing goes on, so that taking it back is withdrawing too."""
    consent(r, principal(r.session, r.case).id, ConsentKind.DATA, given=r.body.given)
    if not r.body.given:
        stop(r.session, r.case, r.by, r.now)


def session_held(r: Recording) -> None:
    """A counselling session, with the options that were explained, and what in it points at coercion."""
    for sign in r.body.coercion_flags:
        known_sign(r, sign)
    kept = {"place", "options", "topics", "materials", "language", "interpreter", "interpreter_code"}
    row = counselling.CounsellingSession(
        **r.row, person_id=principal(r.session, r.case).id, held_on=r.body.held_on or r.now.date(),
        **r.body.model_dump(include=kept),
    )  # fmt: skip
    signs = sorted({*r.body.coercion_flags, *signs_of(r)})
    r.save(row, present=r.body.present, notes=r.body.notes, coercion_flags=signs)
    if r.body.interpreter_conflict:
        declare_conflict(r, r.body.interpreter_code, r.body.interpreter_conflict)
    for sign in signs:
        raise_flag(r, sign)
    if r.body.waiver:
        waive(r, row)


def signs_of(r: Recording) -> set[str]:
    """The signs of coercion that the place or those present are by themselves."""
    rows = rules_of(r.case.pathway, r.case.pathway_version).rows(CoercionSign)
    seen = set(r.body.present)
    return {row.code for row in rows if seen & set(row.shown_by_presence_of) or r.body.place in row.shown_by_place}


def waive(r: Recording, held: counselling.CounsellingSession) -> None:
    """A victim's own wish not to use the reflection period. Raises Refused, which says how it can be done."""
    said, missing = r.body.waiver, []
    if not said.asked_by_the_person:
        missing.append("the person asks for it themselves (asked_by_the_person)")
    if signs_of(r) or r.body.coercion_flags:
        missing.append("the session is held without third parties and without signs of pressure")
    if set(r.body.options) != {row.code for row in options_of(r)}:
        missing.append("all options are explained in that session")
    if r.body.interpreter_code in conflicted(Reader(r.session, r.case)):
        missing.append("the interpreter is in no conflict")
    if not said.witness or said.witness == r.by:
        missing.append("a second person is the witness")
    if not (said.text_hash and said.text_version):
        missing.append("the text that was read to the person is named by version and hash")
    if missing:
        raise Refused("waiver", f"The reflection period can only be waived when {'; '.join(missing)}.", "waiver")
    r.save(
        counselling.ReflectionWaiver(
            **r.row, person_id=held.person_id, session_id=held.id, text_version=said.text_version,
            text_hash=said.text_hash, witness=said.witness,
        )
    )  # fmt: skip


def options_of(r: Recording) -> tuple[OptionToExplain, ...]:
    """What must be explained."""
    return rules_of(r.case.pathway, r.case.pathway_version).rows(OptionToExplain)


def transfer(r: Recording) -> None:
    """Consent to tell one recipient for one purpose; taken back alone, it recalls what this one was told."""
    if r.body.given:
        partner_of(r.session, r.body.recipient, r.now)
    consent(
        r, principal(r.session, r.case).id, ConsentKind.TRANSFER, recipient=r.body.recipient, purpose="reception",
        given=r.body.given,
    )  # fmt: skip
    if not r.body.given:
        void_intents(r.session, r.case, r.now, TELLING)


def partner_of(session: Session, code: str, now: datetime) -> Partner:
    """A partner with a live agreement. Raises Wrong."""
    partner = session.get(Partner, code)
    if partner is None or partner.agreement_until < now.date():
        raise Wrong("no_agreement", "partner: no agreement is in force with this partner; choose another.", "partner")
    return partner


FACTS = (
    Fact("data_consent", i.DataConsentIn, STAFF, data_consent),
    Fact("counselling_session", i.SessionIn, (*STAFF, Role.PROTECTION_OFFICER), session_held),
    Fact("track_choice", i.ChoiceIn, STAFF, choose),
    Fact("transfer_consent", i.TransferIn, STAFF, transfer),
)
