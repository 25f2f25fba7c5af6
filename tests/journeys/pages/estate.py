"""A house with a case at each point, in one process and without a worker: what every page has something to show of."""

from collections.abc import Callable
from typing import Any

from sqlmodel import col, select

from api.cli.answers import answer_to
from api.cli.cast import Child, Life, case_of
from models.case import Case
from models.database import Database
from models.handover import Handover, Partner
from models.queries.cases import open_questions
from models.stage import Role
from tests.api.pages.partner.phone import MAIL, PHONE
from tests.journeys.office import Offering, by
from workflows import commands
from workflows.inputs import CaseIn
from workflows.open_case import open_case
from workflows.partner_link import keep_contact
from workflows.records import FACTS

YUSUF, MARYAM = Child("Yusuf", "يوسف الجبوري", 80), Child("Maryam", "مريم الجبوري", 7)


class Resident(Offering):
    """One case among others in a house: only what it is asked itself is answered."""

    def __init__(self, beside: Offering, number: int, **life: Any) -> None:
        vars(self).update(vars(beside))
        known: dict[str, Any] = {"story": "", "ends": "completed", "country": "TM", "area": "Mary SILENT"}
        named = {"given_names": "Ayna", "native_name": "Ayna", "vulnerable": True}
        self.life = Life(**{**known, **named, **life})
        self.unanswered = set(self.life.stops)
        said = CaseIn.model_validate(case_of(self.life, number, self.now.date()))
        self.ref = open_case(self.house, said, by(Role.COUNSELLOR))

    def answer(self) -> bool:
        """Every open question of this case that somebody answers."""
        with self.house.database.reading() as session:
            mine = [one for one, ref in open_questions(session, most=500) if ref == self.ref]
        asked = [one for one in mine if one.kind not in self.unanswered]
        for question in asked:
            body = answer_to(self.life, question.kind, question.subject, self.now.date())
            fact = FACTS[question.kind]
            self.say(question.kind, body, question.role if question.role in fact.roles else fact.roles[0])
        return bool(asked)

    def newest(self, session: Any) -> Handover:
        """Its newest handover."""
        rows = select(Handover).join(Case, col(Case.id) == Handover.case_id).where(Case.ref == self.ref)
        return max(session.exec(rows).all(), key=lambda row: (row.journey, row.generation))

    def asks(self, kind: str) -> bool:
        """Whether a question of a kind is open in this case."""
        with self.house.database.reading() as session:
            return any((ref, one.kind) == (self.ref, kind) for one, ref in open_questions(session, most=500))

    def comes_to(self, true: str | Callable[[], bool]) -> "Resident":
        """Go on until something stands so."""
        self.until(true)
        return self


def inhabited(database: Database) -> dict[str, Resident]:
    """Everybody at their point; who takes the longest comes first, because time passes for all of them."""
    first = Offering(database)
    with database.unit_of_work() as session:
        session.get_one(Partner, "nadia").way = "link"
        keep_contact(session, "nadia", "ar", MAIL, PHONE)
    home = at_home(Resident(first, 2, family_name="Lomidze", stops=("check_in",)))
    found = {"home": home, "closed": closed(Resident(first, 3, family_name="Osagie", ends="withdrew", tracks=["none"]))}
    for number, (name, kind) in enumerate(POINTS.items(), start=6):
        one = Resident(first, number, family_name=name.title(), stops=(kind,), vulnerable=name != "desk")
        found[name] = one.comes_to(lambda one=one, kind=kind: one.asks(kind))  # type: ignore[misc]
    travels = accepted(Resident(first, 4, family_name="Al Jubouri", screening="possible", children=[YUSUF, MARYAM]))
    found["travels"] = travels.comes_to(lambda: travels.row().arrival_sent_at is not None)
    found["offered"] = Resident(first, 5, family_name="Hassan").comes_to("handover.waiting")
    found["withdrawn"] = Resident(first, 20, family_name="Annayeva")
    commands.withdraw(first.house, found["withdrawn"].ref, by(Role.COUNSELLOR))
    found["withdrawn"].push()
    return found


POINTS = {
    "desk": "journey_plan", "approval": "risk_approval", "risk": "risk_assessment", "health": "health_clearance",
    "begins": "counselling_session",
}  # fmt: skip


def accepted(one: Resident) -> Resident:
    """The partner has taken it on."""
    one.comes_to("handover.waiting").hear("accepted", focal_point="AK", available_from=None)
    return one


def at_home(one: Resident) -> Resident:
    """Arrived, received, and asked how they are."""
    accepted(one).comes_to(lambda: one.facts().departed)
    one.hear("arrival_confirmed", arrived_at=one.now, met=True)
    one.hear("received")
    return one.comes_to(lambda: one.asks("check_in"))


def closed(one: Resident) -> Resident:
    """Withdrew, and everything after that is done."""
    commands.withdraw(one.house, one.ref, by(Role.COUNSELLOR))
    return one.comes_to(lambda: one.case().closed_at is not None)
