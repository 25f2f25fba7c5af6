"""What becomes of a ticket whose flight may not be taken."""

from workflows.inputs.words import OfSubjectIn


class TicketHoldIn(OfSubjectIn):
    """Keep the ticket for now, or give it back."""

    keep: bool
