"""What the simulated airline, or our own values, refuse: a clear no that moves neither seats nor money."""

from datetime import date

import httpx
import pytest
from pydantic import ValidationError

from integrations.airline import IdentityDocument, Passenger, open_airline
from integrations.errors import PartnerRefused, PartnerUnavailable


@pytest.mark.parametrize("call", ["look_up", "reprice", "quote_cancellation", "confirm_cancellation"])
def test_unknown_things_are_refused(airline, call):
    with pytest.raises(PartnerRefused, match="not_found"):
        getattr(airline, call)("ord_nothing")


@pytest.mark.parametrize("route", [("MUC", "MUC"), ("MUC", "QQQ")])
def test_impossible_wishes_are_refused(airline, wish, route):
    with pytest.raises(PartnerRefused, match="validation_invalid"):
        airline.search(wish(*route))


def test_a_past_day_is_refused(airline, wish):
    with pytest.raises(PartnerRefused, match="validation_invalid"):
        airline.search(wish(days=-2))


def test_a_missing_passport_is_refused(airline, wish, people):
    offer = airline.search(wish())[1]
    with pytest.raises(PartnerRefused, match="validation_required"):
        airline.buy(offer.id, people(offer, document=None), offer.price, key="b")


def test_a_wrong_token_is_refused(sim, wish):
    stranger = open_airline(sim.url, "duffel_test_wrong", timeout=5)
    with pytest.raises(PartnerRefused, match="access_token_not_found"):
        stranger.search(wish())
    stranger.close()


def test_nobody_at_home(wish, people, airline, sim):
    offer = airline.search(wish())[0]
    nobody = open_airline("http://127.0.0.1:9", "t", timeout=1)
    with pytest.raises(PartnerUnavailable):
        nobody.search(wish())
    with pytest.raises(PartnerUnavailable):
        nobody.hold(offer.id, people(offer), key="h", now=sim.now())
    nobody.close()


def test_an_old_api_version_is_refused(sim):
    answer = httpx.get(f"{sim.url}/air/orders", headers={"Authorization": "Bearer duffel_test_token"}, trust_env=False)
    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["", "Æsir", "Иван", "A" * 21, "tab\t"])
def test_unprintable_names_never_leave_and_never_show(name, people, airline, wish):
    offer = airline.search(wish())[0]
    with pytest.raises(ValidationError) as error:
        people(offer, name)
    assert not name or name not in str(error.value)


def test_a_passenger_prints_no_person(people, airline, wish):
    person: Passenger = people(airline.search(wish())[0])[0]
    shown = repr(person) + repr(IdentityDocument(number="U1234567", country="TR", expires_on=date(2039, 1, 1)))
    assert "YILMAZ" not in shown
    assert "U1234567" not in shown
    assert "1990" not in shown
