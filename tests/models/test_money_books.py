"""S3 and S22 as properties: whatever is tried in whatever order, books balance and the database keeps the caps."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models.base import new_id
from models.case import Case
from models.database import Database
from models.money import Account, Allowance, MoneyEntry, Move, balances, in_euros
from models.person import Person
from models.queries.money import check_books
from models.reintegration import Instalment, Plan, PlanLine
from models.stage import Track
from tests.factories import NOW
from workflows import books
from workflows.caps import Scope, sums_of

RATE = books.Rate(Decimal("41.7125"), date(2026, 3, 1), "official")
WHO = {Move.APPROVED: "supervisor", Move.HANDED_OVER: "operations"}
MOVES = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(Move)), max_size=14)
SUMS = st.lists(st.decimals("0.01", "90000", places=2), min_size=3, max_size=3)


def a_case(session: Session, amounts: list[Decimal]) -> tuple[Case, list[Instalment], str]:
    """A case with one line in another currency and an instalment for each sum."""
    case = Case(pathway="avrr_tr", pathway_version=1, country="GE", area="Gori", opened_at=NOW, opened_by="c",
                track=Track.IN_PLACE)  # fmt: skip
    session.add(case)
    session.flush()
    person = Person(id=new_id(), case_id=case.id, principal=True, language="ka", identity_index="x")
    session.add(person)
    session.flush()
    row = {"case_id": case.id, "at": NOW, "by": "counsellor", "journey": 1}
    plan = Plan(**row)
    line = PlanLine(
        **row, kind="equipment", dimension="economic", level="individual", for_person=person.id, feasibility={},
        currency="TRY", rate=RATE.value, rate_on=RATE.on, rate_source=RATE.source,
    )  # fmt: skip
    session.add_all([plan, line])
    session.flush()
    parts = [
        Instalment(**row, plan_id=plan.id, line_id=line.id, ordinal=n, label="equipment", amount=amount,
                   currency="TRY", due_on=date(2026, 3, 1))
        for n, amount in enumerate(amounts)
    ]  # fmt: skip
    session.add_all(parts)
    session.flush()
    return case, parts, str(person.id)


def caps(person: str) -> dict[Scope, Decimal]:
    """A family may have less than its person."""
    return {("family", ""): Decimal(2000), ("person", person): Decimal(2615), ("category", "equipment"): Decimal(2000)}


def attempt(session: Session, case: Case, row: Instalment, what: Move, person: str) -> None:
    """One move as the recorders do it, refused or done."""
    try:
        if what is Move.APPROVED:
            wanted = sums_of([(person, "equipment", in_euros(row.amount, RATE.value))])
            books.make_room(session, case, caps(person), wanted)
        if what in (Move.HANDED_OVER, Move.FAILED):
            books.settled(session, row, what.value, WHO.get(what, "partner"), NOW)
            return
        books.move(session, row, what, WHO.get(what, "sila"), NOW, rate=RATE)
        if what is Move.ORDERED and row.payment_status is None:
            row.payment_status = "ordered"
    except (books.OverCap, books.NothingThere):
        pass


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=SUMS, moves=MOVES)
def test_s3_s22_whatever_is_tried_paid_stays_within_approved_within_the_cap(
    database: Database, amounts: list[Decimal], moves: list[tuple[int, Move]]
) -> None:
    with Session(database.engine) as session, session.begin() as transaction:
        case, parts, person = a_case(session, amounts)
        for number, what in moves:
            attempt(session, case, parts[number], what, person)
        for row in parts:
            entries = books.entries_of(session, row)
            lying = balances(entries)
            assert sum(lying.values()) == 0
            assert all(lying[account] >= 0 for account in Account if account is not Account.BUDGET)
            assert lying[Account.DELIVERED] <= in_euros(row.amount, RATE.value)
            assert [entry.move for entry in entries].count(Move.HANDED_OVER) <= 1
        for allowance in session.exec(select(Allowance).where(Allowance.case_id == case.id)):
            assert 0 <= allowance.paid_eur <= allowance.approved_eur <= allowance.cap_eur
        assert [line for line in check_books(session)[1] if "nobody ordered" not in line] == []
        transaction.rollback()


@pytest.mark.parametrize(
    "broken", [lambda a: setattr(a, "paid_eur", Decimal(301)), lambda a: setattr(a, "approved_eur", Decimal(2001))]
)
def test_s3_the_database_itself_refuses_paid_above_approved_and_approved_above_the_cap(
    database: Database, broken: Callable[[Allowance], None]
) -> None:
    with Session(database.engine) as session:
        case, parts, person = a_case(session, [Decimal(300) * RATE.value])
        attempt(session, case, parts[0], Move.APPROVED, person)
        broken(session.exec(select(Allowance).where(Allowance.scope == "family")).one())
        with pytest.raises(IntegrityError):
            session.flush()


def test_s3_a_second_hand_over_of_one_instalment_is_refused_by_the_database(database: Database) -> None:
    with Session(database.engine) as session:
        _, parts, _ = a_case(session, [Decimal(300)])
        for _ in range(2):
            session.add(an_entry(parts[0]))
        with pytest.raises(IntegrityError):
            session.flush()


def an_entry(row: Instalment) -> MoneyEntry:
    """A hand-over, written past every rule."""
    return MoneyEntry(
        case_id=row.case_id, journey=1, at=NOW, by="x", instalment_id=row.id, move=Move.HANDED_OVER,
        debit=Account.DELIVERED, credit=Account.COMMITTED, amount=row.amount, currency="TRY", rate=RATE.value,
        rate_on=RATE.on, rate_source="x", amount_eur=Decimal(1),
    )  # fmt: skip


def test_s22_the_check_sees_what_was_written_past_the_books(database: Database) -> None:
    with Session(database.engine) as session:
        _, parts, _ = a_case(session, [Decimal(300)])
        parts[0].payment_status = "handed_over"
        session.flush()
        assert check_books(session)[1] == [f"instalment {parts[0].id}: paid, and not in the books"]
        session.add(an_entry(parts[0]))
        session.flush()
        assert f"instalment {parts[0].id}: an account is below zero" in check_books(session)[1]


def test_a_sum_in_euros_is_rounded_to_the_cent_and_never_nothing() -> None:
    assert in_euros(Decimal("417.13"), RATE.value) == Decimal("10.00")
    assert in_euros(Decimal("0.01"), RATE.value) == Decimal("0.01")
