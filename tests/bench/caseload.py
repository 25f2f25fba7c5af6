"""Very many cases for the pages, written in bulk on PostgreSQL: people, standings, questions, limits, events, words.

They are no lives: only what lists, search and the page of a case read. A quarter of them is open.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlmodel import Session

from models.base import REF_LETTERS, new_id
from models.database import Database
from models.name_token import fingerprints
from models.signed_in import begin
from models.staff import Staff
from models.stage import Role
from models.vault import Keyring, Vault
from tests.bench.bulk import copied, poured, without_indexes
from tests.bench.caseload_sql import STATEMENTS, TABLES
from workflows.name_search import ways_to_find

AT_ONCE = 10_000
COUNSELLORS, SUPERVISORS, OFFICERS = 200, 10, 10
OFFICES = (Role.PROTECTION_OFFICER, Role.MEDICAL_OFFICER, Role.MOVEMENT_OFFICER)
GIVEN = ("Leyla", "Amina", "Sara", "Daniel", "Yusuf", "Maria", "Nino", "Karim", "Hana", "Tomas", "Ines", "Omar")
FAMILY = tuple(
    "".join(parts)
    for parts in product(
        ("Ay", "Be", "Ka", "Ra", "Ose", "Tha", "Hai", "Ud", "Po", "Dia"),
        ("ri", "din", "mo", "pe", "hi", "lo", "sku", "na", "ve", "to"),
        ("mov", "dze", "mi", "yan", "escu", "pa", "lle", "oglu", "nov", "bek"),
    )
)
PERIOD = timedelta(days=4 * 365)
CASE = ("id", "ref", "pathway", "pathway_version", "track", "journey", "country", "area", "opened_at", "opened_by",
        "owner", "episode", "ver", "due_at", "closed_at", "outcome", "noted_ver", "noted")  # fmt: skip
PERSON = ("id", "case_id", "principal", "language", "given_names", "family_name", "native_name", "born_on",
          "identity_index")  # fmt: skip
GLANCE = """{"until": null, "duties": [],
"people": [{"id": "%s", "principal": true, "child": false, "document": "none"}]}"""  # as workflows.glance keeps it
KEY = ("person_id", "master", "wrapped")
TOKEN = ("token", "person_id")


@dataclass(slots=True)
class Principal:
    """Somebody as the vault knows them: a row of the application's own takes ten times as long to make."""

    __tablename__ = "persons"
    id: UUID
    key_owner: UUID
    given_names: bytes = b""
    family_name: bytes = b""
    native_name: bytes = b""
    born_on: bytes = b""


class Life(NamedTuple):
    """The rows of one case that are sealed or hashed; the server writes the others."""

    case: Sequence[Any]
    person: Sequence[Any]
    names: tuple[str, str]


class NewKeys(Vault):
    """Seals for people who are all new: their keys are made here and looked for nowhere."""

    def __init__(self, session: Session, keyring: Keyring) -> None:
        super().__init__(session, keyring)
        self.rows: list[tuple[UUID, str, bytes]] = []

    def _key(self, owner: UUID, *, make: bool = False) -> AESGCM:
        if owner not in self._keys:
            key = AESGCM.generate_key(256)
            self.rows.append((owner, *self._keyring.wrap(key, owner)))
            self._keys[owner] = AESGCM(key)
        return self._keys[owner]


def handle_of(number: int) -> str:
    """Who opened a case."""
    return f"counsellor-{number % COUNSELLORS}"


def staff() -> Iterator[Staff]:
    """Counsellors, who each have a supervisor, and officers."""
    yield Staff(handle="operations", roles=[Role.OPERATIONS.value])
    for number in range(SUPERVISORS):
        yield Staff(handle=f"supervisor-{number}", roles=[Role.SUPERVISOR.value])
    for role, number in product(OFFICES, range(OFFICERS)):
        yield Staff(handle=f"{role.value}-{number}", roles=[role.value])
    for number in range(COUNSELLORS):
        lead = f"supervisor-{number % SUPERVISORS}"
        yield Staff(handle=handle_of(number), roles=[Role.COUNSELLOR.value], supervisor=lead)


def seed(database: Database, cases: int, now: datetime | None = None) -> None:
    """Staff first, then cases some thousand at a time; what all cases have alike the server writes by itself."""
    rng, until, found = Random(7), now or datetime.now(UTC), found_by(database.keyring)
    with database.unit_of_work() as session:
        session.add_all(staff())
        session.flush()
        with without_indexes(session, TABLES):
            for start in range(0, cases, AT_ONCE):
                vault, numbers = NewKeys(session, database.keyring), range(start, min(start + AT_ONCE, cases))
                lives = [life(vault, rng, number, until - PERIOD * (1 - number / cases), is_open(number, cases))
                         for number in numbers]  # fmt: skip
                write(session, vault, lives, found)
            for statement in STATEMENTS:
                session.connection().exec_driver_sql(statement, {"now": until})


def write(session: Session, vault: NewKeys, lives: Sequence[Life], found: dict[str, frozenset[int]]) -> None:
    """Some cases and their people."""
    copied(session, "cases", CASE, (one.case for one in lives))
    copied(session, "person_keys", KEY, vault.rows)
    copied(session, "persons", PERSON, (one.person for one in lives))
    tokens = ("".join(f"{token}\t{id_}\n" for token in found[" ".join(one.names)])
              for one in lives if (id_ := str(one.person[0])))  # fmt: skip
    poured(session, "name_tokens", TOKEN, tokens)


def found_by(keyring: Keyring) -> dict[str, frozenset[int]]:
    """The fingerprints of every name that somebody may have."""
    both = (" ".join(names) for names in product(GIVEN, FAMILY))
    return {name: fingerprints(keyring, ways_to_find(name)) for name in both}


def is_open(number: int, cases: int) -> bool:
    """Most of the newest are, and some old ones."""
    return number * 5 >= cases * 4 or number % 17 == 0


def life(vault: NewKeys, rng: Random, number: int, at: datetime, is_open: bool) -> Life:
    """One case and its principal. Every third has been handed on."""
    id_, owner = new_id(), handle_of(number * 7 + 1) if number % 3 == 0 else None
    closed = None if is_open else at + timedelta(days=90)
    names = rng.choice(GIVEN), rng.choice(FAMILY)
    person = Principal(of := new_id(), of)
    vault.seal(person, given_names=names[0], family_name=names[1], native_name=names[0], born_on="1990-01-01")
    case = (id_, "C-" + "".join(rng.choices(REF_LETTERS, k=10)), "avrr_tr", 1, "return", 1,
            rng.choice(("GE", "IQ", "UZ", "AF")), "Centre", at, handle_of(number), owner, 1, 9,
            at + PERIOD + timedelta(days=30) if is_open else None, closed, closed and "reintegrated", 9,
            GLANCE % person.id)  # fmt: skip
    sealed = person.given_names, person.family_name, person.native_name, person.born_on
    return Life(case, (person.id, id_, True, "tr", *sealed, f"{number:032x}"), names)


def sign_in(database: Database, handle: str, now: datetime) -> str:
    """A session of somebody."""
    with database.unit_of_work() as session:
        return begin(session, handle, now)
