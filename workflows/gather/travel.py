"""Gathers ``workflows.facts.travel``."""

from decimal import Decimal

from models import booking as b
from models import departure, escort, refund
from models.person import Person
from workflows.facts import travel as t
from workflows.gather.family import shunned
from workflows.gather.journey import last_boarding, legs
from workflows.gather.reader import Reader


def travel(read: Reader) -> t.Travel:
    """Routing, escorts, changes by the airline, and refunds."""
    has_offers = bool(read.current(b.Offer))
    return t.Travel(
        approvals=tuple(t.Approval(row.up_to, row.currency, row.at) for row in read.current(b.PriceApproval)),
        nationalities=frozenset(nationality(read, row) for row in read.all(Person)) if has_offers else frozenset(),
        lessons=lessons(read) if has_offers else (),
        shunned=shunned(read),
        changes=changes(read),
        gate=gate(read),
        levels=levels(read),
        incidents=incidents(read),
        escorts=escorts(read),
        accounts=accounts(read),
        tasks=frozenset((row.kind, row.subject) for row in read.current(b.TravelTask)),
    )


def nationality(read: Reader, row: Person) -> str:
    """Three letters."""
    return str(read.vault.open(row, "nationality"))


def lessons(read: Reader) -> tuple[t.Lesson, ...]:
    """What every case before has taught about routes."""
    rows = read.everywhere(b.RoutingLesson)
    return tuple(t.Lesson(row.country, row.airport, row.nationality, row.document) for row in rows)


def changes(read: Reader) -> tuple[t.Change, ...]:
    """How the airline moved this journey's tickets."""
    rows = read.current(b.ScheduleChange)
    return tuple(
        t.Change(str(row.id), str(row.booking_id), row.minutes, row.accepted, row.at, row.decided_by is not None)
        for row in rows
    )


def gate(read: Reader) -> t.Gate | None:
    """The newest booking at the gate."""
    row = last_boarding(read)
    return t.Gate(row.generation, row.outcome, row.cause or "unknown", row.at) if row else None


def levels(read: Reader) -> frozenset[str]:
    """How far the person was seen at the airport with the newest booking."""
    newest = max((row.generation for row in read.current(b.Booking) if row.part == 1), default=0)
    return frozenset(row.level for row in read.current(departure.Sighting) if row.generation == newest)


def incidents(read: Reader) -> tuple[t.Incident, ...]:
    """Refusals on the way."""
    rows = read.current(departure.TransitIncident)
    return tuple(t.Incident(str(row.id), row.cause, row.whereabouts, row.at) for row in rows)


def escorts(read: Reader) -> tuple[t.Escort, ...]:
    """All escorts, of all journeys: a ticket of an earlier one must be cancelled."""
    return tuple(
        t.Escort(
            str(row.id), row.journey, row.kind, row.free_from, row.free_until, row.document_expires_on,
            tuple(escort_ticket(read, one) for one in read.all(escort.EscortTicket) if one.escort_id == row.id),
        )
        for row in read.all(escort.Escort)
    )  # fmt: skip


def escort_ticket(read: Reader, row: escort.EscortTicket) -> t.EscortTicket:
    """One ticket of an escort."""
    flown = legs(read.vault.open(row, "flights") or [])
    return t.EscortTicket(str(row.id), row.leg, row.live, row.booking_generation, flown[0].departs_at, flown)


def accounts(read: Reader) -> tuple[t.Account, ...]:
    """What the airline owes for each booking, and that the ledger of each adds up to nothing (S22)."""
    known: dict[str, list[refund.Posting]] = {}
    for row in read.all(refund.Posting):
        known.setdefault(str(row.booking_id), []).append(row)
    return tuple(account(booking, rows) for booking, rows in known.items())


def account(booking: str, rows: list[refund.Posting]) -> t.Account:
    """One booking's."""
    owed = [row for row in rows if row.account is refund.Account.AIRLINE_OWES]
    since = min((row.at for row in owed), default=rows[0].at)
    total = sum((row.amount for row in rows), Decimal())
    return t.Account(booking, sum((row.amount for row in owed), Decimal()), rows[0].currency, since, total == 0)
