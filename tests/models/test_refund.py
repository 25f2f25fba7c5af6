"""The money of tickets adds up to nothing, whatever happens to it; each payment outside has one line here (S22)."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models import refund
from models.booking import Booking, Seat, seat, stands
from models.case import Case
from models.database import Database
from models.person import Person
from models.refund import Account, Posting, Unbalanced, balances, postings_of

NOW = datetime(2026, 3, 2, tzinfo=UTC)
MONEY = st.decimals(0, 2000, places=2)


def a_ticket(session: Session, price: Decimal = Decimal(300), **over: object) -> Booking:
    """A booking of a case of its own."""
    case = Case(pathway="p", pathway_version=1, country="GE", area="x", opened_at=NOW, opened_by="a")
    session.add(case)
    session.flush()
    person = Person(case_id=case.id, principal=True, language="en", identity_index=uuid4().hex)
    session.add(person)
    session.flush()
    booking = Booking(
        case_id=case.id, person_id=person.id, at=NOW, by="a", journey=1, generation=1, route="api",
        outside_id=uuid4().hex, status="ticketed", price=price, currency="EUR", looked_at=NOW,
    )  # fmt: skip
    session.add(booking)
    session.flush()
    return booking


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MONEY, st.none() | MONEY, st.lists(MONEY, max_size=4), st.booleans())
def test_s22_the_ledger_of_a_ticket_balances_whatever_comes_back(
    database: Database, price: Decimal, quoted: Decimal | None, parts: list[Decimal], gives_up: bool
) -> None:
    with database.unit_of_work() as session:
        booking = a_ticket(session, price)
        refund.paid(session, booking, by="a", at=NOW)
        refund.paid(session, booking, by="a", at=NOW)
        refund.given_back(session, booking, quoted, by="a", at=NOW)
        refund.given_back(session, booking, quoted, by="a", at=NOW)
        for part in parts:
            owed = balances(postings_of(session, booking))[Account.AIRLINE_OWES]
            refund.received(session, booking, min(part, owed), uuid4().hex, by="a", at=NOW)
        if gives_up:
            refund.written_off(session, booking, by="b", at=NOW)
        lines = postings_of(session, booking)
        totals = balances(lines)
        assert sum(line.amount for line in lines) == 0
        assert totals[Account.TICKET] == 0
        assert 0 <= totals[Account.AIRLINE_OWES] <= price
        assert totals[Account.AIRLINE_OWES] == 0 or not gives_up
        paid_out = [line for line in lines if line.account is Account.BANK and line.amount < 0]
        assert [-line.amount for line in paid_out] == ([price] if price else [])
        assert (
            -totals[Account.BANK]
            == totals[Account.PENALTY] + totals[Account.WRITTEN_OFF] + totals[Account.AIRLINE_OWES]
        )


def test_s22_an_entry_that_does_not_add_up_is_never_written(database: Database) -> None:
    with database.unit_of_work() as session:
        booking = a_ticket(session)
        with pytest.raises(Unbalanced):
            refund.post(session, booking, "paid", {Account.TICKET: Decimal(1)}, by="a", at=NOW)
        assert session.exec(select(Posting)).all() == []


def test_s22_a_payment_outside_has_one_line_here(database: Database) -> None:
    with database.unit_of_work() as session:
        booking = a_ticket(session)
        refund.paid(session, booking, by="a", at=NOW)
        refund.given_back(session, booking, None, by="a", at=NOW)
        refund.received(session, booking, Decimal(10), "P-1", by="a", at=NOW)
        with pytest.raises(IntegrityError), session.begin_nested():
            refund.received(session, booking, Decimal(10), "P-1", by="a", at=NOW)


def test_s2_the_database_refuses_a_second_live_seat_of_one_person(database: Database) -> None:
    with database.unit_of_work() as session:
        booking = a_ticket(session)
        other = a_ticket(session)
        seat(session, booking, [booking.person_id])
        with pytest.raises(IntegrityError), session.begin_nested():
            seat(session, other, [booking.person_id])
        stands(session, booking, "cancelled")
        session.flush()
        seat(session, other, [booking.person_id])
        assert [row.live for row in session.exec(select(Seat).order_by(Seat.id))] == [False, True]
