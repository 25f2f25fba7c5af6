"""Very many cases for the pages, written in bulk on PostgreSQL: people, standings, questions, events, search words.

They are no lives: only what lists, search and the page of a case read.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Session, SQLModel

from models.base import new_ref
from models.case import Case
from models.database import Database, keyring_of, vault_of
from models.name_token import NameToken, fingerprints
from models.person import Person
from models.question import Question
from models.signed_in import begin
from models.staff import Staff
from models.stage import Role, Stage
from workflows.name_search import ways_to_find

AT_ONCE = 1_000
COUNSELLORS = 200
GIVEN = ("Leyla", "Amina", "Sara", "Daniel", "Yusuf", "Maria", "Nino", "Karim", "Hana", "Tomas", "Ines", "Omar")
FAMILY = ("Aydin", "Beridze", "Karimov", "Rahimi", "Osei", "Thapa", "Haile", "Uddin", "Popescu", "Petrov", "Diallo")
LIVE = (Stage.RISK_ASSESSMENT, Stage.HEALTH, Stage.TRAVEL_DOCUMENTS, Stage.PARTNER_HANDOVER)
BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
# What all cases have alike the server writes by itself: a note for each stage, and twelve events.
NOTES = """
INSERT INTO standings (id, case_id, stage, kind, "on", why, since, until)
SELECT gen_random_uuid(), cases.id, stage, kind,
       CASE kind WHEN 'Waiting' THEN 'partner' WHEN 'Asking' THEN 'counsellor' END,
       '{"code": "risk.not_assessed"}', opened_at,
       CASE kind WHEN 'Done' THEN NULL ELSE opened_at + interval '30 days' END
FROM cases, unnest(CAST(:stages AS text[]), CAST(:live AS boolean[])) WITH ORDINALITY AS stages (stage, live, place),
     LATERAL (SELECT get_bit(uuid_send(cases.id), 63 + CAST(place AS int)) AS coin) AS tossed,
     LATERAL (SELECT CASE WHEN NOT live THEN 'Done' WHEN coin = 0 THEN 'Waiting' ELSE 'Asking' END AS kind) AS stands"""
EVENTS = """
INSERT INTO events (id, subject, number, at, by, kind, said, hash)
SELECT gen_random_uuid(), ref, number, opened_at, 'sila', 'stage.stands', '{"stage": "health"}', repeat('0', 64)
FROM cases, generate_series(1, 12) AS number"""
Rows = dict[type[SQLModel], list[dict[str, Any]]]


def handle_of(number: int) -> str:
    """Whose case it is."""
    return f"counsellor-{number % COUNSELLORS}"


def seed(database: Database, cases: int) -> None:
    """Staff first, then cases a thousand at a time."""
    with database.unit_of_work() as session:
        for number in range(COUNSELLORS):
            session.add(Staff(handle=handle_of(number), roles=[Role.COUNSELLOR.value]))
    rng = Random(7)
    for start in range(0, cases, AT_ONCE):
        with database.unit_of_work() as session:
            for kind, rows in batch(session, rng, range(start, min(start + AT_ONCE, cases))).items():
                session.connection().execute(insert(kind), rows)
    with database.unit_of_work() as session:
        stages = {"stages": [one.value for one in Stage], "live": [one in LIVE for one in Stage]}
        session.connection().execute(text(NOTES), stages)
        session.connection().execute(text(EVENTS))


def batch(session: Session, rng: Random, numbers: range) -> Rows:
    """The rows of some cases by kind, in an order in which they can be written."""
    rows: Rows = {Case: [], Person: [], Question: [], NameToken: []}
    for number in numbers:
        for kind, row in of_case(session, rng, number):
            rows[kind].append(row)
    session.flush()  # the keys of the people
    return rows


def of_case(session: Session, rng: Random, number: int) -> Iterator[tuple[type[SQLModel], dict[str, Any]]]:
    """Everything about one case."""
    at = BEGAN + timedelta(minutes=number)
    case = Case(
        ref=new_ref(), pathway="avrr_tr", pathway_version=1, country=rng.choice(("GE", "IQ", "UZ", "AF")), ver=9,
        area="Centre", opened_at=at, opened_by=handle_of(number), due_at=at + timedelta(days=400),
    )  # fmt: skip
    yield Case, case.model_dump()
    given, family = rng.choice(GIVEN), f"{rng.choice(FAMILY)}{'aeiou'[number % 5]}"
    person = Person(case_id=case.id, principal=True, language="tr", identity_index="0" * 32)
    vault_of(session).seal(person, given_names=given, family_name=family, native_name=given, born_on="1990-01-01")
    yield Person, person.model_dump()
    for token in fingerprints(keyring_of(session), ways_to_find(given, family)):
        yield NameToken, {"token": token, "person_id": person.id}
    question = Question(case_id=case.id, at=at, by="sila", journey=1, stage=Stage.HEALTH, kind="health_clearance",
                        role=Role.COUNSELLOR, until=at + timedelta(days=rng.randrange(1, 60)))  # fmt: skip
    yield Question, question.model_dump()


def sign_in(database: Database, number: int, now: datetime) -> str:
    """A session of one counsellor."""
    with database.unit_of_work() as session:
        return begin(session, handle_of(number), now)
