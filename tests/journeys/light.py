"""A house without a world: real database, real commands and decisions, nobody outside."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import select

from api.cli.cast import Life, case_of
from api.cli.furniture import SHELTER_PARTNER
from models.case import Case
from models.clock import FixedClock
from models.database import Database
from models.person import Person
from models.staff import Staff
from models.stage import Role, Stage
from tests.journeys.house import furnish
from workflows import commands
from workflows.apply import apply
from workflows.decide import decide
from workflows.duties import duties
from workflows.facts import Facts
from workflows.gather import gather
from workflows.house import House, World, WorldSettings
from workflows.inputs import CaseIn
from workflows.open_case import open_case
from workflows.records import FACTS
from workflows.standing import Standing

BEGIN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
NOWHERE = "http://127.0.0.1:9"  # not the usual ports: somebody's demo may be up there
NOBODY = WorldSettings(airline_url=NOWHERE, consulate_url=NOWHERE, sms_url=NOWHERE)


class Light:
    """One case, moved by facts alone. ``say`` records one as somebody of a role; ``by`` names another person."""

    def __init__(self, database: Database, **life: Any) -> None:
        self.house = House(database, FixedClock(BEGIN), World(NOBODY))
        furnish(database)
        known = {"story": "", "ends": "stays", "country": "UZ", "area": "Samarkand"}
        named = {"given_names": "Dilnoza", "family_name": "Karimova", "native_name": "Dilnoza"}
        said = case_of(Life(**{**known, **named, **life}), 1, BEGIN.date())
        self.ref = self.begin(said)

    def begin(self, said: dict[str, Any]) -> str:
        """Open a case."""
        body = CaseIn.model_validate(json.loads(json.dumps(said, default=str)))
        return open_case(self.house, body, Staff(handle="counsellor", roles=["counsellor"]))

    def say(self, kind: str, body: dict[str, Any], role: Role = Role.COUNSELLOR, by: str | None = None) -> None:
        """One fact. Raises Refused."""
        said = FACTS[kind].model.model_validate(json.loads(json.dumps(body, default=str)))
        commands.record(self.house, self.ref, FACTS[kind], said, self.staff(role, by))

    def staff(self, role: Role, by: str | None = None) -> Staff:
        """Somebody of a role; shelter partners are those of the demo's house."""
        partner = SHELTER_PARTNER if role is Role.SHELTER_PARTNER else None
        return Staff(handle=by or role.value, roles=[role.value], partner=partner)

    def withdraw(self) -> None:
        """In one step."""
        commands.withdraw(self.house, self.ref, Staff(handle="counsellor", roles=["counsellor"]))

    def later(self, by: timedelta) -> None:
        """Time passes."""
        assert isinstance(self.house.clock, FixedClock)
        self.house.clock.at += by

    def case(self) -> Case:
        """As it is."""
        with self.house.database.reading() as session:
            return session.exec(select(Case).where(Case.ref == self.ref)).one()

    def facts(self) -> Facts:
        """What is true now."""
        with self.house.database.reading() as session:
            case = session.exec(select(Case).where(Case.ref == self.ref)).one()
            return gather(session, case, self.house.clock.now())

    def push(self) -> dict[Stage, Standing]:
        """Decide and write down what follows, without doing it."""
        with self.house.database.unit_of_work() as session:
            case = session.exec(select(Case).where(Case.ref == self.ref)).one()
            facts = gather(session, case, self.house.clock.now())
            standings = decide(facts)
            apply(session, case, standings, duties(facts), self.house.clock.now())
            return standings

    def stands(self, stage: Stage) -> Standing:
        """Where a stage stands."""
        return decide(self.facts())[stage]

    def people(self) -> list[Person]:
        """The principal first."""
        with self.house.database.reading() as session:
            rows = session.exec(select(Person)).all()
            return sorted(rows, key=lambda person: not person.principal)
