"""F35: somebody leaves; keys end, cases are handed on or flagged, and nothing is sent on their word."""

from decimal import Decimal

import pytest
from sqlmodel import Session, select

from models.booking import PriceApproval
from models.database import Database
from models.effect import Effect, EffectState
from models.incident import CaseOwner
from models.staff import Staff
from models.stage import Role, Stage
from tests.journeys.light import Light
from workflows.commands import Wrong
from workflows.leaving import Left, leave


@pytest.fixture
def case(database: Database) -> Light:
    """A case that the counsellor opened; a colleague and a guest are on the list."""
    light = Light(database)
    with light.house.database.unit_of_work() as session:
        session.add(Staff(handle="counsellor", roles=["counsellor"]))
        session.add(Staff(handle="colleague", roles=["counsellor"]))
        session.add(Staff(handle="guest", roles=["monitoring"]))
        session.add(Staff(handle="officer", roles=["protection_officer"]))
    return light


def goes(case: Light, handle: str, to: str | None = None) -> Left:
    """They leave."""
    with case.house.database.unit_of_work() as session:
        return leave(session, one(session, handle), "console", case.house.clock.now(), to)


def one(session: Session, handle: str) -> Staff:
    """Somebody on the list."""
    return session.exec(select(Staff).where(Staff.handle == handle)).one()


def test_f35_cases_wait_for_a_supervisor(case: Light) -> None:
    assert goes(case, "counsellor") == Left(keys=0, handed_on=0, flagged=1)
    assert case.facts().incidents.owner_gone
    case.say("case_owner", {"handle": "colleague"}, Role.SUPERVISOR)
    assert not case.facts().incidents.owner_gone
    assert case.case().responsible == "colleague"


def test_or_are_handed_on_at_once(case: Light) -> None:
    with case.house.database.unit_of_work() as session:
        row = case.case()
        session.add(
            Effect(
                case_id=row.id, at=row.opened_at, by="sila", journey=1, stage=Stage.HEALTH, action="a", subject="1",
                key="k", on_behalf_of="counsellor", state=EffectState.INTENDED,
            )
        )  # fmt: skip
    assert goes(case, "counsellor", "colleague") == Left(keys=0, handed_on=1, flagged=0)
    assert not case.facts().incidents.owner_gone
    with case.house.database.reading() as session:
        assert session.exec(select(CaseOwner.handle)).all() == ["colleague"]
        assert session.exec(select(Effect.on_behalf_of)).all() == ["colleague"]


@pytest.mark.parametrize("heir", ["guest", "nobody", "counsellor"])
def test_only_to_somebody_who_may(case: Light, heir: str) -> None:
    if heir == "counsellor":
        goes(case, "counsellor")
    with pytest.raises(Wrong):
        goes(case, "colleague", heir)


def test_f35_an_approval_of_theirs_that_still_counts_is_looked_at_again(case: Light) -> None:
    with case.house.database.unit_of_work() as session:
        row = case.case()
        session.add(
            PriceApproval(case_id=row.id, journey=1, at=row.opened_at, by="officer", up_to=Decimal(500), currency="EUR")
        )
    assert goes(case, "officer").flagged == 1
    assert case.facts().incidents.owner_gone
