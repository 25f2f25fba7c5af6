"""Records what becomes of tickets to a place that is held."""

from uuid import UUID

from models import country
from models.booking import Booking
from workflows import inputs as i
from workflows.commands import Fact, Recording, Wrong
from workflows.records.common import MOVEMENT


def ticket_hold(r: Recording) -> None:
    """Keep a ticket for now, or give it back."""
    try:
        booking = r.session.get(Booking, UUID(r.body.about.partition(".")[0]))
    except ValueError:
        booking = None
    if booking is None or booking.case_id != r.case.id:
        raise Wrong("unknown", "about: not a booking of this case; the question names it.", "about")
    r.save(country.TicketHold(**r.row, subject=r.body.about, booking_id=booking.id, kept=r.body.keep))


FACTS = (Fact("ticket_hold", i.TicketHoldIn, MOVEMENT, ticket_hold, only_when_asked=True),)
