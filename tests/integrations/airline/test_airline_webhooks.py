"""The webhook signature: Duffel's own example, every mutation of it, its window; and reading events."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from integrations.airline.webhooks import read, signed, verify
from integrations.signatures import BadSignature

# The example in Duffel's public Ruby and PHP SDKs.
BODY = (
    b'{"created_at":"2022-01-08T18:44:56.129339Z","data":{"changes":{},"object":{}},'
    b'"id":"eve_0000AFEsrBKZAcKgGtZCnQ","live_mode":false,"object":"order","type":"order.updated"}'
)
SECRET, STAMP = "a_secret", 1641667496
SEAL = "691f25ffb1f206c0fda5bb7b1a9d60fafe42c5f42819d44a06a7cfe09486f102"
NOW = datetime.fromtimestamp(STAMP, UTC)
GOOD = {"X-Duffel-Signature": f"t={STAMP},v1={SEAL}"}


def test_duffels_own_example():
    assert signed(BODY, SECRET, str(STAMP)) == SEAL
    verify(BODY, GOOD, SECRET, now=NOW)
    verify(BODY, {"x-duffel-signature": GOOD["X-Duffel-Signature"]}, SECRET, now=NOW)


@pytest.mark.parametrize("place", range(0, len(BODY), 7))
def test_a_changed_body(place):
    changed = bytearray(BODY)
    changed[place] ^= 1
    with pytest.raises(BadSignature):
        verify(bytes(changed), GOOD, SECRET, now=NOW)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "nah",
        f"t={STAMP}",
        f"v1={SEAL}",
        f"t={STAMP + 1},v1={SEAL}",
        f"t=,v1={SEAL}",
        f"t=-1,v1={SEAL}",
        f"t={STAMP},v1={SEAL[:-1]}",
        f"t={STAMP},v1={SEAL[:-1]}3",
        f"t={STAMP},v1={SEAL},v1={SEAL}",
        f"t={STAMP},v2={SEAL}",
        f"t={STAMP},v1=é{SEAL[1:]}",
        f"t=٣{str(STAMP)[1:]},v1={SEAL}",
    ],
)
def test_a_changed_header(header):
    with pytest.raises(BadSignature):
        verify(BODY, {"X-Duffel-Signature": header}, SECRET, now=NOW)


def test_no_header_two_headers_wrong_secret_no_secret():
    two = GOOD | {"x-duffel-signature": GOOD["X-Duffel-Signature"]}
    empty = {"X-Duffel-Signature": f"t={STAMP},v1={signed(BODY, '', str(STAMP))}"}
    for headers, secret in (({}, SECRET), (two, SECRET), (GOOD, "another"), (empty, "")):
        with pytest.raises(BadSignature):
            verify(BODY, headers, secret, now=NOW)


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_inside_the_window(seconds):
    verify(BODY, GOOD, SECRET, now=NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [-301, 301, 10**6])
def test_outside_the_window(seconds):
    with pytest.raises(BadSignature):
        verify(BODY, GOOD, SECRET, now=NOW + timedelta(seconds=seconds))


def test_another_window():
    with pytest.raises(BadSignature):
        verify(BODY, GOOD, SECRET, now=NOW + timedelta(seconds=6), tolerance_seconds=5)


def test_an_event_of_an_unknown_kind_is_read():
    notice = read(BODY)
    assert (notice.kind, notice.order_id, notice.live_mode) == ("order.updated", None, False)
    assert notice.created_at == datetime(2022, 1, 8, 18, 44, 56, 129339, UTC)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"nonsense SECRETNAME", BODY.replace(b"false", b'"SECRETNAME"')])
def test_what_is_no_event(body):
    with pytest.raises(ValidationError) as error:
        read(body)
    assert "SECRETNAME" not in str(error.value)
