"""Standard Webhooks: the signature, the window, two live keys; and what a partner's message may say."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from integrations import signatures
from integrations.partner import read, verify
from integrations.signatures import BadSignature

NOW = datetime(2030, 6, 1, 12, tzinfo=UTC)
OLD = "whsec_" + base64.b64encode(b"the key of last year").decode()
NEW = "whsec_" + base64.b64encode(b"the key of this year").decode()
BODY = b'{"id":"msg_1","type":"handover.no_show","timestamp":"2030-06-01T12:00:00Z","data":{"reference":"ho_1"}}'


def signed(secret: str = NEW, at: datetime = NOW, message_id: str = "msg_1") -> dict[str, str]:
    return signatures.sign(BODY, secret, message_id=message_id, at=at)


def test_the_published_library_signs_alike():
    theirs = Webhook(NEW).sign("msg_1", NOW, BODY.decode())
    assert signed()["webhook-signature"] == theirs
    verify(BODY, signed() | {"webhook-signature": theirs}, NEW, now=NOW)


@pytest.mark.parametrize("seconds", [-300, -299, 0, 299, 300])
def test_inside_the_window(seconds):
    verify(BODY, signed(at=NOW + timedelta(seconds=seconds)), NEW, now=NOW)


@pytest.mark.parametrize("seconds", [-86400 * 365, -301, 301])
def test_outside_the_window(seconds):
    with pytest.raises(BadSignature):
        verify(BODY, signed(at=NOW + timedelta(seconds=seconds)), NEW, now=NOW)


def test_each_byte_of_the_body_counts():
    headers = signed()
    for place in range(len(BODY)):
        changed = BODY[:place] + bytes([BODY[place] ^ 1]) + BODY[place + 1 :]
        with pytest.raises(BadSignature):
            verify(changed, headers, NEW, now=NOW)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_each_byte_of_each_header_counts(name):
    headers = signed()
    value = headers[name]
    for place in range(len(value)):
        for flip in (1, 2):
            changed = value[:place] + chr(ord(value[place]) ^ flip) + value[place + 1 :]
            with pytest.raises(BadSignature):
                verify(BODY, headers | {name: changed}, NEW, now=NOW)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
@pytest.mark.parametrize("value", [None, ""])
def test_each_header_is_needed(name, value):
    headers = {key: one for key, one in signed().items() if key != name}
    if value is not None:
        headers[name] = value
    with pytest.raises(BadSignature):
        verify(BODY, headers, NEW, now=NOW)


@pytest.mark.parametrize("timestamp", ["١٨٩٠٠٠٠٠٠٠", "1e9", "-1", "9" * 400, " 1906545600", "nan"])
def test_an_odd_timestamp(timestamp):
    with pytest.raises(BadSignature):
        verify(BODY, signed() | {"webhook-timestamp": timestamp}, NEW, now=NOW)


def test_two_keys_live_while_they_are_changed():
    for secret in (OLD, NEW):
        verify(BODY, signed(secret), f"{NEW} {OLD}", now=NOW)
    assert signed(f"{NEW} {OLD}") == signed(NEW)
    with pytest.raises(BadSignature):
        verify(BODY, signed(OLD), NEW, now=NOW)


def test_one_of_several_signatures_is_enough():
    both = signed(OLD)["webhook-signature"] + " " + signed(NEW)["webhook-signature"]
    verify(BODY, signed() | {"webhook-signature": both}, NEW, now=NOW)


def test_another_scheme_is_not_ours():
    later = signed()["webhook-signature"].replace("v1,", "v2,")
    with pytest.raises(BadSignature):
        verify(BODY, signed() | {"webhook-signature": later}, NEW, now=NOW)


def test_header_names_come_in_any_case():
    verify(BODY, {name.title(): value for name, value in signed().items()}, NEW, now=NOW)


def test_an_id_may_not_shift_the_signed_bytes():
    with pytest.raises(BadSignature):
        verify(BODY, signed(message_id="msg.1"), NEW, now=NOW)


@pytest.mark.parametrize("secret", ["", " ", "whsec_", "whsec_%%%", f"{NEW} {OLD} {NEW}"])
def test_a_wrong_setting_is_no_bad_signature(secret):
    with pytest.raises(ValueError, match="webhook"):
        verify(BODY, signed(), secret, now=NOW)


def test_an_unreadable_body_can_still_be_refused_by_its_signature():
    with pytest.raises(BadSignature):
        verify(b"\xff\x00", signed(), NEW, now=NOW)


HASH = "ab" * 32
EVENTS = {
    "country_input.given": {"safe": True, "note_code": "no_known_risk"},
    "handover.asked_back": {"question_code": "need_details", "text": "Which?"},
    "handover.accepted": {"available_from": "2030-06-02"},
    "handover.declined": {"reason_code": "no_capacity"},
    "handover.arrival_confirmed": {"arrived_at": "2030-06-01T10:00:00Z", "met": True, "condition_code": "well"},
    "handover.no_show": {},
    "handover.cancelled": {"reason_code": "no_capacity"},
    "handover.safety_read": {"risk_notes_read": True, "no_contact_read": True, "code_word_agreed": True},
    "handover.first_week": {"reached_in_private": True, "safe": True, "accommodation_confirmed": True},
    "handover.plan_requested": {},
    "handover.return_offered": {"reason_code": "moved_away"},
    "handover.received": {"package_hash": HASH},
    "payment.handed_over": {
        "entitlement": "e1", "amount": "10.50", "currency": "EUR", "handed_over_on": "2030-06-01", "receipt_hash": HASH,
    },
    "payment.failed": {"entitlement": "e1", "reason_code": "not_reached"},
}  # fmt: skip


def message(event: str, **data: object) -> bytes:
    return json.dumps(
        {"id": "msg_1", "type": event, "timestamp": "2030-06-01T12:00:00Z", "data": {"reference": "r_1", **data}}
    ).encode()


@pytest.mark.parametrize("event", EVENTS)
def test_each_event_is_read(event):
    notice = read(message(event, **EVENTS[event]))
    assert (notice.event, notice.id, notice.at, notice.reference) == (event, "msg_1", NOW, "r_1")
    with pytest.raises((TypeError, ValueError)):
        notice.reference = "other"


@pytest.mark.parametrize("event", EVENTS)
def test_each_event_has_its_fields_and_no_other(event):
    fields = EVENTS[event]
    for name in fields:
        with pytest.raises(ValueError, match="not a message we know"):
            read(message(event, **{key: value for key, value in fields.items() if key != name}))
    with pytest.raises(ValueError, match="not a message we know"):
        read(message(event, **fields, surprise=1))


def test_an_acceptance_may_name_who_answers_for_it():
    named = read(message("handover.accepted", available_from="2030-06-02", focal_point="fp_1", preview_hash=HASH))
    assert (named.focal_point, named.preview_hash) == ("fp_1", HASH)


@pytest.mark.parametrize(
    "body",
    [
        message("handover.weather"),
        message("handover.accepted", focal_point="Ayşe Yılmaz", available_from="2030-06-02"),
        message("payment.handed_over", **EVENTS["payment.handed_over"] | {"amount": "NaN"}),
        message("payment.handed_over", **EVENTS["payment.handed_over"] | {"amount": "1e400"}),
        b"", b"null", b"[]", b'"Ay\xc5\x9fe"', b"\xff\xfe", b"{}", b'{"type":1}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_an_unknown_message_is_refused_without_repeating_it(body):
    with pytest.raises(ValueError, match=r"^not a message we know from the partner$"):
        read(body)
