"""Cases of one family, for whoever may know of them; never one that a separation keeps apart (domain.md §2)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.case import Case
from models.database import vault_of
from models.family import FamilyLink, Separation
from models.queries.access import sees
from models.staff import Staff
from models.vault import PersonKey, Unreadable


def relatives(session: Session, who: Staff, now: datetime, ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """References of the cases linked to some cases that somebody may list: three queries at most."""
    groups = select(FamilyLink.group_id).where(col(FamilyLink.case_id).in_(ids))
    near = select(FamilyLink.case_id).where(col(FamilyLink.group_id).in_(groups))
    case: Any = aliased(Case)
    query = select(FamilyLink, case.ref, sees(who, now, case)).join(case, case.id == FamilyLink.case_id)
    query = query.where(col(FamilyLink.case_id).in_(near)).order_by(col(FamilyLink.at), col(FamilyLink.id))
    newest = {link.case_id: (link, ref, seen) for link, ref, seen in session.exec(query)}
    inside = {one: (link.group_id, ref, seen) for one, (link, ref, seen) in newest.items() if link.joined}
    gone = apart(session, {one: ref for one, (_, ref, _) in inside.items()})
    families: dict[UUID, list[tuple[UUID, str]]] = {}
    for one, (group, ref, seen) in inside.items():
        if seen and one not in gone:
            families.setdefault(group, []).append((one, ref))
    mine = {one: inside[one][0] for one in ids if one in inside and one not in gone}
    return {one: sorted(ref for other, ref in families.get(group, []) if other != one) for one, group in mine.items()}


def apart(session: Session, cases: dict[UUID, str]) -> set[UUID]:
    """Of some cases those that one of them must never meet; all of whom that cannot be told count as such.

    The sealed rows are opened for this alone, and nothing of them is shown.
    """
    if len(cases) < 2:
        return set()
    rows = session.exec(select(Separation).where(col(Separation.case_id).in_(cases))).all()
    if not rows:
        return set()
    owners = [row.person_id for row in rows]
    session.info["keys_of_separations"] = session.exec(
        select(PersonKey).where(col(PersonKey.person_id).in_(owners))
    ).all()  # kept, so that the session still knows them when a row is opened
    by_ref = {ref: one for one, ref in cases.items()}
    found: set[UUID] = set()
    for row in rows:
        other = other_of(session, row)
        if other is None or other in by_ref:
            found |= {row.case_id} | ({by_ref[other]} if other else set())
    return found


def other_of(session: Session, row: Separation) -> str | None:
    """The case that a row keeps away; None where it does not open any more."""
    try:
        return str(vault_of(session).open(row, "other"))
    except Unreadable:
        return None
