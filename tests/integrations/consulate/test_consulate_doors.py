"""The consulate over real sockets: verbs, magic names, webhooks."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from integrations.consulate import Application, HttpConsulate, open_consulate, read, verify
from integrations.consulate.simulator import create_simulator
from integrations.errors import OutcomeUnknown, PartnerRefused, PartnerUnavailable
from integrations.serving import Served
from integrations.signatures import BadSignature, sign

SECRET = "whsec_c2VjcmV0LWZvci10ZXN0cw=="
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def form(family: str = "GELASHVILI", given: str = "Giorgi") -> Application:
    return Application(
        given_names=given, family_name=family, born_on=date(1990, 1, 2), sex="m",
        nationality="GEO", travel_to="GE", travel_by=date(2027, 1, 1),
    )  # fmt: skip


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with Served(create_simulator(token="t", webhook_secret=SECRET)) as served:
        yield served.url


@pytest.fixture
def doors(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
        client.put("/_sim/clock", json={"now": datetime.now(UTC).isoformat()})
        client.put("/_sim/webhook", json={"url": None})
        client.post("/_sim/reset")
        yield client


@pytest.fixture
def consulate(url: str, doors: httpx.Client) -> Iterator[HttpConsulate]:
    client = open_consulate(url, "t", timeout=3)
    yield client
    client.close()


@pytest.fixture
def caught(doors: httpx.Client) -> Iterator[list[tuple[bytes, dict[str, str]]]]:
    got: list[tuple[bytes, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.rfile.read(int(self.headers["content-length"])), dict(self.headers.items())))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    doors.put("/_sim/webhook", json={"url": f"http://127.0.0.1:{server.server_port}/"})
    yield got
    server.shutdown()
    server.server_close()


def settle(doors: httpx.Client) -> None:
    until = time.monotonic() + 5
    while doors.get("/_sim/pending").json()["pending"]:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_only_the_fields_of_a_travel_document_leave(consulate: HttpConsulate, doors: httpx.Client) -> None:
    consulate.lodge(form(), key="k1")
    assert doors.get("/_sim/truth").json()["applications"][0]["application"] == {
        "given_names": "Giorgi", "family_name": "GELASHVILI", "native_name": None, "born_on": "1990-01-02", "sex": "m",
        "nationality": "GEO", "travel_to": "GE", "travel_by": "2027-01-01", "proofs": [],
    }  # fmt: skip
    with pytest.raises(ValidationError):
        Application(**form().model_dump(), reason="rejected claim")
    assert "Giorgi" not in repr(form())


@pytest.mark.parametrize(("family", "days"), [("GELASHVILI", 60), ("Shortlife", 5), ("MUTE", 60)])
def test_a_document_is_issued(consulate: HttpConsulate, doors: httpx.Client, family: str, days: int) -> None:
    view = consulate.lodge(form(family), key="k1")
    assert (view.status, view.document) == ("lodged", None)
    settle(doors)
    seen = consulate.look_up(view.reference)
    assert seen.status == "issued"
    assert seen.document is not None
    assert seen.document.expires_on - seen.document.issued_on == timedelta(days=days)
    assert consulate.find("k1") == seen
    with pytest.raises(PartnerRefused, match="already_decided"):
        consulate.withdraw(view.reference, key="w1")


def test_the_same_key_makes_one_application(consulate: HttpConsulate, doors: httpx.Client) -> None:
    first = consulate.lodge(form("SILENT"), key="k1")
    assert consulate.lodge(form("SILENT"), key="k1") == first
    with pytest.raises(PartnerRefused, match="key_used"):
        consulate.lodge(form("SILENT", "Davit"), key="k1")
    assert doors.get("/_sim/truth").json()["duplicates"] == []
    other = consulate.lodge(form("SILENT"), key="k2")
    assert doors.get("/_sim/truth").json()["duplicates"] == [[first.reference, other.reference]]
    assert consulate.withdraw(other.reference, key="w").status == "withdrawn"
    assert consulate.withdraw(other.reference, key="w").status == "withdrawn"
    truth = doors.get("/_sim/truth").json()
    assert (len(truth["withdrawals"]), truth["duplicates"]) == (1, [])


def test_denied_slow_and_silent(consulate: HttpConsulate, doors: httpx.Client) -> None:
    seen = {name: consulate.lodge(form(name), key=name).reference for name in ("DENIED", "SLOW", "SILENT")}
    settle(doors)
    denied = consulate.look_up(seen["DENIED"])
    assert (denied.status, denied.refusal_code) == ("refused", "nationality_not_confirmed")
    assert consulate.look_up(seen["SLOW"]).status == "lodged"
    doors.put("/_sim/clock", json={"now": (datetime.now(UTC) + timedelta(days=10, minutes=1)).isoformat()})
    settle(doors)
    assert consulate.look_up(seen["SLOW"]).status == "issued"
    assert consulate.look_up(seen["SILENT"]).status == "lodged"


def test_a_doubted_nationality_is_confirmed_by_other_proof(consulate: HttpConsulate, doors: httpx.Client) -> None:
    first = consulate.lodge(form("DOUBTED"), key="first")
    settle(doors)
    assert consulate.look_up(first.reference).refusal_code == "nationality_not_confirmed"
    other = form("DOUBTED").model_copy(update={"proofs": ("birth_record",)})
    again = consulate.lodge(other, key="again")
    settle(doors)
    assert consulate.look_up(again.reference).status == "issued"
    assert doors.get("/_sim/truth").json()["duplicates"] == []


def test_broken_and_lost_replies_end_in_one_application(consulate: HttpConsulate, doors: httpx.Client) -> None:
    with pytest.raises(PartnerUnavailable):
        consulate.lodge(form("BROKEN"), key="b")
    assert consulate.find("b") is None
    assert consulate.lodge(form("BROKEN"), key="b").status == "lodged"
    with pytest.raises(OutcomeUnknown) as error:
        consulate.lodge(form("LOSTREPLY"), key="l")
    assert "LOSTREPLY" not in str(error.value)
    found = consulate.find("l")
    assert found is not None
    assert consulate.lodge(form("LOSTREPLY"), key="l").reference == found.reference


def test_refusals_and_words_that_are_not_opaque(url: str, consulate: HttpConsulate) -> None:
    with pytest.raises(PartnerRefused, match="no_such_application"):
        consulate.look_up("app_none")
    with pytest.raises(ValueError, match="letters"):
        consulate.look_up("../x")
    stranger = open_consulate(url, "wrong")
    with pytest.raises(PartnerRefused, match="not_authorised"):
        stranger.lodge(form(), key="k")
    stranger.close()


@pytest.mark.parametrize(("family", "count"), [("GELASHVILI", 2), ("TWICE", 4), ("MUTE", 0), ("INTERVIEW", 3)])
def test_webhooks(consulate: HttpConsulate, doors: httpx.Client, caught: Any, family: str, count: int) -> None:
    view = consulate.lodge(form(family), key="k")
    settle(doors)
    assert len(caught) == count
    for body, headers in caught:
        verify(body, headers, SECRET, now=datetime.now(UTC))
        assert read(body).reference == view.reference
    if count:
        assert read(caught[-1][0]).status == "issued"
        assert len({read(body).id for body, _ in caught}) == (2 if family == "TWICE" else count)


@pytest.mark.parametrize(
    "change",
    [
        lambda b, h: (b + b" ", h),
        lambda b, h: (b, h | {"webhook-id": "other"}),
        lambda b, h: (b, h | {"webhook-timestamp": str(int(h["webhook-timestamp"]) + 1)}),
        lambda b, h: (b, h | {"webhook-signature": "v1,AAAA"}),
        lambda b, h: (b, {}),
    ],
)
def test_a_changed_webhook_is_refused(change: Callable[[bytes, dict[str, str]], Any]) -> None:
    body, headers = change(b"{}", sign(b"{}", SECRET, message_id="m", at=NOW))
    with pytest.raises(BadSignature):
        verify(body, headers, SECRET, now=NOW)


def test_the_window_is_five_minutes() -> None:
    headers = sign(b"{}", SECRET, message_id="m", at=NOW)
    verify(b"{}", headers, SECRET, now=NOW + timedelta(seconds=300))
    for seconds in (301, -301):
        with pytest.raises(BadSignature):
            verify(b"{}", headers, SECRET, now=NOW + timedelta(seconds=seconds))


def test_an_odd_notice_is_not_repeated() -> None:
    for body in (b"secret", json.dumps({"id": "a", "reference": "r", "status": "secret"}).encode()):
        with pytest.raises(ValueError, match="validation error") as error:
            read(body)
        assert "secret" not in str(error.value)
