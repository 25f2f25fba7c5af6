"""A birthday and a doubted age, met on the way: nobody flies as what they are not, and no protection is dropped."""

from datetime import date, timedelta
from typing import Any

import pytest

from api.cli.cast import TEXT_HASH, Child, Life
from models.stage import Role
from tests.journeys.house import Living
from workflows.commands import Refused
from workflows.decide import decide
from workflows.standing import Asking

OFFICER = Role.PROTECTION_OFFICER


def tickets(alone: Living) -> list[dict[str, Any]]:
    """The airline's own orders that are not cancelled."""
    return [order for order in alone.simulators.truth()["airline"]["orders"] if order.get("cancelled_at") is None]


def test_failure_minor_turns_18(alone: Living) -> None:
    """Grown up between the interview and the flight: an own declaration from that day on, and protection goes on."""
    today = alone.clock.now().date()
    born = date(today.year - 18, today.month, today.day) + timedelta(days=9)
    life = Life("comes of age on the way", "completed", "UZ", "Samarkand", "Dilnoza", "Karimova", "Дилноза Каримова",
                vulnerable=True, children=[Child("Jasur", "Жасур", (today - born).days / 30.4)])  # type: ignore[arg-type]  # fmt: skip
    ref = alone.begin(life)
    child = next(one for one in alone.facts(ref).people if not one.principal)
    assert alone.facts(ref).people[1].adult_on == born.replace(year=born.year + 18)
    alone.until(ref, "child.comes_of_age")
    alone.until(ref, "booking.ticketed")
    assert child.is_child(alone.facts(ref).today)
    assert tickets(alone)
    alone.until(ref, "child.came_of_age")
    grown = alone.facts(ref)
    him = next(one for one in grown.people if one.id == child.id)
    assert not him.is_child(grown.today)
    assert grown.came_of_age == (him,)
    assert grown.is_vulnerable
    assert him.declared_at is None
    assert "declaration.missing" in alone.codes(ref)
    assert "come of age" in alone.explained(ref)
    assert "reşit oldu" in alone.explained(ref, "tr")
    alone.live()
    assert alone.case(ref).outcome == "completed"
    done = alone.facts(ref)
    him = next(one for one in done.people if one.id == child.id)
    assert him.declared_at is not None
    assert done.departed_at is not None
    assert him.adult_on <= him.declared_at.date() <= done.departed_at.date()
    assert done.protection.goes_on == {child.id: True}


def test_failure_age_disputed(alone: Living) -> None:
    """Both ages are kept; a child until a named body decides: no ticket without a decision on best interests."""
    life = Life("says that she is sixteen", "completed", "UZ", "Samarkand", "Dilnoza", "Karimova", "Дилноза Каримова")
    alone.unanswered |= {"age_decision", "best_interests"}
    ref = alone.begin(life)
    alone.until(ref, "risk.cleared")
    her = alone.facts(ref).principal
    doubt = {"person": her.id, "age_source": "statement", "born_on": "2010-02-01", "narrative": "The passport lies."}
    alone.say(ref, "age_claim", doubt, Role.COUNSELLOR)
    alone.until(ref, "child.age_disputed")
    known = alone.facts(ref)
    assert known.principal.is_child(known.today)
    assert known.principal.born_on == life.born_on
    assert known.principal.id in known.protection.needs_escort
    assert "risk.best_interests" in alone.codes(ref)
    assert "treated as a child" in alone.explained(ref)
    assert "çocuk sayılır" in alone.explained(ref, "tr")
    alone.to(alone.clock.now() + timedelta(days=15))
    alone.push()
    late = [standing for standing in decide(alone.facts(ref)).values() if isinstance(standing, Asking)]
    assert any(standing.question == "best_interests" for standing in late)
    assert tickets(alone) == [], "nobody bought a ticket for a child without a decision"
    with pytest.raises(Refused):
        alone.say(ref, "boarding", {"outcome": "boarded"}, Role.MOVEMENT_OFFICER)
    decided = {"person": her.id, "body": "court", "born_on": life.born_on, "decision_sha256": TEXT_HASH}
    alone.say(ref, "age_decision", decided, OFFICER)
    alone.live()
    assert alone.case(ref).outcome == "completed"
    assert len(tickets(alone)) == 1
