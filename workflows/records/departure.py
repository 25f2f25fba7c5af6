"""Records the last question, the gate and the arrival."""

from datetime import UTC

from models import departure
from models.handover import Handover
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong, stop
from workflows.gather import gather
from workflows.records.common import ANYBODY, MOVEMENT, PROTECTION, STAFF, about, generation, person, principal
from workflows.records.voluntariness import signs_with


def reply(r: Recording) -> None:
    """The answer to what a partner asked back."""
    row = about(r, Handover)
    row.reply_at = r.now
    r.save(row, reply=r.body.text)


def reconfirmation(r: Recording) -> None:
    """The will for this flight, asked once more; a no withdraws, and nobody who cannot decide alone is asked alone."""
    if not r.body.still_wants:
        stop(r.session, r.case, r.by, r.now)
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
    if r.body.met:
        r.save(departure.Meeting(**r.row, met_at=at, met_by="partner", source="staff"))


def meeting(r: Recording) -> None:
    """Somebody met the person; never before they arrived, nor in the future."""
    there = gather(r.session, r.case, r.now).arrived_at
    met_at = r.body.met_at.astimezone(UTC)
    if there is None or not there <= met_at <= r.now:
        raise Wrong(
            "met_at", "met_at: give a time after the arrival that was confirmed, and not in the future.", "met_at"
        )
    r.save(departure.Meeting(**r.row, met_at=met_at, met_by=r.body.met_by, source="staff"))


def safe_arrival(r: Recording) -> None:
    """The person was spoken to, or could not be reached."""
    there, at = gather(r.session, r.case, r.now).arrived_at, r.body.reached_at
    if there is None:
        raise Refused("not_arrived", "Nobody has confirmed the arrival yet: that comes first.")
    if at is not None and not there <= at <= r.now:
        raise Wrong("reached_at", "reached_at: give a time after the arrival, and not in the future.", "reached_at")
    said = r.body.model_dump(exclude={"safe", "reached_at"})
    row = departure.SafeArrival(**r.row, **said, reached_at=at, person_id=principal(r.session, r.case).id)
    r.save(row, safe=r.body.safe)


FACTS = (
    Fact("handover_reply", i.ReplyIn, STAFF, reply, only_when_asked=True),
    Fact("reconfirmation", i.ReconfirmationIn, ANYBODY, reconfirmation, only_when_asked=True),
    Fact("boarding", i.BoardingIn, MOVEMENT, boarding, only_when_asked=True),
    Fact("arrival", i.ArrivalIn, (*PROTECTION, Role.RECEIVING_PARTNER), arrival, only_when_asked=True),
    Fact("meeting", i.MeetingIn, (*PROTECTION, *STAFF, Role.RECEIVING_PARTNER), meeting),
    Fact("safe_arrival", i.SafeArrivalIn, (*PROTECTION, *STAFF, Role.RECEIVING_PARTNER), safe_arrival),
)
