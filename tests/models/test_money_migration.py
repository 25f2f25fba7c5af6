"""What was planned and paid before there were books is carried into them, and they balance."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlmodel import select

from models.database import Database
from models.migrate import FOLDER
from models.money import Allowance, MoneyEntry, Move
from models.queries.money import check_books
from models.reintegration import Instalment, Plan, PlanLine
from tests.databases import KEYRING

AT = datetime(2026, 2, 1, tzinfo=UTC)
BEFORE = "0004"
OLD = (
    "INSERT INTO cases (id, ref, pathway, pathway_version, track, journey, country, area, opened_at, opened_by, ver) "
    "VALUES (:case, 'C-OLD', 'avrr_tr', 1, 'return', 1, 'GE', 'Gori', :at, 'c', 1)",
    "INSERT INTO persons (id, case_id, principal, language, identity_index) VALUES (:person, :case, 1, 'ka', 'x')",
    "INSERT INTO plans (id, case_id, at, by, journey) VALUES (:plan, :case, :at, 'c', 1)",
)
OLD_INSTALMENT = (
    "INSERT INTO instalments (id, case_id, at, by, journey, plan_id, ordinal, label, amount, currency, due_on, "
    "evidence_hash, evidence_by, approved_by, payment_reference, payment_status, paid_at) "
    "VALUES (:id, :case, :at, 'c', 1, :plan, :ordinal, 'tools', 400, 'EUR', :due, :proof, :who, :boss, "
    ":reference, :status, :paid_at)"
)


def old_house(url: str) -> None:
    """A plan with two instalments: one paid through the partner, one only planned."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["url"] = url
    command.upgrade(config, BEFORE)
    case, person, plan = uuid4().hex, uuid4().hex, uuid4().hex
    about = {"case": case, "at": str(AT), "person": person, "plan": plan}
    paid = {
        "proof": "a" * 64,
        "who": "c",
        "boss": "s",
        "reference": "pay_1",
        "status": "handed_over",
        "paid_at": str(AT),
    }
    with sa.create_engine(url).begin() as connection:
        for said in OLD:
            connection.execute(sa.text(said), about)
        for ordinal, more in enumerate((paid, dict.fromkeys(paid)), start=1):
            known = about | more | {"id": uuid4().hex, "ordinal": ordinal, "due": str(date(2026, 2, 20))}
            connection.execute(sa.text(OLD_INSTALMENT), known)


def test_s22_what_there_was_is_carried_into_books_that_balance(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    old_house(url)
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["url"] = url
    command.upgrade(config, "head")
    database = Database(url, KEYRING)
    with database.reading() as session:
        rows = session.exec(select(Instalment)).all()
        assert {str(row.line_id) for row in rows} == set(session.exec(select(Plan)).one().lines)
        assert {row.id for row in session.exec(select(PlanLine))} == {row.line_id for row in rows}
        moves = session.exec(select(MoneyEntry).order_by(MoneyEntry.id)).all()  # type: ignore[arg-type]
        assert [entry.move for entry in moves] == [Move.APPROVED, Move.ORDERED, Move.HANDED_OVER]
        assert (session.exec(select(Allowance)).one().paid_eur, moves[0].amount_eur) == (400, 400)
        assert check_books(session)[1] == ["payment pay_1: in the books, but nobody ordered it"]
    database.close()
