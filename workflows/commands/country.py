"""Holding every return to a place, lifting that by two people, and what the house knows of a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import iso3166
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select, update

from models.booking import Booking
from models.case import Case
from models.country import CountryAssessment, LiftWord, PlaceHold, lies_in
from models.event import append
from models.staff import Staff
from models.stage import Role
from workflows.commands.change import NotAllowed, Refused, Wrong
from workflows.house import House
from workflows.pathways import CURRENT, rules_of
from workflows.pathways.tables.country import HoldReason
from workflows.pathways.tables.risk_assessment import RiskBand

MAY_HOLD = (Role.SUPERVISOR, Role.OPERATIONS, Role.PROTECTION_OFFICER)
BATCH = 500
PLACES = "places"  # the chain of events about places


@dataclass(frozen=True)
class Turned:
    """What a turn of the switch did. ``done``: the place is held, or open, by now; ``told`` counts the cases woken."""

    hold_id: UUID
    done: bool
    told: int


@dataclass(frozen=True)
class Affected:
    """An open case towards a place: its newest live booking's status, if it has one."""

    ref: str
    country: str
    area: str
    ticket: str | None


def hold(house: House, country: str, area: str | None, reason: str, source: str, who: Staff) -> Turned:
    """Hold every return to a place, at once, and wake its cases. Said again, it goes on where it stopped.

    Raises NotAllowed or Wrong.
    """
    check(country, who)
    reasons = [row.code for row in rules_of(*CURRENT).rows(HoldReason)]
    if reason not in reasons:
        raise Wrong("unknown_code", f"reason: one of {', '.join(reasons)}.", "reason")
    with house.database.unit_of_work() as session:
        row = next(iter(in_force(session, country, area)), None)
        if row is None:
            now = house.clock.now()
            row = PlaceHold(country=country, area=area, at=now, by=who.handle, source=source, reason=reason)
            session.add(row)
            append(session, PLACES, "place.held", who.handle, now, country=country, area=area, reason=reason)
        hold_id = row.id
    return Turned(hold_id, True, wake(house, hold_id))


def lift(house: House, country: str, area: str | None, reason: str, who: Staff) -> Turned:
    """One person's word that a place can be opened; the second person's opens it and wakes its cases.

    Raises NotAllowed, Wrong, or Refused when it is not held or the same person says it twice.
    """
    check(country, who)
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        rows = in_force(session, country, area)
        if not rows:
            raise Refused("not_held", "This place is not held; `sila country list` shows what is.")
        said = set(session.exec(select(LiftWord.by).where(LiftWord.hold_id == rows[0].id)))
        if who.handle in said:
            raise Refused("four_eyes", "You have said so already: a second person must say it too.")
        session.add(LiftWord(hold_id=rows[0].id, at=now, by=who.handle, reason=reason))
        kind = "place.lifted" if said else "place.lift_asked"
        append(session, PLACES, kind, who.handle, now, country=country, area=area)
        for row in rows if said else ():
            row.lifted_at, row.woken_to, row.woken_at = now, None, None
        hold_id = rows[0].id
    return Turned(hold_id, bool(said), wake(house, hold_id) if said else 0)


def check(country: str, who: Staff) -> None:
    """A country, and somebody who may turn its switch."""
    if not who.has(*MAY_HOLD):
        raise NotAllowed("role", f"Only {' or '.join(role.value for role in MAY_HOLD)} may hold or lift a place.")
    if country not in iso3166.countries_by_alpha2:
        raise Wrong("unknown_country", "country: use ISO 3166, two capitals, for example GE.", "country")


def in_force(session: Session, country: str, area: str | None = None) -> list[PlaceHold]:
    """The holds on exactly this place, locked, the oldest first."""
    query = select(PlaceHold).where(PlaceHold.country == country, col(PlaceHold.lifted_at).is_(None))
    rows = session.exec(query.order_by(col(PlaceHold.at), col(PlaceHold.id)).with_for_update()).all()
    return [row for row in rows if (row.area or "").casefold() == (area or "").casefold()]


def wake(house: House, hold_id: UUID) -> int:
    """Make every open case towards the place due now, a batch a transaction; an interrupted turn goes on from there."""
    told = 0
    while True:
        with house.database.unit_of_work() as session:
            row = session.exec(select(PlaceHold).where(PlaceHold.id == hold_id).with_for_update()).one()
            if row.woken_at is not None:
                return told
            batch = not_told(session, row)
            mine = [case_id for case_id, area in batch if row.covers(row.country, area)]
            due = {"due_at": house.clock.now(), "ver": Case.ver + 1}
            session.connection().execute(update(Case).where(col(Case.id).in_(mine)).values(**due))
            told += len(mine)
            row.woken_to = batch[-1][0] if batch else row.woken_to
            row.woken_at = None if len(batch) == BATCH else house.clock.now()


def not_told(session: Session, row: PlaceHold) -> list[tuple[UUID, str]]:
    """The next open cases of the country that were not told yet, in the order of their making, with their area."""
    query = select(Case.id, Case.area).where(Case.country == row.country, col(Case.closed_at).is_(None))
    query = query.where(col(Case.id) > row.woken_to) if row.woken_to else query
    return list(session.exec(query.order_by(col(Case.id)).limit(BATCH)))


def wake_unfinished(house: House) -> int:
    """Finish turns that were cut off. Gives how many cases were told."""
    with house.database.reading() as session:
        ids = session.exec(select(PlaceHold.id).where(col(PlaceHold.woken_at).is_(None))).all()
    return sum(wake(house, hold_id) for hold_id in ids)


def affected(
    session: Session, country: str, area: str | None = None, among: ColumnElement[bool] | None = None
) -> list[Affected]:
    """Every open case towards a place, with what it has booked; ``among``: only cases for which this holds."""
    query = select(Case).where(Case.country == country, col(Case.closed_at).is_(None)).order_by(col(Case.id))
    query = query.where(among) if among is not None else query
    cases = [case for case in session.exec(query) if lies_in(case.country, case.area, country, area)]
    live = tickets(session, [case.id for case in cases])
    return [Affected(case.ref, case.country, case.area, live.get((case.id, case.journey))) for case in cases]


def tickets(session: Session, ids: Iterable[UUID]) -> dict[tuple[UUID, int], str]:
    """The status of the newest live booking of each journey."""
    query = select(Booking.case_id, Booking.journey, Booking.status).where(
        col(Booking.case_id).in_(list(ids)), col(Booking.status).in_(["held", "pending", "ticketed"])
    )
    return {(case_id, journey): status for case_id, journey, status in session.exec(query.order_by(col(Booking.at)))}


def holds(session: Session) -> list[tuple[PlaceHold, list[str]]]:
    """Every hold in force, with who has said that it can end."""
    query = select(PlaceHold).where(col(PlaceHold.lifted_at).is_(None)).order_by(col(PlaceHold.at))
    rows = list(session.exec(query))
    return [(row, list(session.exec(select(LiftWord.by).where(LiftWord.hold_id == row.id)))) for row in rows]


def assess_country(
    house: House, country: str, area: str | None, level: str, valid_until: date, source: str, who: Staff
) -> CountryAssessment:
    """The standing risk of a place, whoever returns there. A worse one than before makes its cases look again."""
    check(country, who)
    now, bands = house.clock.now(), [row.level for row in rules_of(*CURRENT).rows(RiskBand)]
    if level not in bands:
        raise Wrong("unknown_code", f"level: one of {', '.join(bands)}.", "level")
    if valid_until <= now.date():
        raise Wrong("past", "valid_until: lies in the past; give a day to come.", "valid_until")
    with house.database.unit_of_work() as session:
        row = CountryAssessment(
            country=country, area=area, at=now, by=who.handle, source=source, level=level, valid_until=valid_until
        )
        session.add(row)
        append(session, PLACES, "place.assessed", who.handle, now, country=country, area=area, level=level)
        query = update(Case).where(col(Case.country) == country, col(Case.closed_at).is_(None))
        session.connection().execute(query.values(due_at=now, ver=Case.ver + 1))
    return row
