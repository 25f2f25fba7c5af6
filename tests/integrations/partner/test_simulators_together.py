"""All simulators at once: in a test, and as the process that the demo starts."""

import base64
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from pydantic import ValidationError

from integrations.consulate import Application, open_consulate
from integrations.partner import HandoverStatus, Preview, open_partner
from integrations.simulators import SimulatorClient, Simulators, SimulatorSettings

SECRET = "whsec_" + base64.b64encode(b"one secret for all").decode()
NAMES = {"airline", "consulate", "sms", "partner_nadia", "partner_tariq"}
ENVIRONMENT = {"SIM_TOKEN": "t", "SIM_WEBHOOK_SECRET": SECRET, "SIM_WEBHOOK_BASE": "http://127.0.0.1:9"}


def known(**more: int) -> SimulatorSettings:
    return SimulatorSettings(token="t", webhook_secret=SECRET, webhook_base="http://127.0.0.1:9", **more)


def preview(case_code: str, area: str) -> Preview:
    return Preview(
        case_code=case_code, age_bands=(), genders=(), languages=(), country="GE", area=area, needs=(),
        urgency="normal", arrival_from=date(2099, 1, 1), arrival_to=date(2099, 2, 1), party_size=1,
    )  # fmt: skip


@pytest.fixture(scope="module")
def together() -> Iterator[Simulators]:
    with Simulators(known()) as simulators:
        yield simulators


@pytest.fixture
def simulators(together: Simulators) -> Simulators:
    together.reset()
    for url in together.urls.values():
        httpx.put(f"{url}/_sim/webhook", json={"url": None}, trust_env=False).raise_for_status()
    return together


def free_ports(count: int) -> list[int]:
    doors = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [door.getsockname()[1] for door in doors]
    for door in doors:
        door.close()
    return ports


def quiet(client: SimulatorClient) -> None:
    until = time.monotonic() + 10
    while client.pending():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_everybody_is_there_and_nothing_has_happened(simulators):
    assert simulators.urls.keys() == simulators.truth().keys() == NAMES
    assert simulators.pending() == 0
    assert all(one["duplicates"] == [] for one in simulators.truth().values())
    with socket.create_connection(("127.0.0.1", simulators.smtp_port), timeout=5) as line:
        assert line.recv(100).startswith(b"220")
    assert simulators.mail.mails == []


def test_two_offices_keep_their_files_apart_until_the_reset(simulators):
    nadia = open_partner(simulators.urls["partner_nadia"], "t")
    reference = nadia.offer(preview("c1", "Batumi"), key="k1").reference
    assert simulators.pending() == 1
    quiet(simulators)
    assert nadia.look_up(reference).status is HandoverStatus.ACCEPTED
    nadia.close()
    truth = simulators.truth()
    assert len(truth["partner_nadia"]["handovers"]) == 1
    assert truth["partner_tariq"]["handovers"] == []
    simulators.reset()
    assert simulators.truth()["partner_nadia"]["handovers"] == []


def test_one_clock_for_all(simulators):
    tariq = open_partner(simulators.urls["partner_tariq"], "t")
    reference = tariq.offer(preview("c2", "SLOW"), key="k2").reference
    quiet(simulators)
    assert tariq.look_up(reference).status is HandoverStatus.OFFERED
    simulators.set_clock(datetime.now(UTC) + timedelta(days=2, minutes=1))
    quiet(simulators)
    assert tariq.look_up(reference).status is HandoverStatus.ACCEPTED
    tariq.close()
    simulators.set_clock(datetime.now(UTC))


def test_a_simulator_that_is_away_is_not_taken_for_a_quiet_one():
    client = SimulatorClient({"airline": f"http://127.0.0.1:{free_ports(1)[0]}"})
    with pytest.raises(httpx.HTTPError):
        client.pending()
    client.close()


def test_webhooks_go_to_the_door_of_their_sender():
    got: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            got.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        base = {"webhook_base": f"http://127.0.0.1:{server.server_port}"}
        with Simulators(known().model_copy(update=base)) as simulators:
            everybody_speaks(simulators)
            quiet(simulators)
        server.shutdown()
    assert set(got) == {
        "/webhooks/consulate", "/webhooks/messaging", "/webhooks/partner/nadia", "/webhooks/partner/tariq",
    }  # fmt: skip


def everybody_speaks(simulators: Simulators) -> None:
    for name in ("partner_nadia", "partner_tariq"):
        office = open_partner(simulators.urls[name], "t")
        office.offer(preview("c3", "Batumi"), key="k3")
        office.close()
    consulate = open_consulate(simulators.urls["consulate"], "t")
    consulate.lodge(
        Application(
            given_names="Nino", family_name="Beridze", born_on=date(1990, 5, 4), sex="f",
            nationality="GEO", travel_to="GE", travel_by=date(2099, 1, 1),
        ),
        key="k4",
    )  # fmt: skip
    consulate.close()
    said = {"from": "+905551112233", "text": "hello"}
    httpx.post(f"{simulators.urls['sms']}/_sim/inbound", json=said, trust_env=False).raise_for_status()


def test_a_taken_port_leaves_nothing_behind():
    smtp, other = free_ports(2)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        broken = Simulators(known(airline_port=other, consulate_port=taken.getsockname()[1], smtp_port=smtp))
        with pytest.raises(OSError, match="in use"):
            broken.__enter__()
    for port in (smtp, other):
        socket.create_server(("127.0.0.1", port)).close()


def test_a_setting_that_is_missing_shows_no_secret(monkeypatch):
    for name in ("SIM_TOKEN", "SIM_WEBHOOK_SECRET"):
        monkeypatch.setenv(name, ENVIRONMENT[name])
    monkeypatch.delenv("SIM_WEBHOOK_BASE", raising=False)
    with pytest.raises(ValidationError) as error:
        SimulatorSettings()
    assert SECRET not in str(error.value)


def test_the_process_serves_until_it_is_told_to_stop():
    names = ["airline", "consulate", "partner_nadia", "partner_tariq", "sms", "smtp"]
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    fixed = {f"SIM_{name.upper()}_PORT": str(port) for name, port in ports.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "integrations.simulators"], env={**os.environ, **ENVIRONMENT, **fixed}
    )
    client = SimulatorClient({name: f"http://127.0.0.1:{port}" for name, port in ports.items() if name != "smtp"})
    try:
        started(client, process)
        assert client.truth().keys() == NAMES
        client.set_clock(datetime.now(UTC) + timedelta(days=1))
        client.reset()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    finally:
        client.close()
        process.kill()
        process.wait()


def started(client: SimulatorClient, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            assert client.pending() == 0
        except httpx.TransportError:
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)
        else:
            return
