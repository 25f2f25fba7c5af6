"""What Prefect's automations tell us of the platform becomes an alert that operations must look at."""

import re
from datetime import timedelta
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import select

from models.glass import Alert
from models.stage import Role
from models.vault import Keyring
from workflows.house import House

A_CASE = re.compile(r"^(C-[0-9A-HJKMNP-TV-Z]{10})\b")
LOOK_WITHIN = timedelta(hours=1)
NO_RUN = UUID(int=0)


class BrokenIn(BaseModel):
    """A run that crashed or failed, by its id and name; or that no tick has ended for a while."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["run_crashed", "tick_silent"]
    run: UUID = NO_RUN
    name: str = Field("", max_length=120)


def token_of(keyring: Keyring) -> str:
    """What Prefect shows at our door: derived, so that there is no setting to lose."""
    return keyring.derived("prefect alerts").hex()


def raise_alarm(house: House, said: BrokenIn) -> bool:
    """An alert for operations, once a run; a tick that stays silent is told again when nobody has an open alert."""
    now, about = house.clock.now(), A_CASE.match(said.name)
    with house.database.unit_of_work() as session:
        known = select(Alert).where(Alert.kind == said.kind, Alert.about == said.run)
        if said.kind == "tick_silent":
            known = known.where(Alert.done_at == None)  # noqa: E711
        if session.exec(known).first():
            return False
        ref = about.group(1) if about else ""
        until = now + LOOK_WITHIN
        session.add(Alert(at=now, kind=said.kind, about=said.run, case_ref=ref, role=Role.OPERATIONS, until=until))
    return True
