"""Duplicates: found by blind tokens, decided by one, confirmed by another, undone without loss, never paid twice."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from api.cli.cast import Life, case_of
from models.case import Case
from models.database import Database
from models.duplicate import DuplicateCandidate, MatchToken
from models.effect import Effect, EffectState
from models.money import Allowance
from models.stage import Role, Stage
from tests.journeys.light import BEGIN, Light
from workflows.caps import FAMILY, caps_of
from workflows.commands import Refused
from workflows.facts import Candidate

OFFICER = Role.PROTECTION_OFFICER
AGAIN = {"given_names": "Dylnoza", "native_name": "Дилноза Каримова"}


class Two(Light):
    """One case, and a later one of somebody who may be the same."""

    def __init__(self, database: Database, **again: Any) -> None:
        super().__init__(database, native_name="Dilnoza Karimova")
        self.first = self.ref
        self.later(timedelta(hours=1))
        self.second = self.begin(self.someone(**{**AGAIN, **again}))
        self.ref = self.second

    def someone(self, **over: Any) -> dict[str, Any]:
        """An intake with another passport."""
        known = {"story": "", "ends": "stays", "country": "UZ", "area": "Bukhara", "family_name": "Karimova"}
        said = case_of(Life(**{**known, "given_names": "X", "native_name": "X", **over}), 77, BEGIN.date())
        del said["principal"]["document"]
        return said

    def at(self, ref: str) -> "Two":
        """Go to one of the two."""
        self.ref = ref
        return self

    def candidate(self) -> Candidate:
        """The one that was found."""
        (found,) = self.at(self.second).facts().intake.candidates
        return found

    def same(self, by: str = "counsellor") -> None:
        """Decided to be the same."""
        body = {"about": self.candidate().id, "verdict": "same", "reasons": "Same face and story."}
        self.say("duplicate_review", body, by=by)

    def merge(self, role: Role = Role.SUPERVISOR, by: str | None = None, **over: Any) -> None:
        """Confirmed."""
        body = {"about": self.candidate().id, "agreed": True, "reasons": "So it is.", **over}
        self.say("duplicate_merge", body, role, by=by)


@pytest.fixture
def two(database: Database) -> Two:
    """Two cases of one woman."""
    return Two(database)


def refused(two: Two, work: Any, *args: Any, **more: Any) -> str:
    """The code of a refusal."""
    with pytest.raises(Refused) as caught:
        work(*args, **more)
    return caught.value.code


def test_f48_the_same_woman_in_another_script_is_found_and_never_merged_by_itself(two: Two) -> None:
    found = two.candidate()
    assert found.confidence == "high"
    assert found.verdict is None
    assert two.at(two.first).case().closed_at is None
    assert two.at(two.second).case().closed_at is None


def test_a_stranger_is_not_proposed(database: Database) -> None:
    two = Two(database, given_names="Malika", family_name="Yusupova", native_name="Малика Юсупова")
    assert two.facts().intake.candidates == ()


def test_a_twin_is_proposed_as_a_twin_and_without_confidence(database: Database) -> None:
    two = Two(database, given_names="Gulnora", native_name="Гулнора Каримова")
    found = two.candidate()
    assert found.twin
    assert found.confidence == "possible"


def test_no_name_is_kept_in_an_index(two: Two) -> None:
    with two.house.database.reading() as session:
        tokens = session.exec(select(MatchToken.token)).all()
        assert tokens
        assert all(set(token) <= set("0123456789abcdef") for token in tokens)
        assert "name" in session.exec(select(DuplicateCandidate)).one().signals


def test_s8_the_merge_needs_a_second_person(two: Two) -> None:
    assert refused(two, two.merge) == "not_asked"
    two.same(by="alice")
    assert refused(two, two.merge, by="alice") == "four_eyes"
    two.merge(by="berta")
    assert two.at(two.second).case().outcome == "merged"
    assert two.at(two.first).case().closed_at is None


def test_who_was_unsure_leaves_it_to_somebody_else(two: Two) -> None:
    body = {"about": two.candidate().id, "verdict": "unsure", "reasons": "The photograph is old."}
    two.say("duplicate_review", body)
    again = {**body, "verdict": "same"}
    assert refused(two, two.say, "duplicate_review", again) == "four_eyes"
    two.say("duplicate_review", again, by="somebody_else")
    assert two.candidate().verdict == "same"


def test_a_second_person_who_does_not_agree_makes_them_different(two: Two) -> None:
    two.same()
    two.merge(agreed=False)
    assert two.candidate().verdict == "different"
    assert two.at(two.second).case().closed_at is None


def grant(two: Two, ref: str, eur: int, paid: int = 0) -> None:
    """A case was approved so much, and paid so much of it."""
    with two.house.database.unit_of_work() as session:
        case = session.exec(select(Case).where(Case.ref == ref)).one()
        sums = {"cap_eur": Decimal(3000), "approved_eur": Decimal(eur), "paid_eur": Decimal(paid)}
        session.add(Allowance(case_id=case.id, scope="family", name="", **sums))


def test_s3_what_one_case_was_granted_counts_in_the_other_from_the_word_same_on(two: Two) -> None:
    full = caps_of(two.at(two.second).facts())[FAMILY]
    grant(two, two.first, 800)
    assert two.at(two.second).facts().intake.grants_elsewhere == 0
    two.same()
    known = two.at(two.second).facts()
    assert known.intake.grants_elsewhere == Decimal(800)
    assert caps_of(known)[FAMILY] == full - 800
    grant(two, two.second, 300)
    assert two.at(two.first).facts().intake.grants_elsewhere == Decimal(300)


def test_f36_the_case_that_goes_on_inherits_what_the_other_was_paid(two: Two) -> None:
    grant(two, two.second, 800, paid=300)
    two.same()
    assert two.at(two.first).facts().intake.grants_elsewhere == Decimal(800), "while it is open it may still be paid"
    two.merge()
    assert two.at(two.first).facts().intake.grants_elsewhere == Decimal(300), "what was never paid is not lost"


def test_f36_nothing_is_merged_while_an_effect_is_in_flight(two: Two) -> None:
    two.same()
    with two.house.database.unit_of_work() as session:
        case = session.exec(select(Case).where(Case.ref == two.second)).one()
        session.add(Effect(
            case_id=case.id, journey=1, at=BEGIN, by="sila", stage=Stage.FLIGHT_BOOKING, action="hold_seats",
            subject="1.1", generation=1, key="k", on_behalf_of="counsellor", state=EffectState.UNKNOWN,
        ))  # fmt: skip
    assert refused(two, two.merge) == "in_flight"
    with two.house.database.unit_of_work() as session:
        session.exec(select(Effect)).one().state = EffectState.REJECTED
    two.merge()
    assert two.at(two.second).case().outcome == "merged"


def test_a_merge_is_undone_without_loss_and_counts_nothing_any_more(two: Two) -> None:
    grant(two, two.second, 800)
    found = two.candidate().id
    two.same()
    two.merge()
    two.at(two.first).say("duplicate_unmerge", {"about": found, "reasons": "A sister."}, Role.SUPERVISOR)
    again = two.at(two.second).case()
    assert (again.closed_at, again.outcome) == (None, None)
    assert two.at(two.first).facts().intake.grants_elsewhere == 0
    assert two.candidate().verdict == "different"


def test_the_newer_case_may_go_on_and_the_older_end(two: Two) -> None:
    two.same()
    two.merge(keep="this")
    assert two.at(two.first).case().outcome == "merged"
    assert two.at(two.second).case().closed_at is None


def test_a_case_with_others_in_it_does_not_end_over_them(database: Database) -> None:
    two = Two(database)
    child = {"given_names": "Ali", "family_name": "Karimov", "born_on": "2020-01-01", "language": "uz", "sex": "M",
             "nationality": "UZB", "relation": "child", "guardian": "principal"}  # fmt: skip
    said = two.someone(given_names="Dilnozah", native_name="دلنوزا کریموا") | {"dependants": [child]}
    two.second = two.begin(said)
    found = [one for one in two.at(two.second).facts().intake.candidates if one.confidence == "high"]
    two.say("duplicate_review", {"about": found[0].id, "verdict": "same", "reasons": "x"})
    body = {"about": found[0].id, "agreed": True, "reasons": "x"}
    assert refused(two, two.say, "duplicate_merge", body, Role.SUPERVISOR) == "others_in_case"


def test_help_from_the_national_programme_counts_against_the_caps(two: Two) -> None:
    two.say("prior_assistance", {"programme": "navrr", "amount": "500", "currency": "EUR"})
    known = two.facts()
    assert known.intake.grants_elsewhere == Decimal(500)
    assert known.intake.had_elsewhere == {"navrr"}
    assert known.intake.elsewhere_asked


def test_none_is_an_answer(two: Two) -> None:
    assert not two.facts().intake.elsewhere_asked
    two.say("prior_assistance", {"programme": "none"})
    known = two.facts()
    assert known.intake.elsewhere_asked
    assert known.intake.had_elsewhere == frozenset()


def test_an_unknown_programme_is_refused(two: Two) -> None:
    assert refused(two, two.say, "prior_assistance", {"programme": "lottery"}) == "unknown_programme"
