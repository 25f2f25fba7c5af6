"""Reads what many cases lack into the cabinet, so that each can then be gathered without asking the database."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session

from models.cabinet import Cabinet
from models.case import Case
from models.database import vault_of
from models.event import know_chains
from models.person import Person
from models.reading import in_order, kinds, read_many, read_some


def warm(session: Session, cases: Sequence[Case]) -> None:
    """Fill the drawers of cases that this session has locked and not changed: a query a kind, whatever their number.

    Only with kinds that somebody has asked for in this process: what is missing is read when it is.
    """
    cabinet: Cabinet = session.info["cabinet"]
    left = {case.id: cabinet.left(case) for case in cases}
    by_id = {case.id: case for case in cases}
    fill(session, cabinet, [by_id[one] for one, rows in left.items() if rows is None])
    renew(session, cabinet, by_id, {one: rows for one, rows in left.items() if rows})
    know_chains(session, [case.ref for case in cases])
    people = [person.id for case in cases for person in cabinet.look(case.id, case.ver, Person)[0] or ()]
    vault_of(session).know(people)


def fill(session: Session, cabinet: Cabinet, cases: Sequence[Case]) -> None:
    """Cases of which nothing is here: every kind, those without rows too."""
    if not cases:
        return
    among = set(kinds()) & cabinet.asked_for
    found = read_many(session, [case.id for case in cases], among)
    absent: dict[type[Any], tuple[Any, ...]] = dict.fromkeys(among, ())
    for case in cases:
        mine = {kind: tuple(rows[case.id]) for kind, rows in found.items() if case.id in rows}
        cabinet.put_all(case, absent | mine)


def renew(session: Session, cabinet: Cabinet, cases: dict[UUID, Case], left: dict[UUID, dict[Any, set[UUID]]]) -> None:
    """Cases of which some rows were written since they were read."""
    written: dict[Any, dict[UUID, set[UUID]]] = defaultdict(dict)
    for case_id, kinds_of in left.items():
        for kind, ids in kinds_of.items():
            written[kind][case_id] = ids
    for kind, by_case in written.items():
        found = read_some(session, kind, set().union(*by_case.values()))
        for case_id, ids in by_case.items():
            known, _ = cabinet.look(case_id, cases[case_id].ver, kind)
            kept = [row for row in known or () if row.id not in ids]
            cabinet.put(cases[case_id], kind, in_order(kind, [*kept, *found.get(case_id, ())]))
