"""Somebody tries out links: operations are told, once an hour and not once a guess (T14)."""

from datetime import timedelta

from sqlmodel import select

from models.glass import Alert
from models.stage import Role
from workflows.alarms import LOOK_WITHIN, NO_RUN
from workflows.house import House

KIND = "links_guessed"
ONCE_IN = timedelta(hours=1)


def tell_of_guesses(house: House) -> bool:
    """An alert for operations, unless one was raised within the hour, by whatever process."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        if session.exec(select(Alert.id).where(Alert.kind == KIND, Alert.at > now - ONCE_IN).limit(1)).first():
            return False
        until = now + LOOK_WITHIN
        session.add(Alert(at=now, kind=KIND, about=NO_RUN, case_ref="", role=Role.OPERATIONS, until=until))
    return True
