"""SMS and e-mail over real sockets: verbs, magic inputs, signatures, segments."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from integrations.errors import OutcomeUnknown, PartnerRefused, PartnerUnavailable
from integrations.messaging import Messenger, open_messenger, read, segments, verify
from integrations.messaging.simulator import MailCatcher, create_simulator
from integrations.messaging.webhooks import signature
from integrations.serving import Served
from integrations.signatures import BadSignature

SECRET, GOOD = "a webhook secret", "+905551112233"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with Served(create_simulator(token="t", webhook_secret=SECRET)) as served:
        yield served.url


@pytest.fixture(scope="module")
def catcher() -> Iterator[MailCatcher]:
    server = MailCatcher("127.0.0.1", 0)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def hooks() -> Iterator[tuple[str, list[tuple[dict[str, str], dict[str, str]]]]]:
    got: list[tuple[dict[str, str], dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            got.append((dict(parse_qsl(body, keep_blank_values=True)), dict(self.headers.items())))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/webhooks/messaging", got
    server.shutdown()
    server.server_close()


@pytest.fixture
def doors(url: str, hooks: Any) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
        client.post("/_sim/reset")
        client.put("/_sim/webhook", json={"url": hooks[0]})
        yield client
        client.post("/_sim/reset")


@pytest.fixture
def messenger(url: str, catcher: MailCatcher, hooks: Any, doors: httpx.Client) -> Iterator[Messenger]:
    made = opened(url, catcher.port, callback_url=hooks[0])
    yield made
    made.close()


def opened(url: str, port: int, **more: Any) -> Messenger:
    return open_messenger(url, "AC1", "t", "+15550001", "127.0.0.1", port, "desk@sila.example", timeout=3, **more)


def settle(doors: httpx.Client) -> None:
    until = time.monotonic() + 5
    while doors.get("/_sim/pending").json()["pending"]:
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("to", "kinds"),
    [(GOOD, ["sent", "delivered"]), ("+905550000009", []), ("+905550000006", ["sent", "undelivered"])],
)
def test_an_sms_and_its_notices(
    messenger: Messenger, doors: httpx.Client, hooks: Any, to: str, kinds: list[str]
) -> None:
    reference = messenger.send_sms(to, "Yarın 10:00 görüşme", key="k")
    settle(doors)
    for params, headers in hooks[1]:
        verify(f"{hooks[0]}?key=k", params, headers, SECRET)
    notices = [read(params) for params, _ in hooks[1]]
    assert [one.kind for one in notices] == kinds
    assert {one.reference for one in notices} <= {reference}
    message = doors.get("/_sim/truth").json()["messages"][0]
    assert (message["to"], message["text"], message["key"]) == (to, "Yarın 10:00 görüşme", "k")


def test_magic_numbers(messenger: Messenger, doors: httpx.Client) -> None:
    with pytest.raises(PartnerRefused, match="21211"):
        messenger.send_sms("+905550000404", "hi", key="k")
    with pytest.raises(PartnerUnavailable):
        messenger.send_sms("+905550000503", "hi", key="k")
    assert messenger.send_sms("+905550000503", "hi", key="k")
    with pytest.raises(OutcomeUnknown) as error:
        messenger.send_sms("+905550000408", "hi", key="k")
    assert "408" not in str(error.value)
    assert doors.get("/_sim/truth").json()["duplicates"] == []
    for _ in range(2):
        messenger.send_sms(GOOD, "again", key="k")
    assert doors.get("/_sim/truth").json()["duplicates"] == [{"to": GOOD, "text": "again", "count": 2}]


def test_somebody_writes_to_us(doors: httpx.Client, hooks: Any) -> None:
    doors.post("/_sim/inbound", json={"from": GOOD, "text": " evet "})
    settle(doors)
    params, headers = hooks[1][0]
    verify(hooks[0], params, headers, SECRET)
    notice = read(params)
    assert (notice.kind, notice.sender, notice.text, notice.reference) == ("received", GOOD, " evet ", None)
    assert "evet" not in repr(notice)


def test_a_wrong_token_and_a_closed_door(url: str, catcher: MailCatcher) -> None:
    stranger = open_messenger(url, "AC1", "wrong", "+1", "127.0.0.1", catcher.port, "a@b.example")
    with pytest.raises(PartnerRefused, match="20003"):
        stranger.send_sms(GOOD, "hi", key="k")
    stranger.close()
    with socket.create_server(("127.0.0.1", 0)) as spare:
        port = spare.getsockname()[1]
    nobody = opened(f"http://127.0.0.1:{port}", port)
    with pytest.raises(PartnerUnavailable):
        nobody.send_sms(GOOD, "hi", key="k")
    with pytest.raises(PartnerUnavailable):
        nobody.send_email("p@example.org", "s", "t", key="k")
    nobody.close()


@pytest.mark.parametrize(("to", "text"), [("0555", "hi"), (GOOD + "\n", "hi"), (GOOD, " "), (GOOD, "x" * 1601)])
def test_an_sms_that_cannot_be_sent(messenger: Messenger, doors: httpx.Client, to: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"number|SMS"):
        messenger.send_sms(to, text, key="k")
    assert doors.get("/_sim/truth").json()["messages"] == []


def test_an_email(messenger: Messenger, catcher: MailCatcher) -> None:
    text = "Görüşme yarın.\n.dot\nمرحبا " + "ğ" * 1200
    message_id = messenger.send_email("p@example.org", "Randevu – موعد", text, key="k-9")
    mail = next(one for one in catcher.mails if one.message_id == message_id)
    assert message_id == "<k-9@sila.example>"
    assert (mail.sender, mail.to, mail.subject) == ("desk@sila.example", ("p@example.org",), "Randevu – موعد")
    assert mail.text.replace("\r\n", "\n").rstrip("\n") == text
    assert mail.raw.isascii()


@pytest.mark.parametrize(
    ("to", "kind", "code"),
    [
        ("refused@example.org", PartnerRefused, "smtp_550"),
        ("busy@example.org", PartnerUnavailable, "smtp_451"),
        ("lostreply@example.org", OutcomeUnknown, "SMTPServerDisconnected|ConnectionResetError"),
    ],
)
def test_magic_mailboxes(messenger: Messenger, to: str, kind: type[Exception], code: str) -> None:
    with pytest.raises(kind, match=code) as error:
        messenger.send_email(to, "s", "t", key="k")
    assert "example.org" not in str(error.value)


def test_no_mail_in_clear_when_tls_is_asked_for(url: str, catcher: MailCatcher) -> None:
    before = len(catcher.mails)
    careful = opened(url, catcher.port, smtp_starttls=True)
    with pytest.raises(PartnerRefused, match="starttls_missing"):
        careful.send_email("p@example.org", "s", "t", key="k")
    careful.close()
    assert len(catcher.mails) == before


@pytest.mark.parametrize(
    ("to", "subject"),
    [("p@example.org\r\nBcc: x@y.example", "s"), ("a@b.example,c@d.example", "s"), ("nobody", "s"),
     ("ş@b.example", "s"), ("p@example.org", "s\r\nBcc: x@y.example"), ("p@example.org", "s\n")],
)  # fmt: skip
def test_line_breaks_stay_outside(messenger: Messenger, catcher: MailCatcher, to: str, subject: str) -> None:
    before = len(catcher.mails)
    with pytest.raises(ValueError, match=r"address|subject"):
        messenger.send_email(to, subject, "t", key="k")
    assert len(catcher.mails) == before


def test_twilio_s_own_example_and_changes_to_it() -> None:
    where = "https://mycompany.com/myapp.php?foo=1&bar=2"
    params = {"CallSid": "CA1234567890ABCDE", "Caller": "+14158675310", "Digits": "1234",
              "From": "+14158675310", "To": "+18005551212"}  # fmt: skip
    headers = {"x-twilio-signature": "GvWf1cFY/Q7PnoempGyD5oXAezc="}
    verify(where, params, headers, "12345")
    changed: list[tuple[str, dict[str, str], dict[str, str], str]] = [
        (where + "&a=1", params, headers, "12345"),
        (where, params | {"Digits": "1235"}, headers, "12345"),
        (where, params | {"More": ""}, headers, "12345"),
        (where, params, {}, "12345"),
        (where, params, {"X-Twilio-Signature": "AAAA"}, "12345"),
        (where, params, headers, "12346"),
    ]
    for one in changed:
        with pytest.raises(BadSignature):
            verify(*one)
    with pytest.raises(ValueError, match="empty"):
        verify(where, params, {"X-Twilio-Signature": signature(where, params, "")}, "")


@pytest.mark.parametrize(
    "params", [{}, {"MessageSid": "a b"}, {"MessageSid": "SM1"}, {"MessageSid": "SM1", "From": "+1"}]
)
def test_an_odd_notice(params: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"letters|neither"):
        read(params)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("€" * 80, 1), ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3), ("ü" * 160, 1), ("ş" * 70, 1), ("ş" * 71, 2), ("ş" * 134, 2), ("ş" * 135, 3),
        ("م" * 70, 1), ("😀" * 35, 1), ("😀" * 36, 2), ("😀" * 66, 2), ("😀" * 67, 3), ("ç", 1), ("a" * 70 + "ç", 2),
    ],
)  # fmt: skip
def test_segments(text: str, count: int) -> None:
    assert segments(text) == count
