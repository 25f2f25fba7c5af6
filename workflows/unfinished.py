"""Which cases the nightly check was reading when its process died: these it does not read again, it wakes them (F12).

The push that follows holds each by itself, so that one that kills whatever reads it is found and stopped.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlmodel import Session

from models.pulse import Pulse, beat
from workflows.house import House

NAME = "nightly page"
READ, LEFT = 1, 2  # is being read; was being read when somebody died


@contextmanager
def reading_page(house: House, refs: Collection[str]) -> Iterator[set[str]]:
    """Say what is read, before it is. Gives those of an earlier page that nobody finished; what raises did not die."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        left = said_of(session).keys() - refs
        mine = refs & said_of(session).keys()
        beat(session, NAME, now, **dict.fromkeys(left, LEFT), **dict.fromkeys(set(refs) - mine, READ))
    try:
        yield set(mine)
    except Exception:
        finish(house)
        raise
    finish(house)


def said_of(session: Session) -> dict[str, int]:
    """What stands written."""
    row = session.get(Pulse, NAME)
    return row.said if row else {}


def finish(house: House) -> None:
    """What was read is read; what was left by another stays until its page comes."""
    with house.database.unit_of_work() as session:
        left = {ref: mark for ref, mark in said_of(session).items() if mark == LEFT}
        beat(session, NAME, house.clock.now(), **left)
