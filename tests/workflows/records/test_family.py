"""Families: linked and never merged, split with what is theirs, and kept apart where one harms another."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from api.cli.cast import CONSENT, Life, case_of
from models.assignment import CaseAssignment
from models.case import Case, UnknownCase
from models.consent import Consent, ConsentKind
from models.database import Database
from models.event import Event
from models.family import Separation
from models.person import Person
from models.staff import Staff
from models.stage import Role, Stage
from models.travel_document import TravelDocument
from tests.journeys.light import BEGIN, Light
from workflows.commands import NotAllowed, Refused
from workflows.separations import separations_of
from workflows.standing import Asking

OFFICER = Role.PROTECTION_OFFICER
HUSBAND = {"given_names": "Rustam", "family_name": "Karimov", "born_on": "1985-02-03", "language": "uz", "sex": "M",
           "nationality": "UZB", "relation": "spouse",
           "document": {"kind": "passport", "country": "UZB", "number": "ZZ777", "expires_on": "2031-01-01"}}  # fmt: skip
GIRL = {"given_names": "Laylo", "family_name": "Karimova", "born_on": "2019-02-03", "language": "uz", "sex": "F",
        "nationality": "UZB", "relation": "child", "guardian": "principal"}  # fmt: skip


class Family(Light):
    """A woman with her husband and a girl, in one case."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        said = case_of(Life("", "stays", "UZ", "Nukus", "Malika", "Karimova", "Malika"), 5, BEGIN.date())
        self.alone = self.ref
        self.ref = self.family = self.begin(said | {"dependants": [HUSBAND, GIRL]})
        self.later(timedelta(hours=1))

    def ids(self, ref: str) -> dict[str, str]:
        """The people of a case by what they are: principal, spouse, child."""
        with self.house.database.reading() as session:
            case = session.exec(select(Case).where(Case.ref == ref)).one()
            people = session.exec(select(Person).where(Person.case_id == case.id)).all()
            return {"principal" if one.principal else str(one.relation): str(one.id) for one in people}

    def newest(self) -> str:
        """The case opened last."""
        with self.house.database.reading() as session:
            return session.exec(select(Case).order_by(Case.id.desc())).first().ref  # type: ignore[union-attr,attr-defined]

    def at(self, ref: str) -> "Family":
        """Go to a case."""
        self.ref = ref
        return self

    def split(self, who: str, *others: str) -> str:
        """A case of their own."""
        ids = self.ids(self.family)
        body = {"person": ids[who], "accompanied_by": [ids[other] for other in others], "data_consent": CONSENT}
        self.at(self.family).say("family_split", body)
        return self.newest()

    def mark(self, who: str, **more: Any) -> str:
        """Somebody is marked as who harms; tells the other case."""
        body = {"perpetrator": self.ids(self.family)[who], "reason": "He beats her.", **more}
        self.at(self.family).say("family_separation", body, OFFICER)
        return self.newest()


@pytest.fixture
def home(database: Database) -> Family:
    """The family."""
    return Family(database)


def refused(home: Family, kind: str, body: dict[str, Any], role: Role = Role.COUNSELLOR) -> tuple[str, str]:
    """Code and sentence of a refusal."""
    with pytest.raises(Refused) as caught:
        home.say(kind, body, role)
    return caught.value.code, caught.value.remedy


def test_a_split_gives_a_case_of_their_own_with_their_documents_their_consent_and_a_link(home: Family) -> None:
    ids = home.ids(home.family)
    new = home.split("spouse")
    assert home.ids(home.family).keys() == {"principal", "child"}
    assert home.ids(new) == {"principal": ids["spouse"]}
    with home.house.database.reading() as session:
        case = session.exec(select(Case).where(Case.ref == new)).one()
        paper = session.exec(select(TravelDocument).where(TravelDocument.case_id == case.id)).one()
        assert str(paper.person_id) == ids["spouse"]
        consent = session.exec(select(Consent).where(Consent.case_id == case.id)).one()
        assert (consent.kind, str(consent.person_id)) == (ConsentKind.DATA, ids["spouse"])
    assert home.at(new).facts().intake.family == {home.family}
    assert home.at(home.family).facts().intake.family == {new}
    assert home.at(new).facts().principal.documents


def test_a_child_goes_along_and_has_its_parent_as_guardian(home: Family) -> None:
    ids = home.ids(home.family)
    new = home.split("spouse", "child")
    with home.house.database.reading() as session:
        child = session.exec(select(Person).where(Person.relation == "child")).one()
        assert str(child.guardian_id) == ids["spouse"]
    assert home.ids(new).keys() == {"principal", "child"}


def test_the_principal_is_not_split_off_their_own_case(home: Family) -> None:
    body = {"person": home.ids(home.family)["principal"], "data_consent": CONSENT}
    assert refused(home, "family_split", body)[0] == "principal"


def test_families_are_linked_with_both_words_and_part_again_and_nobody_is_merged(home: Family) -> None:
    said = {"other": home.alone, "relation": "sibling", "both_agree": False}
    assert refused(home, "family_link", said)[0] == "not_agreed"
    home.say("family_link", {**said, "both_agree": True})
    assert home.facts().intake.family == {home.alone}
    assert home.at(home.alone).facts().intake.family == {home.family}
    home.later(timedelta(minutes=1))
    home.say("family_leave", {})
    assert home.facts().intake.family == frozenset()
    assert home.at(home.family).facts().intake.family == frozenset()


def test_two_groups_become_one(home: Family) -> None:
    new = home.split("spouse")
    home.later(timedelta(minutes=1))
    home.at(home.alone).say("family_link", {"other": new, "relation": "sibling", "both_agree": True})
    assert home.facts().intake.family == {new, home.family}


def test_a_perpetrator_gets_a_case_of_his_own_at_once_hidden_both_ways(home: Family) -> None:
    other = home.mark("spouse")
    hers, his = home.at(home.family).facts(), home.at(other).facts()
    assert hers.intake.separated_from == {other}
    assert his.intake.separated_from == {home.family}
    assert hers.intake.family == his.intake.family == frozenset()
    assert len(hers.people) == 2
    assert not his.data_consent
    standing = home.stands(Stage.INTAKE)
    assert isinstance(standing, Asking)
    assert standing.question == "data_consent"


def test_neither_timeline_names_the_other_and_the_link_is_sealed(home: Family) -> None:
    other = home.mark("spouse")
    with home.house.database.reading() as session:
        events = session.exec(select(Event)).all()
        for mine, theirs in ((home.family, other), (other, home.family)):
            assert theirs not in str([event.said for event in events if event.subject == mine])
        rows = session.exec(select(Separation)).all()
        assert len(rows) == 2
        assert all(ref.encode() not in (row.other or b"") for row in rows for ref in (other, home.family))


def test_where_the_perpetrator_is_the_principal_the_others_move(home: Family) -> None:
    ids = home.ids(home.family)
    body = {"perpetrator": ids["principal"], "reason": "She sells the girl."}
    assert refused(home, "family_separation", body, OFFICER)[0] == "who_moves"
    other = home.mark("principal", moves=ids["spouse"], accompanied_by=[ids["child"]])
    assert home.ids(home.family).keys() == {"principal"}
    assert home.ids(other).keys() == {"principal", "child"}


def test_two_linked_cases_are_kept_apart_at_once_and_never_linked_again(home: Family) -> None:
    new = home.split("spouse")
    home.later(timedelta(minutes=1))
    home.at(home.family).say("family_separation", {"other": new, "reason": "Threats."}, OFFICER)
    assert home.facts().intake.separated_from == {new}
    assert home.facts().intake.family == home.at(new).facts().intake.family == frozenset()
    again = {"other": home.family, "relation": "spouse", "both_agree": True}
    nobody = {**again, "other": "C-NOSUCHCASE"}
    assert refused(home, "family_link", again) == refused(home, "family_link", nobody)


def test_a_third_case_does_not_bring_them_together_again(home: Family) -> None:
    new = home.split("spouse")
    home.later(timedelta(minutes=1))
    home.at(home.family).say("family_separation", {"other": new, "reason": "Threats."}, OFFICER)
    home.later(timedelta(minutes=1))
    home.say("family_link", {"other": home.alone, "relation": "sibling", "both_agree": True})
    said = {"other": home.alone, "relation": "sibling", "both_agree": True}
    assert refused(home.at(new), "family_link", said)[0] == "cannot_link"


def test_who_was_moved_out_is_not_found_as_a_duplicate_of_those_they_must_not_meet(home: Family) -> None:
    other = home.mark("spouse")
    safe = {"contact": {"channel": "sms", "address": "+9055512" + "00005"}, "how": "in_person"}
    home.at(other).say("contact_change", safe)
    assert home.facts().intake.candidates == ()


def test_only_a_protection_officer_sees_who_is_kept_apart_and_the_look_is_written_down(home: Family) -> None:
    other = home.mark("spouse")
    with pytest.raises(NotAllowed):
        separations_of(home.house, home.family, Staff(handle="c", roles=["counsellor"]))
    officer = Staff(handle="o", roles=["protection_officer"])
    with pytest.raises(UnknownCase):
        separations_of(home.house, home.family, officer)
    with home.house.database.unit_of_work() as session:
        case = session.exec(select(Case).where(Case.ref == home.family)).one()
        session.add(CaseAssignment(
            case_id=case.id, at=BEGIN, by="boss", role=Role.PROTECTION_OFFICER, handle="o",
        ))  # fmt: skip
    (row,) = separations_of(home.house, home.family, officer)
    assert row == {"other": other, "reason": "He beats her.", "perpetrator_here": False}
    with home.house.database.reading() as session:
        assert session.exec(select(Event).where(Event.kind == "class_three.read")).one().by == "o"


def test_only_people_of_the_case_can_be_named(home: Family) -> None:
    stranger = home.ids(home.alone)["principal"]
    body = {"perpetrator": stranger, "reason": "x"}
    assert refused(home.at(home.family), "family_separation", body, OFFICER)[0] == "unknown_person"
