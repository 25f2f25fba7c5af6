"""The sealed rows of a file that a reader may read: each with its heading, when and by whom, and what it says."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from api.documents.codes import said_of
from api.documents.columns import COLUMNS, ELSEWHERE, LEFT_OUT, TABLES
from api.documents.desk import Desk
from api.documents.parts import Part, code, isolated, table
from api.forms.labels import labels
from models.access import Field
from models.reading import kinds, read
from workflows.explain import LANGUAGES as OF_STAFF

PLUMBING = ("id", "case_id", "person_id", "at", "by", "journey", "client_id", "looked_at", "generation")
A_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")
A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
AN_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$")
DULL = re.compile(r"(_index|sha256|_hash|_id|_local|^handover|^materials)$")  # ids and hashes say nothing to a reader


def findings(desk: Desk) -> list[Part]:
    """A table of them, kind by kind, each in its time."""
    _, rows = desk.words, []
    for kind in kinds():
        if kind.__tablename__ in TABLES:
            rows += [row for one in read(desk.session, desk.case.id, kind) if (row := told(desk, kind, one))]
    head = (_("What"), _("When and by whom"), _("What it says"))
    return [table(head, rows, _("Findings and notes"), (1.2, 1.3, 3))] if rows else []


def told(desk: Desk, kind: Any, row: Any) -> tuple[str, str, str] | None:
    """One row as far as it may be read; None where nothing that is sealed in it may."""
    columns = [one for one in kind.__table__.c if one.name not in PLUMBING and may_read(desk, kind, one)]
    if not any(one.info["field_class"] > 1 and getattr(row, one.name) is not None for one in columns):
        return None
    said = [(one.name, value_of(desk, row, one)) for one in columns]
    lines = [
        f"{label(desk, name)}: {written(desk, value, name)}" for name, value in said if value not in (None, [], {}, "")
    ]
    when = f"{desk.moment(row.at) or ''}\n{isolated(row.by)}"
    return desk.words(TABLES[kind.__tablename__].heading), when, "\n".join(lines)


def may_read(desk: Desk, kind: Any, column: Any) -> bool:
    """By the field of the policy that the column is of."""
    return field_of(kind.__tablename__, column.name, column.info["field_class"]) in desk.readable


def field_of(table: str, column: str, field_class: int) -> Field:
    """Of which field of the policy a column is."""
    plain = {1: Field.PROCESS, 2: Field.IDENTITY}
    return plain.get(field_class) or ELSEWHERE.get(f"{table}.{column}") or TABLES[table].field


def value_of(desk: Desk, row: Any, column: Any) -> Any:
    """Opened if it is sealed; None where it is an id or a hash."""
    if column.info["field_class"] > 1:
        return desk.open(row, column.name)
    value = getattr(row, column.name)
    return None if isinstance(value, UUID | bytes) or DULL.search(column.name) else value


def label(desk: Desk, name: str) -> str:
    """A column in words: ours, the forms' where the staff read it, else its code."""
    if name in COLUMNS:
        return desk.words(COLUMNS[name])
    known = labels(desk.words.language).parts["fields"] if desk.words.language in OF_STAFF else {}
    return known[name][0] if name in known else code(name)


def written(desk: Desk, value: Any, name: str = "") -> str:
    """Any value of a record."""
    _ = desk.words
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case datetime():
            return desk.moment(value) or ""
        case date():
            return _.day(value)
        case dict():
            told = ((key, one) for key, one in value.items() if not DULL.search(key) and one not in (None, [], {}, ""))
            return _.semicolon.join(f"{label(desk, key)}: {written(desk, one, key)}" for key, one in told)
        case [dict(), *_rest]:
            return "".join(f"\n– {written(desk, one)}" for one in value)
        case list():
            return _.comma.join(written(desk, one, name) for one in value)
        case int() | float() | Decimal():
            return code(value)
    return word(desk, str(value), name)


def word(desk: Desk, text: str, name: str) -> str:
    """A date, an instant, a code in words, or what somebody wrote."""
    if A_DAY.fullmatch(text):
        return desk.words.day(date.fromisoformat(text))
    if AN_INSTANT.match(text):
        return desk.moment(datetime.fromisoformat(text)) or ""
    if not A_CODE.fullmatch(text):
        return isolated(text)
    known = labels(desk.words.language).word([f"{name}.{text}", text]) if desk.words.language in OF_STAFF else None
    return known or said_of(desk.words, text)


def unnamed() -> Iterator[str]:
    """Tables of a case with something sealed that a record would pass over in silence."""
    for kind in kinds():
        sealed = any(column.info.get("field_class", 1) > 1 for column in kind.__table__.c)
        if sealed and kind.__tablename__ not in {*TABLES, *LEFT_OUT}:
            yield kind.__tablename__
