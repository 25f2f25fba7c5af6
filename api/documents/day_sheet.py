"""The sheet for the day of travel. Whoever finds it learns of a flight and of nothing else: no word says why."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import select

from api.documents.desk import Desk, Said
from api.documents.parts import checks, code, fields, flights, isolated, note, texts
from integrations.airline.airports import UnknownAirport, airports, zone_of
from models.booking import Booking, Seat
from models.person import Person


class NoTicket(Exception):
    """There is no ticket for this person now."""


def said(desk: Desk) -> Said:
    """The flights in the time of each airport, who travels, what to bring. Raises NoTicket."""
    _, booking = desk.words, ticket(desk)
    legs = [leg(desk, flight) for flight in in_order(desk.open(booking, "flights"))]
    locator = desk.open(booking, "locator")
    rows = [(_("Traveller"), desk.name(person)) for person in on_board(desk, booking)]
    rows.append((_("Booking code"), code(locator) if locator else ""))
    parts = [
        fields(rows), flights(legs, _("Flights")),
        note(_("Be at the airport three hours before the first departure. All times are those of the clocks there.")),
        checks(to_bring(desk), _("Take with you")),
        texts(on_the_way(desk), _("On the way")),
    ]  # fmt: skip
    return {"title": _("Your travel day"), "lead": "", "parts": parts}


def ticket(desk: Desk) -> Booking:
    """The live ticket with a seat for the person. Raises NoTicket."""
    query = select(Booking).join(Seat, Seat.booking_id == Booking.id)  # type: ignore[arg-type]
    mine = query.where(Seat.person_id == desk.person.id, Seat.live == True, Booking.status == "ticketed")  # noqa: E712
    found = desk.session.exec(mine).first()
    if found is None:
        raise NoTicket
    return found


def on_board(desk: Desk, booking: Booking) -> list[Person]:
    """Everybody on this ticket, the principal first."""
    seats = select(Seat.person_id).where(Seat.booking_id == booking.id, Seat.live == True)  # noqa: E712
    on_it = set(desk.session.exec(seats).all())
    return [person for person in desk.people() if person.id in on_it]


def in_order(known: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """As they are flown."""
    return sorted(known, key=lambda flight: datetime.fromisoformat(flight["departs_at"]))


def leg(desk: Desk, flight: dict[str, str]) -> dict[str, str]:
    """One flight, each end in its own time."""
    _ = desk.words
    start, end = at(flight["departs_at"], flight["origin"]), at(flight["arrives_at"], flight["destination"])
    there = {
        "number": code(f"{flight['carrier']} {flight['flight_number']}"), "day": _.day(start.date()),
        "from_label": _("Departure"), "to_label": _("Arrival"),
        **end_of(desk, "from", start, flight["origin"]), **end_of(desk, "to", end, flight["destination"]),
    }  # fmt: skip
    if end.date() != start.date():
        there["to_label"] = f"{_('Arrival')}: {_.day(end.date())}"
    return there


def end_of(desk: Desk, which: str, when: datetime, airport: str) -> dict[str, str]:
    """One end of a flight."""
    return {f"{which}_time": f"{when:%H:%M}", f"{which}_zone": code(offset(when)), f"{which}_place": place(airport)}


def at(instant: str, airport: str) -> datetime:
    """An instant on the clocks of an airport; in UTC where we do not know them, and its zone says so."""
    try:
        return datetime.fromisoformat(instant).astimezone(zone_of(airport))
    except UnknownAirport:
        return datetime.fromisoformat(instant)


def offset(when: datetime) -> str:
    """``UTC+03:00``, with the name of the zone where there is one."""
    name = getattr(when.tzinfo, "key", "")
    written = f"{when:%z}"
    return f"UTC{written[:3]}:{written[3:5]} {name}".strip()


def place(airport: str) -> str:
    """City, name and code of an airport."""
    known: dict[str, Any] = airports().get(airport, {})
    names = [name for name in (known.get("city"), known.get("name")) if name]
    return isolated(f"{', '.join(dict.fromkeys(names))} ({airport})" if names else airport)


def to_bring(desk: Desk) -> list[str]:
    """What everybody takes who flies."""
    _ = desk.words
    return [
        _("Passport or travel document"),
        _("This sheet, or the booking code"),
        _("Medicines in the hand luggage, with the prescription"),
        _("Telephone and charger"),
        _("Warm clothes, food and something to play with for children"),
    ]


def on_the_way(desk: Desk) -> list[str]:
    """What helps whoever flies for the first time, and whoever changes their plans."""
    _ = desk.words
    return [
        _("At the airport: first the counter of the airline, then the passport control, then your gate. The boards "
          "show its number."),
        _("If you change planes, your luggage usually goes through. Ask at the counter."),
        _("If a flight is late or you miss one, do not leave the airport: go to a counter of the airline and call the "
          "number that you know."),
        _("You can change your plans at any time, also at the airport. Tell any member of staff there."),
    ]  # fmt: skip
