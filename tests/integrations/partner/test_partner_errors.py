"""What a partner's bad day turns into: again later, a person must look, or unknown."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from integrations.errors import OutcomeUnknown, PartnerRefused, PartnerUnavailable
from integrations.partner import PartnerAdapter


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """A door that says ``answer`` to whoever comes, then hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            line, _ = listener.accept()
            with line:
                while b"\r\n\r\n" not in line.recv(65536):
                    pass
                line.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join(5)


def said(status: str, body: Any) -> bytes:
    content = json.dumps(body).encode()
    return f"HTTP/1.1 {status}\r\ncontent-length: {len(content)}\r\nconnection: close\r\n\r\n".encode() + content


def test_a_wrong_token_is_refused(office, preview, key):
    stranger = PartnerAdapter(office.url, "guess")
    with pytest.raises(PartnerRefused) as error:
        stranger.offer(preview(), key=key())
    stranger.close()
    assert error.value.code == "not_authorised"


def test_nobody_there_means_again_later(preview, key):
    lonely = PartnerAdapter("http://127.0.0.1:9", "t")
    with pytest.raises(PartnerUnavailable):
        lonely.offer(preview(), key=key())
    with pytest.raises(PartnerUnavailable):
        lonely.look_up("ho_1")
    lonely.close()


VIEW = {"reference": "ho_1", "status": "OPEN"}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (said("503 Busy", {}), PartnerUnavailable),
        (said("429 Slow Down", {}), PartnerUnavailable),
        (said("500 Oh", {}), OutcomeUnknown),
        (said("408 Late", {}), OutcomeUnknown),
        (said("409 No", {"code": "no"}), PartnerRefused),
        (said("201 Created", VIEW | {"status": "PONDERING"}), OutcomeUnknown),
        (said("201 Created", VIEW | {"surprise": 1}), OutcomeUnknown),
        (said("201 Created", ["Yılmaz"]), OutcomeUnknown),
        (b"HTTP/1.1 201 Created\r\ncontent-length: 5\r\n\r\n{Lmaz", OutcomeUnknown),
        (b"HTTP/1.1 201 Created\r\ncontent-length: 50\r\n\r\n{}", OutcomeUnknown),
        (b"", OutcomeUnknown),
    ],
)
def test_an_odd_answer_to_a_change(preview, key, answer, kind):
    with answering(answer) as url:
        client = PartnerAdapter(url, "t", timeout=3)
        with pytest.raises(kind) as error:
            client.offer(preview(), key=key())
        client.close()
    assert "lmaz" not in str(error.value)


def test_an_odd_answer_to_a_question_is_for_a_person():
    with answering(said("200 OK", VIEW | {"status": "PONDERING"})) as url:
        client = PartnerAdapter(url, "t", timeout=3)
        with pytest.raises(PartnerRefused) as error:
            client.look_up("ho_1")
        client.close()
    assert error.value.code == "unreadable"


def test_a_missing_page_is_no_proof_that_nothing_was_done():
    with answering(said("404 Not Found", {})) as url:
        client = PartnerAdapter(url, "t", timeout=3)
        with pytest.raises(PartnerRefused):
            client.find("aa")
        client.close()
