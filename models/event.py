"""Events: append-only, chained by a keyed hash, written in the transaction of the change (S11).

Each case has a chain of its own, so that writers of different cases never wait for each other.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, UniqueConstraint, bindparam, insert, update
from sqlalchemy import event as hooks
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session, SQLModel, select

from models.base import Record, instant, new_id, plain
from models.database import keyring_of
from models.vault import Keyring

FIRST = "0" * 64
NEW, CHAINS = "new_events", "chains"


class Chain(SQLModel, table=True):
    """The head of one chain: how long it is and its last hash, so that a cut tail shows."""

    __tablename__ = "chains"

    subject: str = plain(primary_key=True, max_length=20)
    length: int = plain(0)
    head: str = plain(FIRST, max_length=64)


class Event(Record, table=True):
    """One thing that happened: who, what and why, in codes and ids only (class 1)."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("subject", "number"),)

    subject: str = plain(max_length=20)
    number: int = plain()
    at: datetime = instant()
    by: str = plain(max_length=60)
    kind: str = plain(max_length=60)
    said: dict[str, Any] = plain(sa_type=JSON)
    hash: str = plain(max_length=64)


@dataclass(slots=True)
class Head:
    """The head of a chain in this session: it grows with what is appended."""

    subject: str
    length: int = 0
    head: str = FIRST


@dataclass(slots=True)
class Line:
    """An event that is to be written: a plain object, since there are many and nothing ever changes one."""

    id: UUID
    subject: str
    number: int
    at: datetime
    by: str
    kind: str
    said: dict[str, Any]
    hash: str = ""


ROWS, HEADS = (SQLModel.metadata.tables[name] for name in ("events", "chains"))
ABOUT = HEADS.c.subject == bindparam("about")
HEAD = select(HEADS.c.length, HEADS.c.head).where(ABOUT)
SOME_HEADS = select(HEADS.c.subject, HEADS.c.length, HEADS.c.head).where(
    HEADS.c.subject.in_(bindparam("about", expanding=True))
)
GROWN = update(HEADS).where(ABOUT).values(length=bindparam("now_long"), head=bindparam("now_ends"))
BEGUN = insert(HEADS).values(subject=bindparam("about"), length=bindparam("now_long"), head=bindparam("now_ends"))


def append(session: Session, subject: str, kind: str, by: str, now: datetime, **said: Any) -> None:
    """Add one event to the chain of a case. The caller holds its lock. It is written when the session commits."""
    chain = chain_of(session, subject)
    event = Line(new_id(), subject, chain.length + 1, now, by, kind, said)
    event.hash = link(keyring_of(session), chain.head, event)
    chain.length, chain.head = event.number, event.hash
    session.info.setdefault(NEW, []).append(event)


def chain_of(session: Session, subject: str) -> Head:
    """The chain of a subject, looked up once a session."""
    known: dict[str, Head] = session.info.setdefault(CHAINS, {})
    if subject not in known:
        row = session.connection().execute(HEAD, {"about": subject}).first()
        known[subject] = Head(subject, row.length, row.head) if row else Head(subject)
    return known[subject]


def know_chains(session: Session, subjects: Iterable[str]) -> None:
    """Look up the chains of many subjects at once."""
    known: dict[str, Head] = session.info.setdefault(CHAINS, {})
    left = [subject for subject in subjects if subject not in known]
    rows = session.connection().execute(SOME_HEADS, {"about": left}).all() if left else ()
    known |= {subject: Head(subject) for subject in left}
    known |= {row.subject: Head(row.subject, row.length, row.head) for row in rows}


def write(session: AnySession) -> None:
    """What was appended is written together, with the new heads, in the transaction of the change."""
    events: list[Line] = session.info.pop(NEW, [])
    if not events:
        return
    connection = session.connection()
    connection.execute(insert(ROWS), [{one.name: getattr(event, one.name) for one in ROWS.c} for event in events])
    first = {event.subject for event in events if event.number == 1}
    heads = [heads_of(session.info[CHAINS][subject]) for subject in dict.fromkeys(event.subject for event in events)]
    for statement, new in ((BEGUN, True), (GROWN, False)):
        if rows := [row for row in heads if (row["about"] in first) is new]:
            connection.execute(statement, rows)


def heads_of(chain: Head) -> dict[str, object]:
    """The values of a new head."""
    return {"about": chain.subject, "now_long": chain.length, "now_ends": chain.head}


def link(keyring: Keyring, previous: str, event: Event | Line) -> str:
    """The hash that ties an event to the one before it."""
    said = json.dumps(event.said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    at = event.at.isoformat(timespec="microseconds")
    text = "\x1f".join((previous, event.subject, str(event.number), at, event.by, event.kind, said))
    return hmac.new(keyring.derived("events"), text.encode(), hashlib.sha256).hexdigest()


def verify(session: Session) -> tuple[int, list[str]]:
    """Check every chain. Gives the number of events and a line for each break found."""
    chains = {chain.subject: chain for chain in session.exec(select(Chain)).all()}
    events = session.exec(select(Event).order_by(Event.subject, Event.number)).all()  # type: ignore[arg-type]
    breaks = list(broken_links(keyring_of(session), events))
    last = {event.subject: event for event in events}
    for subject in sorted(set(chains) | set(last)):
        head, tail = chains.get(subject), last.get(subject)
        if head is None or tail is None or (head.length, head.head) != (tail.number, tail.hash):
            breaks.append(f"{subject}: the head of the chain does not match its last event")
    return len(events), breaks


def broken_links(keyring: Keyring, events: Iterable[Event]) -> Iterable[str]:
    """Each event whose number or hash does not follow from the one before it."""
    subject, previous, number = "", FIRST, 0
    for event in events:
        if event.subject != subject:
            subject, previous, number = event.subject, FIRST, 0
        number += 1
        if event.number != number or event.hash != link(keyring, previous, event):
            yield f"{event.subject}: event {event.number} does not follow from the one before it"
        previous, number = event.hash, event.number


hooks.listen(AnySession, "before_commit", write)
