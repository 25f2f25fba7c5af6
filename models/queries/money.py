"""Checks the books as a whole (S3, S22), and lists what looks like fraud. Nothing here changes anything."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from models.case import Case
from models.effect import Effect, EffectState
from models.money import Account, Allowance, MoneyEntry, Move, Payee, PayeeCheck, balances
from models.reconciliation import SpotCheck
from models.reintegration import Evidence, Instalment, PlanLine, Quote

LIES = {"ordered": Account.IN_TRANSIT, "handed_over": Account.DELIVERED}
BACK = (Move.RETURNED, Move.CLAWED_BACK)


def check_books(session: Session) -> tuple[int, list[str]]:
    """How many entries there are, and a line for each thing that does not balance. No line: all is well."""
    entries: dict[UUID, list[MoneyEntry]] = defaultdict(list)
    for entry in session.exec(select(MoneyEntry).order_by(col(MoneyEntry.id))):
        entries[entry.instalment_id].append(entry)
    rows = {row.id: row for row in session.exec(select(Instalment))}
    wrong = [line for id_, mine in entries.items() for line in of_instalment(rows[id_], mine)]
    wrong += [f"instalment {row.id}: paid, and not in the books" for row in rows.values()
              if row.payment_status == "handed_over" and row.id not in entries]  # fmt: skip
    wrong += list(one_to_one(session, rows.values(), entries))
    wrong += list(allowances(session, entries))
    return sum(map(len, entries.values())), wrong


def of_instalment(row: Instalment, entries: Sequence[MoneyEntry]) -> Iterator[str]:
    """The sum lies where the state of the payment says, nowhere below zero, and two people moved it."""
    lying, moves = balances(entries), {entry.move: entry for entry in entries}
    if any(lying[account] < 0 for account in Account if account is not Account.BUDGET):
        yield f"instalment {row.id}: an account is below zero"
    if sum(lying.values()) != 0:
        yield f"instalment {row.id}: what went out did not come in"
    account = LIES.get(row.payment_status or "")
    if account and lying[account] <= 0 and not moves.keys() & set(BACK):
        yield f"instalment {row.id}: {row.payment_status}, but the sum does not lie in {account.value}"
    if account is not Account.DELIVERED and lying[Account.DELIVERED] > 0:
        yield f"instalment {row.id}: delivered in the books, but {row.payment_status or 'not paid'}"
    paid, approved = moves.get(Move.HANDED_OVER), moves.get(Move.APPROVED)
    if approved and approved.by == row.by:
        yield f"instalment {row.id}: proposed and approved by one person"
    if paid and approved and paid.by in (approved.by, row.by):
        yield f"instalment {row.id}: paid by who proposed or approved it"


def one_to_one(session: Session, rows: Iterable[Instalment], entries: dict[UUID, list[MoneyEntry]]) -> Iterator[str]:
    """Each confirmed order at a partner has one entry, and each entry of an order has its payment (S22)."""
    orders = select(Effect).where(Effect.action == "order_payment", Effect.state == EffectState.CONFIRMED)
    outside = {effect.reference: effect.subject for effect in session.exec(orders)}
    ours: dict[str | None, list[str]] = defaultdict(list)
    for mine in entries.values():
        for entry in mine:
            if entry.move is Move.ORDERED:
                ours[entry.reference].append(str(entry.instalment_id))
    for reference, subject in outside.items():
        if ours.get(reference) != [subject]:
            yield f"payment {reference}: {len(ours.get(reference, []))} entries in the books instead of one"
    for reference in ours.keys() - outside.keys():
        yield f"payment {reference}: in the books, but nobody ordered it"


def allowances(session: Session, entries: dict[UUID, list[MoneyEntry]]) -> Iterator[str]:
    """What is approved and paid in all is what the entries come to, and within the cap."""
    approved: dict[UUID, Decimal] = defaultdict(Decimal)
    paid: dict[UUID, Decimal] = defaultdict(Decimal)
    for mine in entries.values():
        lying = balances(mine)
        approved[mine[0].case_id] -= lying[Account.BUDGET]
        paid[mine[0].case_id] += lying[Account.DELIVERED]
    for row in session.exec(select(Allowance)):
        if not 0 <= row.paid_eur <= row.approved_eur <= row.cap_eur:
            yield f"case {row.case_id}: {row.scope} {row.name}: not paid ≤ approved ≤ cap"
        if row.scope == "family" and (row.approved_eur, row.paid_eur) != (approved[row.case_id], paid[row.case_id]):
            yield f"case {row.case_id}: approved or paid in all is not what the entries come to"


def anomalies(session: Session) -> list[str]:
    """What a person should look at: one line each, with references and no names."""
    cases = {case.id: case.ref for case in session.exec(select(Case))}
    return [
        *unlisted(session, cases), *same_account(session, cases), *same_paper(session, cases, Quote, "quote"),
        *same_paper(session, cases, Evidence, "proof"), *seen_otherwise(session, cases),
    ]  # fmt: skip


def unlisted(session: Session, cases: dict[UUID, str]) -> Iterator[str]:
    """Paid to a vendor that no second person had verified by then: a ghost until somebody has seen it."""
    lines = {row.id: row for row in session.exec(select(PlanLine))}
    checked = {check.payee_id: check for check in session.exec(select(PayeeCheck)) if check.verified}
    payees = session.exec(select(Payee).order_by(col(Payee.at), col(Payee.id))).all()
    for row in session.exec(select(Instalment).where(Instalment.payment_status == "handed_over")):
        line = lines[row.line_id]
        mine = [one for one in payees if is_payee_of(one, line, row)]
        known = mine and (check := checked.get(mine[-1].id)) is not None and check.by != mine[-1].by
        if mine and mine[-1].method != "cash" and not known:
            yield f"{cases[row.case_id]}: instalment {row.id} was paid to {line.payee}, which nobody had verified"


def is_payee_of(one: Payee, line: PlanLine, row: Instalment) -> bool:
    """Whether the account is the line's, as it was known when the money was handed over."""
    mine = one.case_id == line.case_id or one.kind == "vendor"
    return one.code == line.payee and mine and row.paid_at is not None and one.at <= row.paid_at


def same_account(session: Session, cases: dict[UUID, str]) -> Iterator[str]:
    """One account under several codes, or of several cases."""
    found: dict[str, list[Payee]] = defaultdict(list)
    for row in session.exec(select(Payee).where(col(Payee.account_index).is_not(None))):
        found[row.account_index or ""].append(row)
    for rows in found.values():
        codes = sorted({row.code for row in rows})
        private = {row.case_id for row in rows if row.kind != "vendor"}
        if len(codes) > 1 or len(private) > 1:
            where = sorted({cases[row.case_id] for row in rows})
            yield f"{', '.join(where)}: the same account stands for {', '.join(codes)}"


def same_paper(session: Session, cases: dict[UUID, str], kind: type[Any], word: str) -> Iterator[str]:
    """One paper, known by its hash, that was shown for several things."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in session.exec(select(kind)):
        about = row.line_id if kind is Quote else row.instalment_id
        found[row.sha256].add((cases[row.case_id], str(about)))
    for sha256, uses in sorted(found.items()):
        if len(uses) > 1:
            where = sorted({ref for ref, _ in uses})
            yield f"{', '.join(where)}: the {word} {sha256[:12]} was shown {len(uses)} times"


def seen_otherwise(session: Session, cases: dict[UUID, str]) -> Iterator[str]:
    """A visit found something else than the certificate says."""
    for row in session.exec(select(SpotCheck).where(SpotCheck.outcome == "different")):
        yield f"{cases[row.case_id]}: a visit found otherwise than the certificate of instalment {row.instalment_id}"
