"""Whoever reads pages in a house: their cookies, and what lies on their desks beside the cases."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from api.cli.furniture import SHELTER_PARTNER
from api.main import create_app
from api.pages.partner.stands import offered
from api.settings import DoorSettings
from integrations.serving import Served
from models import draft, kept_form, link_session
from models.assignment import CaseAssignment
from models.case import Case, UnknownCase
from models.clock import wall
from models.complaint import Topic
from models.database import Database
from models.glass import Alert, GlassBreak
from models.link import LinkPurpose, opening
from models.message import MessageFuse
from models.pulse import beat
from models.queries.sharing import standing_consents
from models.question import Question
from models.risk_assessment import CountryInput
from models.signed_in import begin
from models.staff import Staff
from models.stage import Role
from tests.journeys.office import by
from tests.journeys.pages.estate import Resident, inhabited
from tests.workflows.accounts import Somebody
from workflows import themselves
from workflows.account import enrol
from workflows.glass import break_glass
from workflows.inbox import receive, understand
from workflows.partner_link import link_for
from workflows.partner_page import Speaker, say, say_of_place, view
from workflows.sign_in import Half
from workflows.window import give

PIN = "394817"
WORK = (Role.COUNSELLOR, Role.SUPERVISOR, Role.PROTECTION_OFFICER, Role.MEDICAL_OFFICER)
NO_CASE = "C-0000000000"
LEADS_ON = ("risk_assessment",)  # its form is the matrix, a page of its own
FROM, PARTNER = "+90555120000{}", "amina"


class Readers:
    """The served pages of a house that is full of work, and everybody who reads them."""

    def __init__(self, url: str, database: Database, cases: dict[str, Resident]) -> None:
        self.url, self.database, self.cases = url, database, cases
        self.house = next(iter(cases.values())).house

    @property
    def now(self) -> datetime:
        """What the clock of the house says."""
        return self.house.clock.now()

    def staff(self, handle: str, language: str) -> dict[str, str]:
        """The cookie of a member of staff."""
        with self.database.unit_of_work() as session:
            return {"sila": begin(session, handle, wall(), language)}

    def half_way(self) -> dict[str, str]:
        """Of somebody who has shown a password and no code yet."""
        return {"sila-half": Half("counsellor", wall(), wall()).sealed(self.database.keyring)}

    def by_link(self, purpose: LinkPurpose, token: str, language: str) -> str:
        """The session of whoever opened a link with its code or number."""
        with self.database.unit_of_work() as session:
            link = opening(session, purpose, token, wall())
            assert link is not None
            return link_session.begin(session, link, wall(), language)

    def handover_token(self, name: str) -> str:
        """A new link to the handover of a case."""
        with self.database.unit_of_work() as session:
            return link_for(session, self.cases[name].newest(session), "sila", wall(), "ar")

    def words_offered(self, name: str) -> list[str]:
        """The forms that a partner is offered where a handover stands."""
        one = view(self.house, self.cases[name].row().id)
        assert one is not None
        return [word for words in offered(one).values() for word in words]

    def said(self, name: str, page: str) -> str:
        """A form that a partner sent from a page, by its key: the page of what came of it."""
        say(
            self.house, Speaker("partner:nadia", page), "k" * 32, self.cases[name].row().id, "problem", {"text": "Late"}
        )
        return "k" * 32

    def asked_about(self, name: str) -> UUID:
        """The question about the place of a case."""
        with self.database.reading() as session:
            mine = select(CountryInput.id).join(Case, col(Case.id) == CountryInput.case_id)
            return session.exec(mine.where(Case.ref == self.cases[name].ref)).one()

    def place_token(self, name: str) -> str:
        """A new link to that question."""
        with self.database.unit_of_work() as session:
            row = session.get_one(CountryInput, self.asked_about(name))
            return link_for(session, row, "sila", wall(), "ar")

    def said_of_place(self, name: str, page: str) -> str:
        """An answer that a partner sent from a page, by its key."""
        said = {"safe": True, "note_code": "no_known_risk"}
        say_of_place(self.house, Speaker("partner:nadia", page), "p" * 32, self.asked_about(name), said)
        return "p" * 32

    def page_of(self, token: str, purpose: LinkPurpose = LinkPurpose.PARTNER_HANDOVER) -> str:
        """The page that a link stands for."""
        with self.database.reading() as session:
            link = opening(session, purpose, token, wall())
            assert link is not None
            return link.id.hex

    def page_of_partner(self) -> str:
        """The inbox of the partner's account."""
        with self.database.reading() as session:
            return session.exec(select(Staff.id).where(Staff.handle == PARTNER)).one().hex

    def kept(self) -> str:
        """A form of a counsellor's that waits to be sent again."""
        path = f"/cases/{self.cases['begins'].ref}/notes"
        with self.database.unit_of_work() as session:
            return str(kept_form.keep(session, "counsellor", path, [("text", "Line one")], wall()))

    def asked(self) -> str:
        """An emergency access that waits for its review."""
        with self.database.reading() as session:
            who = session.exec(select(Staff).where(Staff.handle == "medical_officer")).one()
        with suppress(UnknownCase):
            break_glass(self.house, NO_CASE, "other", "A slip of somebody's finger.", who, fresh=True)
        with self.database.reading() as session:
            return str(session.exec(select(GlassBreak.id)).first())

    def invited(self) -> str:
        """The token of a link to enrol by."""
        with self.database.unit_of_work() as session:
            return enrol(session, "auditor", "administrator", wall())

    def window(self, name: str) -> str:
        """A new link to a person's window."""
        who = by(Role.COUNSELLOR)
        return give(self.house, self.cases[name].ref, PIN, "", who, wall()).token

    def consent(self, name: str) -> str:
        """Something that a person agreed to."""
        with self.database.reading() as session:
            case = session.exec(select(Case).where(Case.ref == self.cases[name].ref)).one()
            return str(next(row.id for row in standing_consents(session, case) if row.purpose == "reception"))

    def questions(self) -> list[tuple[str, str]]:
        """An open question of each kind, and who is asked."""
        with self.database.reading() as session:
            rows = session.exec(select(Question).where(col(Question.answered_at).is_(None),
                                                       col(Question.voided_at).is_(None)))  # fmt: skip
            return list({row.kind: (str(row.id), row.role.value) for row in rows if row.kind not in LEADS_ON}.values())


@contextmanager
def full_house(database: Database) -> Iterator[Readers]:
    """Cases at every point, and something in every list."""
    cases = inhabited(database)
    house = cases["home"].house
    with database.unit_of_work() as session:
        session.add_all(Staff(handle=role.value, roles=[role.value], partner=partner_of(role)) for role in Role)
        session.add(Staff(handle=PARTNER, roles=[Role.RECEIVING_PARTNER.value], partner="nadia"))
    Somebody(database, "counsellor", make=False)
    app = create_app(house, DoorSettings(prefect_url="http://127.0.0.1:9", demo=True), wall)
    with Served(app) as at:
        readers = Readers(at.url, database, cases)
        desks_filled(readers)
        yield readers


def partner_of(role: Role) -> str | None:
    """For whom somebody works who is not of ours."""
    return {Role.SHELTER_PARTNER: SHELTER_PARTNER, Role.RECEIVING_PARTNER: "nadia"}.get(role)


def desks_filled(readers: Readers) -> None:
    """What comes beside the cases: mail, calls, complaints, alarms, messages held back."""
    house, home = readers.house, readers.cases["home"]
    for sender, text in (("+905559876543", "They took my phone"), (FROM.format(2), "I have a question")):
        form = {"MessageSid": f"SM{text}", "From": sender, "Body": text}
        stored, _ = receive(house, "messaging", form["MessageSid"], json.dumps({"form": form, "key": None}))
        understand(house, stored)
    themselves.want_a_call(house, home.ref, "morning")
    themselves.complain(house, home.ref, Topic.MONEY, "The grant did not come.", named=True, once="c" * 32)
    themselves.not_safe(house, readers.cases["approval"].ref)
    with readers.database.unit_of_work() as session:
        session.add(MessageFuse(blown_at=readers.now, counted=512, most=500))
        session.add(Alert(at=readers.now, kind="crashed_run", about=UUID(int=7), case_ref=home.ref,
                          role=Role.OPERATIONS, until=readers.now + timedelta(hours=4)))  # fmt: skip
        case = session.exec(select(Case).where(Case.ref == readers.cases["travels"].ref)).one()
        for role in WORK[1:]:
            session.add(CaseAssignment(case_id=case.id, at=readers.now, by="supervisor", role=role, handle=role.value))
        draft.put_aside(session, "counsellor", "/cases/new/aside", {"_step": ["consent"]}, readers.now)
        beat(session, "tick", readers.now - timedelta(minutes=11), due=3)
