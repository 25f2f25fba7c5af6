"""Moves money in the books, and keeps what a case may have: approved within the caps, paid within the approved (S3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from models.case import Case
from models.money import MOVES, Account, Allowance, MoneyEntry, Move, balances, in_euros
from models.reintegration import Evidence, Instalment, PlanLine
from workflows.caps import Scope, scopes_of

ZERO = Decimal(0)


class OverCap(Exception):
    """More than the case may have: which scope, and what is left there."""

    def __init__(self, scope: Scope, left: Decimal) -> None:
        super().__init__(f"{scope[0]}: {left} EUR left")
        self.scope, self.left = scope, left


class NothingThere(Exception):
    """A sum cannot move: it does not lie where it would have to."""


@dataclass(frozen=True)
class Rate:
    """Units of a currency for one euro, on a day, as a source publishes it."""

    value: Decimal
    on: date
    source: str


def entries_of(session: Session, instalment: Instalment) -> list[MoneyEntry]:
    """Everything that moved for an instalment."""
    return list(session.exec(select(MoneyEntry).where(MoneyEntry.instalment_id == instalment.id)))


def move(session: Session, instalment: Instalment, what: Move, by: str, now: datetime, **more: Any) -> MoneyEntry:
    """Move an instalment's sum. ``more``: a part in euros (``part``), a ``rate``, a ``reference``.

    Raises NothingThere when the sum does not lie where this begins.
    """
    known = entries_of(session, instalment)
    first = known[0] if known else None
    rate: Rate | None = more.get("rate") or (Rate(first.rate, first.rate_on, first.rate_source) if first else None)
    if rate is None:
        raise NothingThere("nothing was approved")
    whole = first.amount_eur if first else in_euros(instalment.amount, rate.value)
    part: Decimal = more.get("part") or whole
    amount = instalment.amount if part == whole else (part * rate.value).quantize(Decimal("0.01"))
    entry = MoneyEntry(
        case_id=instalment.case_id, journey=instalment.journey, at=now, by=by, instalment_id=instalment.id, move=what,
        debit=MOVES[what][1], credit=source_of(known, what, part), amount=amount, currency=instalment.currency,
        rate=rate.value, rate_on=rate.on, rate_source=rate.source, amount_eur=part, reference=more.get("reference"),
    )  # fmt: skip
    session.add(entry)
    session.flush()
    keep_allowances(session, instalment, what, part)
    return entry


def source_of(known: list[MoneyEntry], what: Move, part: Decimal) -> Account:
    """Where the sum lies now, of the accounts that it can leave for this. Raises NothingThere."""
    lying = balances(known)
    done = {entry.move for entry in known}
    for account in MOVES[what][0]:
        if what not in done and (account is Account.BUDGET or lying[account] >= part):
            return account
    raise NothingThere(f"{what.value}: the sum does not lie in {' or '.join(MOVES[what][0])}")


def keep_allowances(session: Session, instalment: Instalment, what: Move, part: Decimal) -> None:
    """Count what was approved and paid; the database refuses what is beyond."""
    approved = {Move.APPROVED: part, Move.RELEASED: -part, Move.RETURNED: -part, Move.CLAWED_BACK: -part}
    paid = {Move.HANDED_OVER: part, Move.RETURNED: -part, Move.CLAWED_BACK: -part}
    for allowance in allowances_of(session, instalment):
        allowance.approved_eur += approved.get(what, ZERO)
        allowance.paid_eur += paid.get(what, ZERO)
    session.flush()


def allowances_of(session: Session, instalment: Instalment) -> list[Allowance]:
    """Those that an instalment counts for."""
    line = session.get_one(PlanLine, instalment.line_id)
    mine = set(scopes_of(str(line.for_person), line.kind))
    rows = session.exec(select(Allowance).where(Allowance.case_id == instalment.case_id)).all()
    return [row for row in rows if (row.scope, row.name) in mine]


def make_room(session: Session, case: Case, caps: Mapping[Scope, Decimal], wanted: Mapping[Scope, Decimal]) -> None:
    """Bring the caps of the scopes up to date. Raises OverCap when what is wanted goes beyond one of them."""
    rows = session.exec(select(Allowance).where(Allowance.case_id == case.id).with_for_update()).all()
    known = {(row.scope, row.name): row for row in rows}
    for scope, sum_eur in wanted.items():
        cap, row = caps.get(scope, ZERO), known.get(scope)
        left = cap - (row.approved_eur if row else ZERO)
        if sum_eur > left:
            raise OverCap(scope, max(left, ZERO))
        if row is None:
            session.add(Allowance(case_id=case.id, scope=scope[0], name=scope[1], cap_eur=cap))
        else:
            row.cap_eur = cap
    session.flush()


def settled(
    session: Session, row: Instalment, status: str, by: str, now: datetime, *, receipt: str | None = None
) -> bool:
    """An instalment was handed over, or was not. What was handed over stays so. True when that is new."""
    if row.payment_status in ("handed_over", status):
        return False
    moves = {entry.move for entry in entries_of(session, row)}
    if status == "handed_over":
        move(session, row, Move.HANDED_OVER, by, now, reference=row.payment_reference)
        if receipt:
            session.add(a_receipt(row, receipt, by, now))
    elif Move.ORDERED in moves and Move.FAILED not in moves:
        move(session, row, Move.FAILED, by, now, reference=row.payment_reference)
    row.payment_status, row.paid_at = status, now
    return True


def a_receipt(row: Instalment, sha256: str, by: str, now: datetime) -> Evidence:
    """The receipt of a payment, by its hash."""
    return Evidence(
        case_id=row.case_id, journey=row.journey, at=now, by=by, instalment_id=row.id, kind="receipt", sha256=sha256
    )  # fmt: skip


def release_earlier(session: Session, case: Case, by: str, now: datetime) -> None:
    """What was approved for an earlier journey and never ordered goes back to the budget."""
    earlier = select(Instalment).where(Instalment.case_id == case.id, Instalment.journey < case.journey)
    for row in session.exec(earlier).all():
        known = entries_of(session, row)
        if balances(known)[Account.COMMITTED] > 0:
            move(session, row, Move.RELEASED, by, now)


def approved_by(session: Session, instalment_id: UUID) -> str | None:
    """Who approved an instalment."""
    query = select(MoneyEntry.by).where(MoneyEntry.instalment_id == instalment_id, MoneyEntry.move == Move.APPROVED)
    return session.exec(query).first()
