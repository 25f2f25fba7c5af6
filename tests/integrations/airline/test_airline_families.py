"""Infants on laps and names on tickets: what we ask of the airline, and what the simulated one refuses."""

from datetime import date, timedelta

import pytest

from integrations.airline import Wish, laps, name_trouble
from integrations.airline.requests import wish_wanted
from integrations.errors import PartnerRefused


@pytest.mark.parametrize(
    ("ages", "pairs"),
    [
        ((34,), {}),
        ((34, 1), {1: 0}),
        ((1, 34, 0, 40), {0: 1, 2: 3}),
        ((34, 1, 0), {1: 0}),
        ((34, 17, 0, 1, 2), {2: 0}),
        ((17, 0), {}),
    ],
)
def test_one_infant_an_adult(ages, pairs):
    assert laps(ages) == pairs


def test_how_a_family_is_searched_for():
    wish = Wish(origin="IST", destination="EBL", departs_on=date(2030, 1, 1), ages=(34, 7, 1, 0))
    fares = wish_wanted(wish)["passengers"]
    assert fares == [{"type": "adult"}, {"age": 7}, {"type": "infant_without_seat"}, {"type": "child"}]


@pytest.fixture
def family(wish, people, airline, sim):
    """An adult, a baby on the lap, and a second baby with a seat."""
    offer = airline.search(wish(ages=(34, 1, 0)))[0]
    born = (sim.now() - timedelta(days=300)).date()
    adult, *babies = people(offer)
    return offer, adult, [baby.model_copy(update={"born_on": born}) for baby in babies]


def test_the_second_infant_has_a_seat(airline, family, sim):
    offer, adult, (first, second) = family
    airline.hold(offer.id, (adult, first.model_copy(update={"infant_of": adult.id}), second), key="h")
    booked = sim.truth()["orders"][0]["passengers"]
    assert [person.get("infant_passenger_id") for person in booked] == [first.id, None, None]


@pytest.mark.parametrize("linked", ["nobody", "the wrong one", "to a child"])
def test_an_infant_nobody_holds_is_refused(airline, family, sim, linked):
    offer, adult, (first, second) = family
    if linked == "the wrong one":
        second = second.model_copy(update={"infant_of": adult.id})
    if linked == "to a child":
        first = first.model_copy(update={"infant_of": second.id})
    with pytest.raises(PartnerRefused, match="validation_required"):
        airline.hold(offer.id, (adult, first, second), key="h")
    assert sim.truth()["orders"] == []


def test_the_refusal_has_duffels_shape(airline, wish, sim):
    offer = airline.search(wish(ages=(34, 1)))[0]
    common = {
        "title": "ms",
        "gender": "f",
        "family_name": "A",
        "email": "a@b.example",
        "phone_number": "+4915112345678",
    }
    born = ("1990-01-01", (sim.now() - timedelta(days=300)).date().isoformat())
    people = [
        common | {"id": one, "given_name": "BC"[place], "born_on": born[place]}
        for place, one in enumerate(offer.passenger_ids)
    ]
    wanted = {"type": "hold", "selected_offers": [offer.id], "passengers": people, "metadata": {}}
    headers = {"Authorization": "Bearer duffel_test_token", "Duffel-Version": "v2"}
    answer = sim.http.post("/air/orders", json={"data": wanted}, headers=headers)
    said = answer.json()
    assert (answer.status_code, said["meta"]["status"]) == (422, 422)
    assert said["errors"][0]["type"] == "validation_error"
    assert said["errors"][0]["source"]["field"] == "infant_passenger_id"


def test_a_child_of_two_is_no_infant(airline, family, sim):
    offer, adult, (first, second) = family
    older = (sim.now() - timedelta(days=800)).date()
    first = first.model_copy(update={"infant_of": adult.id, "born_on": older})
    with pytest.raises(PartnerRefused, match="validation_invalid"):
        airline.hold(offer.id, (adult, first, second), key="h")


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("A" * 20, None),
        ("Al Jubouri", None),
        ("Ünver-Şahin", None),
        ("A" * 21, "name_too_long"),
        ("", "name_not_printable"),
        ("Æsir", "name_not_printable"),
        ("Əliyev", "name_not_printable"),
        ("Иван", "name_not_printable"),
        ("tab\t", "name_not_printable"),
    ],
)
def test_why_a_name_cannot_be_printed(name, trouble):
    assert name_trouble(name) == trouble
