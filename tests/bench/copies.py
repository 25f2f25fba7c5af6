"""Many open cases for a measurement: the cases of a simulation again and again, under ids and references of their own.

A copy is as real as its original: its rows point at each other, and its sealed fields are sealed for its own people.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, col, select

from models.case import Case
from models.database import Database
from models.money import Payee, PayeeCheck
from models.reading import frozen, kinds, read
from models.risk_assessment import RiskApproval, RiskAssessment
from models.vault import Vault

AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
STEP = 1 << 100  # ids of a simulation are numbers far below
AT_ONCE = 100


@dataclass
class Pattern:
    """A case to be copied: its row, and the rows of every kind with what is sealed in them."""

    case: dict[str, Any]
    rows: list[tuple[type[Any], dict[str, Any], dict[str, Any]]]
    ids: frozenset[UUID]


def patterns(session: Session) -> list[Pattern]:
    """Every open case as a pattern."""
    cases = session.exec(select(Case).where(col(Case.closed_at).is_(None)).order_by(col(Case.id))).all()
    return [pattern(session, case) for case in cases]


def pattern(session: Session, case: Case) -> Pattern:
    """One case."""
    vault = Vault(session, session.info["keyring"])
    rows = [(kind, row) for kind in kinds() for row in read(session, case.id, kind) if not is_shared(session, row)]
    parts = [(kind, plain_of(kind, row), opened(vault, kind, row)) for kind, row in rows]
    return Pattern(plain_of(Case, case), parts, frozenset({case.id, *(row.id for _, row in rows)}))


def is_shared(session: Session, row: Any) -> bool:
    """What the whole house knows once, a vendor's account and the check of it, is no copy's own."""
    about = session.get(Payee, row.payee_id) if isinstance(row, PayeeCheck) else row
    return isinstance(about, Payee) and about.kind == "vendor"


def plain_of(kind: Any, row: Any) -> dict[str, Any]:
    """Its columns."""
    return {name: row.__dict__[name] for name in kind.__table__.c.keys()}  # noqa: SIM118 - columns are no mapping


def sealed_of(kind: Any) -> Iterator[str]:
    """The names of its sealed columns."""
    return (one.name for one in kind.__table__.c if one.info.get("field_class") != 1)


def opened(vault: Vault, kind: Any, row: Any) -> dict[str, Any]:
    """What is sealed in it."""
    return {name: vault.open(row, name) for name in sealed_of(kind) if getattr(row, name) is not None}


class Copy:
    """The number of a copy, and how it names things."""

    def __init__(self, of: Pattern, number: int) -> None:
        self.of, self.number = of, number

    def named(self, value: Any) -> Any:
        """The same value; ids of the pattern become the copy's own, in words too."""
        if isinstance(value, UUID):
            return UUID(int=value.int ^ (self.number * STEP)) if value in self.of.ids else value
        if isinstance(value, str):
            return AN_ID.sub(lambda found: str(self.named(UUID(found.group()))), value) if "-" in value else value
        if isinstance(value, list | tuple):
            return [self.named(one) for one in value]
        return {name: self.named(one) for name, one in value.items()} if isinstance(value, dict) else value

    def case(self) -> dict[str, Any]:
        """The case's own row."""
        return {name: self.named(value) for name, value in self.of.case.items()} | {"ref": f"C-{self.number:010d}"}

    def rows(self, vault: Vault) -> list[tuple[Any, dict[str, Any]]]:
        """All its other rows. An approval counts for an assessment as it is sealed, so it is given anew."""
        made = list(self._sealed(vault))
        seen = {row["id"]: frozen(kind, row.values()).sha256() for kind, row in made if kind is RiskAssessment}
        for kind, row in made:
            if kind is RiskApproval:
                row["sha256"] = seen[row["assessment_id"]]
        return made

    def _sealed(self, vault: Vault) -> Iterator[tuple[Any, dict[str, Any]]]:
        for kind, plain, inside in self.of.rows:
            row = {name: self.named(value) for name, value in plain.items()}
            for one in kind.__table__.c:
                if (one.unique or one.name.endswith("_index")) and isinstance(row[one.name], str):
                    row[one.name] = f"{self.number:08d}{row[one.name][8:]}"
            if inside:
                seal(vault, kind, row, {name: self.named(value) for name, value in inside.items()})
            yield kind, row


def seal(vault: Vault, kind: Any, row: dict[str, Any], inside: dict[str, Any]) -> None:
    """Its sealed fields, for the copy's people."""
    owner = kind.key_owner.fget(SimpleNamespace(**row))
    made = SimpleNamespace(**row, key_owner=owner, __tablename__=kind.__tablename__)
    vault.seal(made, **inside)
    row.update({name: getattr(made, name) for name in inside})


def fill(database: Database, patterns: list[Pattern], most: int) -> int:
    """So many copies, one pattern after the other, beside the cases that are there. Gives how many rows they are."""
    copies, rows = (Copy(patterns[number % len(patterns)], number) for number in range(1, most + 1)), 0
    while batch := [copy for copy, _ in zip(copies, range(AT_ONCE), strict=False)]:
        rows += write(database, batch)
    return rows


def write(database: Database, batch: Iterable[Copy]) -> int:
    """Some copies in one transaction, a table after the other."""
    written: dict[Any, list[dict[str, Any]]] = {Case: []}
    with database.unit_of_work() as session:
        vault = Vault(session, database.keyring)
        for copy in batch:
            written[Case].append(copy.case())
            for kind, row in copy.rows(vault):
                written.setdefault(kind, []).append(row)
        order = [table.name for table in SQLModel.metadata.sorted_tables]
        for kind in sorted(written, key=lambda kind: order.index(kind.__tablename__)):
            session.connection().execute(insert(kind.__table__), written[kind])
    return sum(len(rows) for rows in written.values())
