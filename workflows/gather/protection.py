"""Gathers ``workflows.facts.protection``."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from models import child, counselling, country, risk_assessment
from models import protection as p
from models.person import Contact, Person
from workflows import facts as f
from workflows.facts.protection import HOME_ZONE
from workflows.gather.reader import Reader


def protection(read: Reader, people: Iterable[f.Traveller], now: datetime) -> f.Protection:
    """The matrix's later looks, claims, the place, and children."""
    contacts, grown = read.all(Contact), read.all(child.ComingOfAge)
    zone = contacts[-1].zone if contacts else HOME_ZONE
    today = now.astimezone(ZoneInfo(zone)).date()
    kept = read.current(country.TicketHold)
    standing = country_assessment(read, now.date())
    return f.Protection(
        signals=signals(read),
        looks=looks(read),
        country=f.CountryLevel(str(standing.id), standing.level) if standing else None,
        held=tuple(held(hold) for hold in holds(read) if hold.lifted_at is None),
        kept=tuple(f.Kept(row.at, row.subject, str(row.booking_id), row.kept) for row in kept),
        claims=claims(read),
        advised=advised(read),
        needs_escort=needs_escort(read, [who.id for who in people if who.is_child(today)]),
        disputed_ages=disputed_ages(read),
        of_age_seen=frozenset(row.subject for row in grown),
        goes_on={str(row.person_id): row.protection_goes_on for row in grown if row.protection_goes_on is not None},
        opened_on=read.case.opened_at.astimezone(ZoneInfo(zone)).date(),
        zone=zone,
    )


def signals(read: Reader) -> int:
    """How much was reported, ever, that may change a risk: threats, signs of coercion, holds on the place, and

    a receiving partner's word that the place is not safe.
    """
    reported = len(read.all(risk_assessment.Threat)) + len(read.all(counselling.CoercionFlag))
    unsafe = sum(row.safe is False for row in read.all(risk_assessment.CountryInput))
    return reported + unsafe + len(holds(read))


def holds(read: Reader) -> list[country.PlaceHold]:
    """Every hold, lifted or not, that covers the place of return."""
    return [row for row in read.of_place(country.PlaceHold) if row.covers(read.case.country, read.case.area)]


def held(hold: country.PlaceHold) -> f.Held:
    """One hold in the form that gates use."""
    place = f"{hold.country}, {hold.area}" if hold.area else hold.country
    return f.Held(str(hold.id), place, hold.reason, hold.at)


def country_assessment(read: Reader, today: date) -> country.CountryAssessment | None:
    """The newest standing assessment in force of the area, else of the country."""
    rows = read.of_place(country.CountryAssessment)
    mine = [row for row in rows if row.covers(read.case.country, read.case.area) and row.valid_until >= today]
    return max(mine, key=lambda row: (row.area is not None, row.at, row.id), default=None)


def looks(read: Reader) -> tuple[f.Look, ...]:
    """What was said of the current assessment since."""
    row = read.latest(risk_assessment.RiskAssessment)
    if row is None:
        return ()
    mine = [look for look in read.current(risk_assessment.RiskReview) if look.assessment_id == row.id]
    return tuple(
        f.Look(look.at, look.subject, look.stands, look.signals_seen, str(look.country_assessment_id or "") or None)
        for look in mine
    )


def claims(read: Reader) -> tuple[f.Claim, ...]:
    """Each claim as its newest row has it."""
    newest: dict[UUID, p.ProtectionClaim] = {row.claim_id: row for row in read.all(p.ProtectionClaim)}
    spoken = advised(read)
    return tuple(
        f.Claim(
            str(claim), str(row.person_id), str(read.vault.open(row, "kind")), str(read.vault.open(row, "status")),
            read.vault.open_date(row, "court_on"), row.at, str(claim) in spoken,
        )
        for claim, row in newest.items()
    )  # fmt: skip


def advised(read: Reader) -> frozenset[str]:
    """The claims on which a lawyer advised in writing."""
    return frozenset(row.subject for row in read.all(p.LegalAid) if row.in_writing)


def disputed_ages(read: Reader) -> frozenset[str]:
    """Those whose age somebody doubts and nobody has decided since."""
    decided = {row.person_id: row.at for row in read.all(child.AgeDecision)}
    doubts = read.all(child.AgeClaim)
    return frozenset(
        str(row.person_id) for row in doubts if row.person_id not in decided or decided[row.person_id] < row.at
    )


def needs_escort(read: Reader, children: list[str]) -> frozenset[str]:
    """Children who travel with no parent or guardian of theirs who is grown and stands by them."""
    complicit = {row.person_id for row in read.all(child.BestInterests) if read.vault.open(row, "parent_complicit")}
    alone = [
        person
        for person in read.all(Person)
        if person.guardian_id is None or str(person.guardian_id) in children or person.id in complicit
    ]
    return frozenset(str(person.id) for person in alone) & frozenset(children)
