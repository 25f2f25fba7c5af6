"""The arrival, instalments and check-ins."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlmodel import col

from models import departure, follow_up
from models import reintegration as r
from models.money import MoneyEntry, Move, Payee, PayeeCheck, PayeeReview, in_euros
from workflows import facts as f
from workflows.gather.money import plans
from workflows.gather.reader import Reader

SHOWN = ("id", "code", "kind", "method", "account_index", "case_id")
ACCOUNT = select(*(col(getattr(Payee, name)) for name in SHOWN))
OF_CODES = ACCOUNT.where(
    col(Payee.code).in_(bindparam("codes", expanding=True)),
    or_(col(Payee.case_id) == bindparam("case"), col(Payee.kind) == "vendor"),
).order_by(col(Payee.at), col(Payee.id))
OF_ACCOUNTS = ACCOUNT.where(col(Payee.account_index).in_(bindparam("accounts", expanding=True)))
CHECKS = (
    select(col(PayeeCheck.payee_id), col(PayeeCheck.verified))
    .where(col(PayeeCheck.payee_id).in_(bindparam("ids", expanding=True)))
    .order_by(col(PayeeCheck.at))
)
REVIEWS = (
    select(col(PayeeReview.payee_id), col(PayeeReview.allowed))
    .where(
        col(PayeeReview.payee_id).in_(bindparam("ids", expanding=True)), col(PayeeReview.case_id) == bindparam("case")
    )
    .order_by(col(PayeeReview.at))
)


def arrival_of(read: Reader) -> f.Arrival:
    """Who said what of the arrival, and when."""
    gone, there = read.latest(departure.Boarding), read.latest(departure.Arrival)
    if gone is None and there is None:
        return f.Arrival()
    met, words = read.latest(departure.Meeting), read.current(departure.SafeArrival)
    private = [row for row in words if row.reached and row.in_private]
    answers = [(row, read.vault.open(row, "safe")) for row in private]
    safe = next((row for row, word in answers if word is True), None)
    unsafe = next((row for row, word in answers if word is False), None)
    return f.Arrival(
        departed_source="staff" if gone and gone.departed_at else None,
        arrived_source=there.source if there else None,
        met_at=met.met_at if met else None, met_by=met.met_by if met else None,
        safe_at=safe.reached_at if safe else None, safe_by=safe.reached_by if safe else None,
        code_word=safe is not None and safe.code_word_checked,
        unsafe_at=unsafe.reached_at if unsafe else None, tried_at=words[-1].at if words else None,
    )  # fmt: skip


@dataclass
class Rows:
    """What instalments are made of, each table read once."""

    lines: dict[UUID, r.PlanLine]
    budget: dict[UUID, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    quotes: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    proofs: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    claims: dict[UUID, r.ClaimDecision] = field(default_factory=dict)
    reminded: set[UUID] = field(default_factory=set)
    approved: dict[UUID, MoneyEntry] = field(default_factory=dict)
    payees: dict[str, f.Payee] = field(default_factory=dict)


def instalments(read: Reader) -> tuple[f.Instalment, ...] | None:
    """The instalments of the plan in force, the earliest first; None while there is none."""
    plan, _ = plans(read)
    if plan is None:
        return None
    lines = {row.id: row for row in read.current(r.PlanLine) if str(row.id) in plan.lines}
    mine = [row for row in read.current(r.Instalment) if row.line_id in lines]
    rows = gathered(read, lines, mine)
    return tuple(instalment(rows, row) for row in sorted(mine, key=lambda row: (row.due_on, row.id)))


def gathered(read: Reader, lines: dict[UUID, r.PlanLine], mine: Sequence[r.Instalment]) -> Rows:
    """Everything that hangs on lines and instalments."""
    rows = Rows(lines)
    for row in mine:
        rows.budget[row.line_id] += in_euros(row.amount, lines[row.line_id].rate)
    for quote in read.current(r.Quote):
        rows.quotes[quote.line_id].add(quote.vendor)
    for proof in read.current(r.Evidence):
        rows.proofs[proof.instalment_id].add(proof.kind)
    rows.claims = {row.instalment_id: row for row in read.current(r.ClaimDecision)}
    rows.reminded = {row.instalment_id for row in read.current(r.ClaimReminder)}
    rows.approved = {row.instalment_id: row for row in read.current(MoneyEntry) if row.move is Move.APPROVED}
    rows.payees = payees(read, {row.payee for row in lines.values() if row.payee})
    return rows


def instalment(rows: Rows, row: r.Instalment) -> f.Instalment:
    """One instalment with all that was said about it."""
    line, claim, approved = rows.lines[row.line_id], rows.claims.get(row.id), rows.approved.get(row.id)
    return f.Instalment(
        id=str(row.id), due_on=row.due_on, approved=approved is not None, payment=row.payment_status,
        changed_at=row.paid_at or row.at, line=str(line.id), person=str(line.for_person), kind=line.kind,
        trigger=row.trigger, amount_eur=approved.amount_eur if approved else in_euros(row.amount, line.rate),
        line_eur=rows.budget[line.id], quotes=len(rows.quotes[line.id]), proofs=frozenset(rows.proofs[row.id]),
        payee=rows.payees.get(line.payee or ""), by_hand=row.by_hand, stop_asked=row.stop_asked_at is not None,
        claim_from=line.at, extended_to=claim.extended_to if claim else None, reminded=row.id in rows.reminded,
        ended=claim is not None and claim.lapse_reason is not None,
    )  # fmt: skip


def payees(read: Reader, codes: set[str]) -> dict[str, f.Payee]:
    """The newest account of each code: this case's own, and vendors that the whole house knows."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in read.look(OF_CODES, codes=sorted(codes), case=read.case.id) if codes else ():
        found[row.code].append(row)
    newest = [rows[-1] for rows in found.values()]
    checks, reviews, elsewhere = words_on(read, newest)
    return {
        row.code: f.Payee(
            str(row.id), row.kind, row.method, verified=checks.get(row.id), changed=len(found[row.code]) > 1,
            shared=row.account_index in elsewhere, allowed=reviews.get(row.id),
        )
        for row in newest
    }  # fmt: skip


def words_on(read: Reader, rows: Sequence[Any]) -> tuple[dict[UUID, bool], dict[UUID, bool], set[str | None]]:
    """What was found about accounts: verified, allowed, and which of them stand under another name too."""
    ids, indexes = [row.id for row in rows], {row.account_index: row for row in rows if row.account_index}
    if not ids:
        return {}, {}, set()
    same = read.look(OF_ACCOUNTS, accounts=list(indexes)) if indexes else ()
    elsewhere = {one.account_index for one in same if is_another(one, indexes[one.account_index or ""])}
    checks = {row.payee_id: row.verified for row in read.look(CHECKS, ids=ids)}
    return checks, {row.payee_id: row.allowed for row in read.look(REVIEWS, ids=ids, case=read.case.id)}, elsewhere


def is_another(one: Any, mine: Any) -> bool:
    """The same account under another code, or in another case (a vendor of one code is the same vendor)."""
    return one.code != mine.code or (one.case_id != mine.case_id and "vendor" not in (one.kind, mine.kind))


def check_ins(read: Reader) -> tuple[f.CheckIn, ...]:
    """Every check-in of this journey."""
    rows = read.current(follow_up.CheckIn)
    return tuple(f.CheckIn(row.point, row.reached, read.vault.open(row, "safe"), row.at) for row in rows)
