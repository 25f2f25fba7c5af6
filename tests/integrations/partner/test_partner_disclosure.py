"""What leaves the house: a preview without identity, then sealed packages, and only after acceptance."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from integrations.errors import PartnerRefused
from integrations.partner import (
    ArrivalPackage,
    FlightLeg,
    HandoverStatus,
    IdentityPackage,
    Package,
    PersonData,
    PlanLine,
    PlanPackage,
    Preview,
)

PREVIEW_GOLDEN = {
    "case_code", "age_bands", "genders", "languages", "country", "area", "needs", "urgency", "arrival_from",
    "arrival_to", "party_size",
}  # fmt: skip
IDENTITY_GOLDEN = {
    "stage": "identity",
    "replaces": None,
    "fields": {
        "people": [
            {
                "given_names": "Ayşe",
                "native_name": None,
                "family_name": "Yılmaz",
                "born_on": "1990-05-04",
                "sex": "F",
                "role": "principal",
            }
        ],
        "phone": "+905551112233",
        "reception_needs": ["shelter"],
        "medical_alerts": [],
        "staff_gender": None,
        "no_contact_note": "uncle",
    },
}


def test_a_preview_carries_the_allow_list_and_nothing_else(office, partner, preview, key):
    partner.offer(preview(), key=key())
    truth = office.truth()
    assert truth["handovers"][0]["preview"].keys() == PREVIEW_GOLDEN
    assert truth["personal_data_before_acceptance"] == []


@pytest.mark.parametrize("field", ["given_names", "family_name", "phone", "born_on", "narrative"])
def test_a_preview_has_no_room_for_identity(preview, field):
    with pytest.raises(ValidationError) as error:
        Preview(**preview().model_dump(), **{field: "Ayşe"})
    assert "Ayşe" not in str(error.value)


def test_the_office_notices_a_field_too_many(office, preview):
    body = preview().model_dump(mode="json") | {"family_name": "Yılmaz"}
    headers = {"authorization": "Bearer office-token", "idempotency-key": "aa"}
    assert office.http.post("/v1/handovers", json=body, headers=headers).status_code == 422
    assert office.truth()["personal_data_before_acceptance"] == [{"fields": ["family_name"]}]


def test_the_receipt_carries_the_hash_known_beforehand(office, partner, accepted, identity, key):
    reference, sealed = accepted(), identity.seal()
    receipt = partner.send_package(reference, identity, key=key())
    [package] = office.truth()["packages"]
    assert receipt.package_hash == sealed == package["package_hash"]
    assert sealed == hashlib.sha256(identity.sealed_bytes()).hexdigest()


def test_the_sealed_bytes_are_canonical_and_golden(identity):
    canonical = json.dumps(IDENTITY_GOLDEN, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert identity.sealed_bytes() == canonical


def test_the_same_instants_seal_alike_in_every_zone(arrival):
    lands = datetime(2030, 1, 1, 12, tzinfo=UTC)
    elsewhere = lands.astimezone(datetime.fromisoformat("2030-01-01T00:00:00+04:30").tzinfo)
    assert arrival(lands).seal() == arrival(elsewhere).seal()


def test_a_package_is_of_the_stage_it_says(identity):
    with pytest.raises(ValidationError):
        Package(stage="arrival", fields=identity.fields)


def test_printing_a_package_shows_nobody(identity):
    assert "Yılmaz" not in repr(identity) + str(identity) + repr(identity.fields)
    with pytest.raises(ValidationError) as error:
        IdentityPackage.model_validate({"people": [{"family_name": "Yılmaz"}]})
    assert "Yılmaz" not in str(error.value)


def test_a_package_before_acceptance_is_refused_and_noted(office, partner, preview, identity, key):
    reference = partner.offer(preview("SILENT"), key=key()).reference
    with pytest.raises(PartnerRefused) as error:
        partner.send_package(reference, identity, key=key())
    assert error.value.code == "not_accepted"
    assert office.truth()["personal_data_before_acceptance"] == [{"handover": reference, "stage": "identity"}]


def test_two_different_packages_of_a_stage_count_as_a_duplicate(office, partner, accepted, arrival, key):
    reference, lands = accepted(), datetime.now(UTC) + timedelta(days=9)
    first = arrival(lands)
    partner.send_package(reference, first, key=key())
    partner.send_package(reference, arrival(lands + timedelta(days=1), replaces=first.seal()), key=key())
    assert office.truth()["duplicates"] == []
    partner.send_package(reference, arrival(lands + timedelta(days=2)), key=key())
    assert office.truth()["duplicates"] == [{"two_packages": reference, "stage": "arrival"}]


def test_a_replaced_flight_is_not_waited_for(office, partner, accepted, arrival, key):
    reference, lands = accepted(), datetime.now(UTC) + timedelta(days=2)
    first = arrival(lands)
    partner.send_package(reference, first, key=key())
    partner.send_package(reference, arrival(lands + timedelta(days=3), replaces=first.seal()), key=key())
    office.set_clock(lands + timedelta(days=1))
    office.settle()
    assert partner.look_up(reference).status is HandoverStatus.ACCEPTED
    office.set_clock(lands + timedelta(days=3, minutes=31))
    office.settle()
    assert partner.look_up(reference).status is HandoverStatus.RECEIVED


ALLOWED = {
    IdentityPackage: {"people", "phone", "reception_needs", "medical_alerts", "staff_gender", "no_contact_note"},
    PersonData: {"given_names", "family_name", "native_name", "born_on", "sex", "role"},
    ArrivalPackage: {"flights", "meeting_point"},
    FlightLeg: {"carrier", "number", "origin", "destination", "departs_at", "arrives_at"},
    PlanPackage: {"lines"},
    PlanLine: {"label_code", "amount", "currency", "due_on"},
    Preview: PREVIEW_GOLDEN,
}


@pytest.mark.parametrize("kind", list(ALLOWED), ids=lambda kind: kind.__name__)
def test_c8_handover_stage_holds_the_allow_list_and_nothing_else(kind):
    assert set(kind.model_fields) == ALLOWED[kind]
    assert kind.model_config["extra"] == "forbid"


def test_a_manifest_names_fields_and_no_value(identity):
    assert identity.manifest() == [
        "no_contact_note", "people[0].born_on", "people[0].family_name", "people[0].given_names", "people[0].role",
        "people[0].sex", "phone", "reception_needs[0]",
    ]  # fmt: skip
