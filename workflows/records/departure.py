"""Records the last question, the gate and the arrival."""

from datetime import UTC

from models import departure
from models.handover import Handover
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, withdraw_will
from workflows.records.common import ANYBODY, MOVEMENT, PROTECTION, STAFF, about, generation, person
from workflows.records.voluntariness import signs_with


def reply(r: Recording) -> None:
    """The answer to what a partner asked back."""
    row = about(r, Handover)
    row.reply_at = r.now
    r.save(row, reply=r.body.text)


def reconfirmation(r: Recording) -> None:
    """The will for this flight, asked once more; a no withdraws, and nobody who cannot decide alone is asked alone."""
    if not r.body.still_wants:
        withdraw_will(r.session, r.case, r.by, r.now)
        return
    who = person(r).id
    r.save(
        departure.Reconfirmation(
            **r.row, person_id=who, still_wants=True, generation=generation(r), decision_maker_id=signs_with(r, who)
        )
    )


def boarding(r: Recording) -> None:
    """What happened at the gate."""
    gone = r.now if r.body.outcome == "boarded" else None
    r.save(departure.Boarding(**r.row, outcome=r.body.outcome, departed_at=gone, generation=generation(r)))


def arrival(r: Recording) -> None:
    """Somebody saw the person arrive."""
    at = (r.body.arrived_at or r.now).astimezone(UTC)
    r.save(departure.Arrival(**r.row, arrived_at=at, met=r.body.met, source="staff"))


FACTS = (
    Fact("handover_reply", i.ReplyIn, STAFF, reply, only_when_asked=True),
    Fact("reconfirmation", i.ReconfirmationIn, ANYBODY, reconfirmation, only_when_asked=True),
    Fact("boarding", i.BoardingIn, MOVEMENT, boarding, only_when_asked=True),
    Fact("arrival", i.ArrivalIn, (*PROTECTION, Role.RECEIVING_PARTNER), arrival, only_when_asked=True),
)
