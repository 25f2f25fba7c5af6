"""An office for tests of access: one case that Elif answers for, her supervisor, colleagues, and a question."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, select

from models.access import Relation
from models.case import Case
from models.database import Database
from models.queries.access import relations_of
from models.question import Question
from models.staff import Staff
from models.stage import Role, Stage
from tests.journeys.light import Light

PEOPLE = (
    ("counsellor", Role.COUNSELLOR, "ayse"),
    ("omer", Role.COUNSELLOR, "can"),
    ("ayse", Role.SUPERVISOR, None),
    ("can", Role.SUPERVISOR, None),
    ("doctor", Role.MEDICAL_OFFICER, None),
    ("locum", Role.MEDICAL_OFFICER, None),
    ("zeynep", Role.PROTECTION_OFFICER, None),
    ("desk", Role.OPERATIONS, None),
    ("auditor", Role.AUDITOR, None),
)


class Desk(Light):
    """A case with people around it."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        with database.unit_of_work() as session:
            for handle, role, supervisor in PEOPLE:
                session.add(Staff(handle=handle, roles=[role.value], supervisor=supervisor))

    def who(self, handle: str) -> Staff:
        """Somebody of the office."""
        with self.house.database.reading() as session:
            return session.exec(select(Staff).where(Staff.handle == handle)).one()

    def ask(self, role: Role) -> UUID:
        """Put a question to a role."""
        with self.house.database.unit_of_work() as session:
            now, case = self.house.clock.now(), self.of(session)
            row = Question(
                case_id=case.id, at=now, by="sila", journey=case.journey, stage=Stage.HEALTH, kind="health_clearance",
                role=role, until=now + timedelta(days=1),
            )  # fmt: skip
            session.add(row)
            return row.id

    def of(self, session: Session) -> Case:
        """The case in a session."""
        return session.exec(select(Case).where(Case.ref == self.ref)).one()

    def ties(self, handle: str) -> set[Relation]:
        """What ties somebody to the case now."""
        who = self.who(handle)
        with self.house.database.reading() as session:
            return {tie.relation for tie in relations_of(session, who, self.of(session), self.house.clock.now())}
