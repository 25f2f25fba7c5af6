"""Records screening, counselling, consents and who receives."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from models import counselling
from models.consent import Consent, ConsentKind
from models.handover import Partner
from models.stage import Role, Track
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong, choose
from workflows.records.common import STAFF, person, principal


def consent(r: Recording, who: UUID, kind: ConsentKind, **more: Any) -> None:
    """One consent row."""
    kept = {"text_version", "text_hash", "language", "interpreter", "witness"}
    said: dict[str, Any] = r.body.model_dump(include=kept)
    r.save(Consent(**r.row, person_id=who, kind=kind, **said, **more))


def data_consent(r: Recording) -> None:
    """Consent to keep data."""
    consent(r, principal(r.session, r.case).id, ConsentKind.DATA, given=r.body.given)


def screening(r: Recording) -> None:
    """The outcome of screening (domain.md §2)."""
    row = counselling.Screening(
        **r.row, person_id=principal(r.session, r.case).id, vulnerable=r.body.vulnerable,
        asylum_pending=r.body.asylum_pending,
    )  # fmt: skip
    r.save(row, result=r.body.result)


def session_held(r: Recording) -> None:
    """A counselling session, with the options that were explained."""
    row = counselling.CounsellingSession(
        **r.row, person_id=principal(r.session, r.case).id, options=list(r.body.options), language=r.body.language,
        reflection_waived=r.body.reflection_waived, interpreter=r.body.interpreter,
    )  # fmt: skip
    r.save(row, coercion_flags=r.body.coercion_flags)


def declaration(r: Recording) -> None:
    """The declaration that one wants to travel, with its text."""
    if r.case.track is not Track.RETURN:
        raise Refused("not_returning", "Record the choice to return first.")
    consent(r, person(r).id, ConsentKind.DECLARATION)


def transfer(r: Recording) -> None:
    """Consent to tell one recipient for one purpose."""
    partner_of(r.session, r.body.recipient, r.now)
    consent(
        r, principal(r.session, r.case).id, ConsentKind.TRANSFER, recipient=r.body.recipient, purpose="reception",
        given=r.body.given,
    )  # fmt: skip


def partner_of(session: Session, code: str, now: datetime) -> Partner:
    """A partner with a live agreement. Raises Wrong."""
    partner = session.get(Partner, code)
    if partner is None or partner.agreement_until < now.date():
        raise Wrong("no_agreement", "partner: no agreement is in force with this partner; choose another.", "partner")
    return partner


def receiving_partner(r: Recording) -> None:
    """Who is to receive the person."""
    if r.case.country not in partner_of(r.session, r.body.partner, r.now).countries:
        raise Wrong("other_country", "partner: it does not work in the country of return.", "partner")
    r.case.partner = r.body.partner


def support(need: str) -> Callable[[Recording], None]:
    """Something arranged for the person: a bed and transport, or shelter."""

    def recorder(r: Recording) -> None:
        subject = f"withdrawal:{r.case.journey}" if need == "bed_and_transport" else str(r.case.journey)
        r.save(counselling.Support(**r.row, need=need, subject=subject))

    return recorder


FACTS = (
    Fact("data_consent", i.DataConsentIn, STAFF, data_consent),
    Fact("screening", i.ScreeningIn, (*STAFF, Role.PROTECTION_OFFICER), screening),
    Fact("counselling_session", i.SessionIn, (*STAFF, Role.PROTECTION_OFFICER), session_held),
    Fact("track_choice", i.ChoiceIn, STAFF, choose),
    Fact("declaration", i.DeclarationIn, STAFF, declaration),
    Fact("transfer_consent", i.TransferIn, STAFF, transfer),
    Fact("receiving_partner", i.PartnerIn, STAFF, receiving_partner),
    Fact("bed_and_transport", i.SupportIn, (*STAFF, Role.SHELTER_PARTNER), support("bed_and_transport")),
    Fact("shelter", i.SupportIn, (*STAFF, Role.SHELTER_PARTNER), support("shelter")),
)
