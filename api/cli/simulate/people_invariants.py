"""Invariants about the people: who decided, who was asked again, who flew as a child, when messages went out."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from api.cli.simulate.invariants import Finding, Left, invariant
from models.child import BestInterests
from models.consent import Consent, ConsentKind
from models.departure import Boarding, Reconfirmation
from models.money import MoneyEntry, Move
from models.person import Contact, Person
from models.queries.money import check_books
from models.refund import Posting
from models.reintegration import Evidence, Instalment
from models.risk_assessment import RiskApproval, RiskAssessment
from models.stage import Track
from workflows.facts.protection import HOME_ZONE
from workflows.gather import Reader, bookings, travellers
from workflows.messages.texts import TEXTS
from workflows.pathways import rules_of
from workflows.pathways.tables.follow_up import PlaceZone

REASKED = timedelta(hours=72)
BUYS = ("hold_seats", "pay_ticket")


def of_case(rows: list[Any], case_id: Any, journey: int) -> list[Any]:
    """The rows of one journey."""
    return [row for row in rows if row.case_id == case_id and row.journey == journey]


def approved(left: Left, case_id: Any, journey: int, at: datetime) -> bool:
    """An approved assessment was in force at an instant."""
    good = {row.assessment_id for row in left.all(RiskApproval) if row.approved and row.at <= at}
    rows = of_case(left.all(RiskAssessment), case_id, journey)
    return any(row.id in good and row.at <= at < row.valid_until for row in rows)


@invariant("S1 no ticket without will and clearance")
def bought(left: Left, finding: Finding) -> None:
    """When seats were held or paid, everybody had signed and an approved assessment was in force."""
    signed = [row for row in left.all(Consent) if row.kind is ConsentKind.DECLARATION]
    for case, effect in left.sent():
        if effect.action in BUYS and effect.sent_at:
            words = [row for row in of_case(signed, case.id, effect.journey) if row.at <= effect.sent_at]
            willing = bool(words) and max(words, key=lambda row: row.at).given
            ok = willing and approved(left, case.id, effect.journey, effect.sent_at)
            finding.look(ok, f"{case.ref} {effect.action}")


@invariant("S7 nobody departs who was not asked again in time")
def departed(left: Left, finding: Finding) -> None:
    """Every adult said yes within 72 hours before the gate, and the assessment still held."""
    asked = left.all(Reconfirmation)
    for gone in (row for row in left.all(Boarding) if row.outcome == "boarded" and row.departed_at):
        case = left.cases[gone.case_id]
        flights = [one for one in bookings(Reader(left.session, case)) if one.journey == gone.journey]
        leaves = max(flights, key=lambda one: one.generation).departs_at
        yes = {row.person_id for row in of_case(asked, case.id, gone.journey)
               if leaves - REASKED <= row.at <= gone.departed_at}  # fmt: skip
        adults = [p for p in people(left, case) if not p.is_child(leaves.date())]
        ok = all(any(str(one) == adult.id for one in yes) for adult in adults)
        finding.look(ok and approved(left, case.id, gone.journey, gone.departed_at), case.ref)


@invariant("S8 nobody approves their own work")
def four_eyes(left: Left, finding: Finding) -> None:
    """Assessor and approver; who proved a cost, who approved it and who paid it."""
    made = {row.id: row.by for row in left.all(RiskAssessment)}
    for row in left.all(RiskApproval):
        finding.look(made[row.assessment_id] != row.by, str(row.id))
    moved = {(row.instalment_id, row.move): row.by for row in left.all(MoneyEntry)}
    proved = {(row.instalment_id, row.by) for row in left.all(Evidence)}
    for row in left.all(Instalment):
        approver = moved.get((row.id, Move.APPROVED))
        if approver is not None:
            payer = moved.get((row.id, Move.HANDED_OVER))
            finding.look(approver not in (row.by, payer) and (row.id, approver) not in proved, str(row.id))


@invariant("S22 the books balance")
def balanced(left: Left, finding: Finding) -> None:
    """What was approved, ordered and handed over; and what each ticket cost and gave back."""
    finding.checked, finding.broken = check_books(left.session)
    sums: dict[tuple[Any, str], Decimal] = {}
    for row in left.all(Posting):
        sums[(row.entry, row.currency)] = sums.get((row.entry, row.currency), Decimal()) + row.amount
    for (entry, _), amount in sums.items():
        finding.look(amount == 0, str(entry))


@invariant("S9 no child departs without a decision")
def children(left: Left, finding: Finding) -> None:
    """Return was decided to be best for every child that flew."""
    decided = left.all(BestInterests)
    for gone in (row for row in left.all(Boarding) if row.outcome == "boarded" and row.departed_at):
        case = left.cases[gone.case_id]
        good = {str(row.person_id) for row in of_case(decided, case.id, gone.journey) if row.in_favour}
        for person in people(left, case):
            if person.is_child(gone.departed_at.date()):
                finding.look(person.id in good, case.ref)


@invariant("S14 what is sealed cannot be read in the file")
def sealed(left: Left, finding: Finding) -> None:
    """No phone number and no name in its own letters is in the database's bytes."""
    from pathlib import Path  # noqa: PLC0415 - only this check looks at the file

    path = left.made.house.database.engine.url.database or ""
    stored = b"".join(part.read_bytes() for part in Path(path).parent.glob(f"{Path(path).name}*"))
    vault = left.session.info["vault"]
    for contact in left.all(Contact):
        address = vault.open(contact, "address")
        if address:
            finding.look(address.encode() not in stored, "a phone number")
    for person in left.all(Person):
        name = vault.open(person, "native_name")
        if name and len(name) > 12:
            finding.look(name.encode() not in stored, "a name")


@invariant("S18 messages go out in safe hours only")
def safe_hours(left: Left, finding: Finding) -> None:
    """The local hour of every message lies between those that the person named: where they are at that time."""
    contacts = left.all(Contact)
    for case, effect in left.sent():
        mine = [row for row in contacts if row.case_id == case.id and effect.sent_at and row.at <= effect.sent_at]
        if effect.action in TEXTS and effect.sent_at and mine:
            there = zone_of(case, effect.action)
            zones = [(row, there if row.zone == HOME_ZONE else row.zone) for row in mine]
            hours = [(row.from_hour, effect.sent_at.astimezone(ZoneInfo(at)).hour, row.to_hour) for row, at in zones]
            finding.look(any(opens <= hour < closes for opens, hour, closes in hours), case.ref)


def zone_of(case: Any, action: str) -> str:
    """After a return messages are check-ins, and the hours are those of the country."""
    rows = rules_of(case.pathway, case.pathway_version).rows(PlaceZone)
    known = {row.country: row.zone for row in rows}
    returned = action == "send_check_in" and case.track is Track.RETURN
    return known.get(case.country, HOME_ZONE) if returned else HOME_ZONE


def people(left: Left, case: Any) -> Any:
    """The people of a case as decisions see them."""
    read = Reader(left.session, case)
    return travellers(read, read.all(Consent))
