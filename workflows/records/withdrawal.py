"""Records what is seen to after a withdrawal: bed and transport, an appointment, the airport, who was there."""

from models.booking import Booking
from models.consent import WithdrawalNote
from models.counselling import Support
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.pathways import rules_of
from workflows.records.common import MOVEMENT, STAFF, about
from workflows.records.voluntariness import raise_flag


def withdrawal_of(r: Recording) -> str:
    """The name of the newest withdrawal. Raises Refused when there was none, Wrong when the body means another."""
    if r.case.withdrawn_at is None:
        raise Refused("not_withdrawn", "Nobody has withdrawn in this case: there is nothing to arrange.")
    name = f"withdrawal:{r.case.withdrawn_at:%Y%m%dT%H%M%S}"
    if getattr(r.body, "about", name) != name:
        raise Wrong("unknown", f"about: the newest withdrawal is {name}; the question names it.", "about")
    return name


def bed_and_transport(r: Recording) -> None:
    """A bed and transport were arranged for somebody who withdrew."""
    r.save(Support(**r.row, need="bed_and_transport", subject=withdrawal_of(r)))


def appointment(r: Recording) -> None:
    """Counselling soon after the withdrawal, or the person's word that they want none. Raises Refused."""
    subject, withdrawn_at = withdrawal_of(r), r.case.withdrawn_at
    latest = (withdrawn_at or r.now) + rules_of(r.case.pathway, r.case.pathway_version).time("appointment")
    if r.body.on and r.body.on > latest:
        raise Refused(
            "too_late",
            f"on: counselling is offered until {latest:%Y-%m-%d %H:%M} UTC; give an earlier appointment, or record "
            "that the person wants none (declined).",
            "on",
        )
    r.save(Support(**r.row, need="appointment", subject=subject, for_when=r.body.on))


def note(r: Recording) -> None:
    """Whether a third party was there; somebody who was is a sign of coercion like any other."""
    r.save(WithdrawalNote(**r.row, subject=withdrawal_of(r), third_party=r.body.third_party_present))
    if r.body.third_party_present == "yes":
        raise_flag(r, "third_party_present")


def offload(r: Recording) -> None:
    """The airport knows that the person does not fly: seat and bags."""
    r.save(Support(**r.row, need="offload", subject=str(about(r, Booking).id)))


def recipient_told(r: Recording) -> None:
    """A partner was told that the person no longer lets us share, and what it must do with what it has."""
    r.save(Support(**r.row, need="recipient_told", subject=r.body.about))


FACTS = (
    Fact("bed_and_transport", i.SupportIn, (*STAFF, Role.SHELTER_PARTNER), bed_and_transport),
    Fact("counselling_appointment", i.AppointmentIn, STAFF, appointment),
    Fact("withdrawal_note", i.WithdrawalNoteIn, (*STAFF, Role.MOVEMENT_OFFICER, Role.PROTECTION_OFFICER), note),
    Fact("offload", i.OfSubjectIn, MOVEMENT, offload, only_when_asked=True),
    Fact("recipient_told", i.OfSubjectIn, (*STAFF, Role.PROTECTION_OFFICER), recipient_told, only_when_asked=True),
)
