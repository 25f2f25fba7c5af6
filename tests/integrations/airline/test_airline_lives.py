"""Booking in a whole house, with the simulated airline on a socket: families, names, cancelled and missed flights."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest
from sqlmodel import select

from api.cli.cast import Child, Life
from integrations.airline import Wish
from integrations.errors import OutcomeUnknown
from models.booking import Booking
from models.database import Database
from models.effect import Effect, EffectState
from tests.journeys.house import Living, living
from workflows.actions import flight_booking as actions
from workflows.ledger import Letter


@pytest.fixture
def house(database: Database) -> Iterator[Living]:
    with living(database) as everybody:
        yield everybody


def life(family_name: str = "Rusu", given_names: str = "Ion", **over: Any) -> Life:
    return Life("flies", "completed", "MD", "Soroca", given_names, family_name, "Ion Rusu", sex="M", **over)


def rows(house: Living, kind: type[Any]) -> list[Any]:
    with house.house.database.reading() as session:
        return list(session.exec(select(kind).order_by(kind.at)))


def statuses(house: Living) -> list[str]:
    return [row.status for row in rows(house, Booking)]


def play(house: Living, until: Callable[[], bool], seconds: float = 60.0) -> None:
    began = time.monotonic()
    while not until():
        assert house.step(), "the case closed first"
        assert time.monotonic() - began < seconds, statuses(house)


def at_the_airline(house: Living) -> Any:
    return house.simulators.truth()["airline"]


def test_a_family_with_two_babies(house: Living) -> None:
    babies = [Child("Maryam", "مريم", 7), Child("Adam", "آدم", 8), Child("Yusuf", "يوسف", 80)]
    house.begin(life(children=babies))
    play(house, lambda: statuses(house) == ["ticketed"])
    (order,) = at_the_airline(house)["orders"]
    people = {person["id"]: person for person in order["passengers"]}
    links = {person["given_name"]: person.get("infant_passenger_id") for person in people.values()}
    held = links.pop("Ion")
    assert people[held]["given_name"] in ("Maryam", "Adam")
    assert set(links.values()) == {None}


@pytest.mark.parametrize(
    ("given_names", "code"), [("Muhammad Abdurrahman Salih", "name_too_long"), ("Æthelred", "name_not_printable")]
)
def test_a_name_no_airline_prints_goes_to_the_travel_desk(house: Living, given_names: str, code: str) -> None:
    house.begin(life(given_names=given_names))
    play(house, lambda: statuses(house) == ["ticketed"])
    assert [row.route for row in rows(house, Booking)] == ["desk"]
    holds = [effect for effect in rows(house, Effect) if effect.action == "hold_seats"]
    assert [(effect.state, effect.code) for effect in holds] == [(EffectState.REJECTED, code)]
    assert at_the_airline(house)["orders"] == []


def test_s2_a_refusal_that_hints_at_a_booking_is_looked_into(house: Living) -> None:
    now, world = house.clock.now(), house.house.world
    day = (now + timedelta(days=20)).date()
    offers = world.airline.search(Wish(origin="JFK", destination="EWR", departs_on=day, ages=(34,)))

    def letter(key: str, offer: int) -> Letter:
        seat = {
            "id": offers[offer].passenger_ids[0], "title": "mr", "gender": "m", "given_name": "Ion",
            "family_name": "Rusu", "born_on": "1991-05-17", "document": None, "infant_of": None,
        }  # fmt: skip
        return Letter(key, {"offer": offers[offer].id, "passengers": [seat], "now": now})

    first = actions.hold(world, letter("k1", 0))
    assert actions.hold(world, letter("k1", 0)) == first
    assert actions.hold(world, letter("k1", 1)) == first
    with pytest.raises(OutcomeUnknown, match="offer_request_already_booked"):
        actions.hold(world, letter("k2", 1))
    assert len(at_the_airline(house)["orders"]) == 1


@pytest.mark.parametrize("webhooks", [True, False])
def test_a_flight_that_the_airline_cancels_is_refunded_and_booked_anew(house: Living, webhooks: bool) -> None:
    ref = house.begin(life("AirlineCancels"))
    if not webhooks:
        httpx.put(f"{house.simulators.urls['airline']}/_sim/webhook", json={"url": None}, trust_env=False)
    play(house, lambda: statuses(house) == ["airline_cancelled", "ticketed"])
    play(house, lambda: house.case(ref).outcome is not None, seconds=90)
    first, second = rows(house, Booking)
    assert (first.generation, second.generation) == (1, 2)
    assert (first.refund, first.status) == (first.price, "airline_cancelled")
    truth = at_the_airline(house)
    assert truth["duplicates"] == []
    assert [one["order_id"] for one in truth["cancellations"] if one["confirmed_at"]] == [first.outside_id]
    assert house.case(ref).outcome == "completed"


def test_a_ticket_nobody_flew_with_is_given_back_once(house: Living) -> None:
    ref = house.begin(life(boardings=["no_show", "boarded"]))
    play(house, lambda: house.case(ref).outcome is not None, seconds=90)
    first, second = rows(house, Booking)
    assert (first.status, second.status) == ("cancelled", "ticketed")
    assert first.refund == (first.price / 10).quantize(Decimal("0.01"))
    truth = at_the_airline(house)
    assert [one["order_id"] for one in truth["cancellations"]] == [first.outside_id]
    assert truth["duplicates"] == []
