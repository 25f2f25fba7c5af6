"""What others broke in handovers (peers.md §6.2), each lived through with a real office in this process."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from models.departure import Arrival
from models.effect import Effect
from models.handover import (
    Disclosure,
    Handover,
    HandoverPackage,
    HandoverQuestion,
    Partner,
    ProtectionIncident,
)
from models.person import Contact
from models.queries.partners import reliability
from models.stage import Role, Stage
from tests.journeys.office import Offering, by
from workflows import commands
from workflows.commands import Wrong
from workflows.facts import Facts
from workflows.handover.clock import ends_at
from workflows.inbox import receive, understand
from workflows.partner_leaves import leave

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Begin = Callable[..., Offering]


@pytest.fixture
def begin(database: Any) -> Begin:
    """A case in an area whose words say what the office does."""
    return lambda area="Mary SILENT", **life: Offering(database, area, **life)


def known(one: Offering) -> Any:
    """The newest handover as the facts have it."""
    facts: Facts = one.facts()
    assert facts.handover
    return facts.handover


def test_handover_shared_twice_while_pending_is_one_offer(begin: Begin) -> None:
    one = begin().until("handover.waiting")
    for _ in range(3):
        one.push()
    assert len(one.truth()["handovers"]) == 1
    row = one.row()
    again = Handover(**row.model_dump(exclude={"id", "generation"}), generation=9)
    with one.house.database.unit_of_work() as session:
        session.add(again)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_handover_to_the_other_partner_may_stand_beside_the_exit_of_the_first(begin: Begin) -> None:
    one = begin("Mary DECLINES @nadia").until("handover.accepted")
    assert {(row.partner, row.status) for row in one.rows(Handover)} >= {("nadia", "declined"), ("tariq", "accepted")}


def test_s6_handover_is_recalled_when_the_person_withdraws_before_acceptance(begin: Begin) -> None:
    one = begin().until("handover.waiting")
    withdraw(one)
    assert one.hear("accepted", focal_point="fp_7") == "inert"
    one.push()
    row = one.row()
    assert (row.status, row.reason) == ("withdrawn", "withdrawn")
    assert [recall["reason_code"] for recall in one.truth()["recalls"]] == ["no_longer_needed"]
    assert one.rows(Disclosure) == []


def withdraw(one: Offering) -> None:
    """In one step."""
    commands.withdraw(one.house, one.ref, by(Role.COUNSELLOR))


def test_f25_handover_word_after_withdrawal_is_kept_and_inert(begin: Begin) -> None:
    one = begin("Mary").until("handover.accepted")
    withdraw(one)
    for kind in ("arrival_confirmed", "received", "no_show", "declined"):
        assert one.hear(kind, arrived_at=one.now, met=True, package_hash="0" * 64, reason_code="x") == "inert"
    assert one.words()[-4:] == [(kind, "inert") for kind in ("arrival_confirmed", "received", "no_show", "declined")]
    assert one.rows(Arrival) == []


def test_handover_package_carries_what_was_changed_before_it_and_not_what_came_after(begin: Begin) -> None:
    one = begin("Mary SLOW").until("handover.waiting")
    one.say(
        "reception_note", {"no_contact": "The uncle must not know.", "staff_gender": "woman"}, Role.PROTECTION_OFFICER
    )
    one.until("handover.accepted")
    [sent] = one.truth()["packages"]
    assert sent["fields"]["no_contact_note"] == "The uncle must not know."
    [frozen] = one.rows(HandoverPackage)
    one.push()
    assert len(one.truth()["packages"]) == 1
    assert frozen.sha256 == frozen.their_sha256 == sent["package_hash"]
    assert "no_contact_note" in frozen.manifest
    assert "The uncle" not in str(frozen.manifest)


def test_handover_tells_the_partner_anew_what_it_must_know_when_that_has_changed(begin: Begin) -> None:
    one = begin("Mary").until("handover.accepted")
    one.later(HOUR)
    one.say("reception_note", {"medical_alerts": ["insulin"]}, Role.PROTECTION_OFFICER)
    one.push()
    first, second = one.truth()["packages"]
    assert second["fields"]["medical_alerts"] == ["insulin"]
    assert second["replaces"] == first["package_hash"]
    assert one.truth()["duplicates"] == []


def test_c7_handover_sends_the_same_bytes_again_though_the_facts_have_changed(begin: Begin) -> None:
    one = begin("Mary SLOW").until("handover.waiting")
    one.house.world.partners["nadia"]._http._faults.after = 1000  # type: ignore[attr-defined]
    one.until(lambda: one.done("send_identity") == ["unknown"])
    one.house.world.partners["nadia"]._http._faults.after = 0  # type: ignore[attr-defined]
    with one.house.database.unit_of_work() as session:
        for row in session.exec(select(Contact)).all():
            session.info["vault"].seal(row, address="+905550000099")
            session.add(row)
    one.until(lambda: one.done("send_identity") == ["confirmed"])
    assert len({package["package_hash"] for package in one.truth()["packages"]}) == 1
    assert len([row for row in one.rows(Disclosure) if row.recipient == "nadia"]) == 1


def test_handover_receiver_that_left_is_not_heard_and_sees_nothing(begin: Begin) -> None:
    one = begin().until("handover.waiting")
    assert leave(one.house, "nadia", "console") == [one.ref]
    assert one.hear("accepted", focal_point="fp_7") == "inert"
    one.unanswered = {"receiving_partner"}
    one.push()
    assert (one.row().status, one.row().reason) == ("recalled", "partner_left")
    assert "handover.partner_left" in one.codes()
    assert one.facts().reception.alternates == ("tariq",)


def test_handover_receiver_that_loses_its_agreement_is_not_heard(begin: Begin) -> None:
    one = begin().until("handover.waiting")
    with one.house.database.unit_of_work() as session:
        session.get_one(Partner, "nadia").agreement_until = one.now.date() - DAY
    assert one.hear("accepted", focal_point="fp_7") == "inert"


def test_handover_accepted_by_a_manager_names_who_answers_for_it(begin: Begin) -> None:
    one = begin().until("handover.waiting")
    assert one.hear("accepted", focal_point="fp_case_worker") == "accepted"
    assert one.row().focal_point == "fp_case_worker"


def test_handover_acceptance_without_a_name_is_asked_back(begin: Begin) -> None:
    one = begin("Mary NONAME")
    one.until("handover.unnamed")
    assert one.row().accepted_at is None
    assert one.rows(Disclosure) == []
    one.until("handover.accepted")
    assert [said["about"] for said in one.truth()["reminders"]] == ["name_focal_point"]
    assert one.row().focal_point == "fp_nadia_1"


def test_handover_is_returned_only_when_we_accept_that(begin: Begin) -> None:
    one = begin("Mary RETURNS")
    one.unanswered = {"handover_return"}
    one.until("handover.return_offered")
    assert one.row().status == "received"
    [back] = [row for row in one.rows(Handover) if row.back]
    one.say("handover_return", {"about": str(back.id), "accepted": False, "reason_code": "no_capacity"})
    one.until(lambda: one.done("answer_return") == ["confirmed"])
    assert one.row().status == "received"
    assert one.truth()["returns"] == {one.row().reference: "refused"}


def test_handover_can_be_returned_and_returned_again(begin: Begin) -> None:
    one = begin("Mary RETURNS")
    one.until(
        lambda: [row.status for row in one.rows(Handover) if row.partner == "nadia" and not row.back] == ["returned"]
    )
    one.until(lambda: one.done("answer_return") == ["confirmed"])
    assert set(one.truth()["returns"].values()) == {"accepted"}
    one.until(lambda: one.row().partner == "tariq" and one.row().status == "accepted")
    assert one.hear("return_offered", reason_code="no_capacity") == "return_offered"
    assert one.hear("return_offered", reason_code="no_capacity") == "inert"  # one at a time
    one.until(lambda: one.row().status == "returned")
    assert [row.status for row in one.rows(Handover) if row.back] == ["accepted", "accepted"]


def test_handover_late_acceptance_after_an_outage_is_refused_and_kept(begin: Begin) -> None:
    one = begin().until("handover.waiting")
    one.later(ends_at(one.facts(), known(one)) - one.now + HOUR)  # we were away while the time ran out
    assert one.hear("accepted", focal_point="fp_7") == "inert"
    assert one.row().accepted_at is None
    one.unanswered = {"receiving_partner"}
    one.push()
    assert (one.row().status, one.row().reason) == ("expired", "expired")
    assert "handover.silent" in one.codes()
    assert ("accepted", "too_late") in one.words()
    assert one.truth()["recalls"][-1]["reason_code"] == "deadline_passed"


def test_handover_word_that_reached_our_door_in_time_counts_though_we_read_it_late(begin: Begin) -> None:
    one = begin().until("handover.waiting")
    body = (
        f'{{"id": "m1", "type": "handover.accepted", "timestamp": "{one.now.isoformat()}", "data": {{"reference": '
        f'"{one.row().reference}", "focal_point": "fp_7", "available_from": "2026-03-09"}}}}'
    )
    inbound, _ = receive(one.house, "partner/nadia", "m1", body)
    one.later(30 * DAY)
    understand(one.house, inbound)
    assert one.row().status == "accepted"


def test_f42_handover_does_not_believe_the_clock_of_the_partner(begin: Begin) -> None:
    one = begin().until("handover.waiting")
    one.later(ends_at(one.facts(), known(one)) - one.now + HOUR)
    body = (
        f'{{"id": "m1", "type": "handover.accepted", "timestamp": "2026-03-02T07:00:00Z", "data": {{"reference": '
        f'"{one.row().reference}", "focal_point": "fp_7", "available_from": "2026-03-09"}}}}'
    )
    inbound, _ = receive(one.house, "partner/nadia", "m1", body)
    understand(one.house, inbound)
    assert one.row().status == "offered"
    assert one.words() == [("accepted", "too_late")]


def test_f20_handover_word_that_is_replayed_counts_once_for_ever(begin: Begin) -> None:
    one = begin("Mary TWICE").until("handover.accepted")
    one.later(365 * DAY)
    body = b'{"id": "m1", "type": "handover.accepted", "timestamp": "2026-03-02T07:00:00Z", "data": {}}'
    ids = {receive(one.house, "partner/nadia", "m1", body.decode()) for _ in range(3)}
    assert {is_new for _, is_new in ids} == {True, False}
    assert [word for word in one.words() if word == ("accepted", "accepted")] == [("accepted", "accepted")]


def test_f26_handover_of_two_acceptances_at_once_the_first_counts(begin: Begin) -> None:
    one = begin().until("handover.waiting")
    outcomes: list[str] = []
    threads = [
        threading.Thread(target=lambda name=name: outcomes.append(one.hear("accepted", focal_point=name)))
        for name in ("fp_1", "fp_2")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["accepted", "inert"]
    assert one.row().focal_point in ("fp_1", "fp_2")
    one.push()
    assert len(one.truth()["packages"]) == 0  # the office itself has accepted nothing, and refuses


def test_f21_handover_words_out_of_order_never_lead_backwards(begin: Begin) -> None:
    one = begin("Mary TWICE")
    one.until(lambda: any(row.status == "received" and row.arrived_at for row in one.rows(Handover)))
    assert one.row().status == "received"
    assert one.row().arrived_at is not None
    assert one.hear("asked_back", text="Who?") == "inert"
    assert one.hear("no_show") == "inert"
    assert one.row().status == "received"


def test_handover_asked_back_twice_is_answered_twice(begin: Begin) -> None:
    one = begin("Mary ASKSTWICE").until("handover.accepted")
    questions = one.rows(HandoverQuestion)
    assert len(questions) == 2
    assert all(question.sent_at for question in questions)
    assert len(one.truth()["answers"]) == 2


def test_handover_package_that_was_tampered_with_is_an_incident_and_holds_the_ticket(begin: Begin) -> None:
    one = begin("Mary TAMPERED")
    one.unanswered = {"protection_incident"}
    one.until("handover.tampered")
    [package] = one.rows(HandoverPackage)
    assert package.sha256 != package.their_sha256
    assert [row.kind for row in one.rows(ProtectionIncident)] == ["tampered"]
    assert type(one.stands(Stage.FLIGHT_BOOKING)).__name__ == "Blocked"
    one.unanswered = set()
    one.until("booking.ticketed")


def test_handover_receipt_is_signed_by_both(begin: Begin) -> None:
    one = begin("Mary").until("handover.received")
    row = one.row()
    assert row.our_sha256 == row.their_sha256 == one.truth()["packages"][-1]["package_hash"]
    assert one.rows(ProtectionIncident) == []


def test_handover_receipt_for_something_else_is_an_incident(begin: Begin) -> None:
    one = begin("Mary OTHERHASH").until("handover.received")
    assert one.row().our_sha256 != one.row().their_sha256
    assert [row.kind for row in one.rows(ProtectionIncident)] == ["tampered"]


def test_handover_preview_other_than_ours_is_an_incident(begin: Begin) -> None:
    one = begin().until("handover.waiting")
    one.hear("accepted", focal_point="fp_7", preview_hash="0" * 64)
    assert [row.kind for row in one.rows(ProtectionIncident)] == ["tampered"]


def test_f33_handover_consent_withdrawn_in_transit_is_recalled_and_nothing_more_is_told(begin: Begin) -> None:
    one = begin("Mary QUIETAFTER")
    one.until(lambda: one.facts().departed)
    told = len(one.truth()["packages"])
    consent = {"text_version": "1", "text_hash": "0" * 64, "language": "tr", "recipient": "nadia", "given": False}
    one.say("transfer_consent", consent)
    one.unanswered = {"transfer_consent", "receiving_partner", "arrival"}
    one.push()
    assert (one.row().status, one.row().reason) == ("recalled", "consent_ended")
    assert one.hear("arrival_confirmed", arrived_at=one.now, met=True) == "inert"
    one.push()
    assert len(one.truth()["packages"]) == told
    assert "handover.certificate" in one.codes()


def test_handover_consent_withdrawn_while_offered_is_recalled(begin: Begin) -> None:
    one = begin().until("handover.waiting")
    consent = {"text_version": "1", "text_hash": "0" * 64, "language": "tr", "recipient": "nadia", "given": False}
    one.say("transfer_consent", consent)
    assert one.hear("accepted", focal_point="fp_7") == "inert"
    one.unanswered = {"transfer_consent"}
    one.push()
    assert (one.row().status, one.row().reason) == ("recalled", "consent_ended")


def test_handover_acceptance_is_taken_back_by_the_partner_with_a_reason(begin: Begin) -> None:
    one = begin("Mary CANCELS @nadia")
    one.until(lambda: "tariq" in {row.partner for row in one.rows(Handover) if row.status == "accepted"})
    [gone] = [row for row in one.rows(Handover) if row.partner == "nadia"]
    assert (gone.status, gone.reason) == ("cancelled", "no_capacity")


def test_handover_plan_is_sent_when_the_partner_asks_for_it_and_names_nobody(begin: Begin) -> None:
    one = begin("Mary WANTSPLAN")
    one.until(lambda: one.done("send_plan") == ["confirmed"])
    [plan] = [package for package in one.truth()["packages"] if package["stage"] == "plan"]
    assert set(plan["fields"]) == {"lines"}
    assert "Annayeva" not in str(plan["fields"])


def test_handover_of_a_partner_that_never_takes_the_offer_is_nowhere_open(begin: Begin) -> None:
    one = begin("Mary")
    one.unanswered = {"receiving_partner"}
    one.house.world.partners["nadia"]._http._serve = lambda _asked: (409, {"code": "not_today"})  # type: ignore[attr-defined]
    one.until("handover.not_taken")
    assert (one.row().status, one.row().reason) == ("not_taken", "not_today")
    one.say("receiving_partner", {"partner": "tariq"})
    one.until("handover.accepted")
    assert one.row().partner == "tariq"


def test_handover_partner_choice_is_refused_in_words_of_a_counsellor(begin: Begin) -> None:
    one = begin().until("handover.waiting")
    with one.house.database.unit_of_work() as session:
        tariq = session.get_one(Partner, "tariq")
        tariq.areas = ["Ashgabat"]
    with pytest.raises(Wrong, match="area of return"):
        one.say("receiving_partner", {"partner": "tariq"})
    with one.house.database.unit_of_work() as session:
        tariq = session.get_one(Partner, "tariq")
        tariq.areas, tariq.paused_until = [], one.now.date() + DAY
    with pytest.raises(Wrong, match="takes nobody"):
        one.say("receiving_partner", {"partner": "tariq"})


def test_handover_reliability_counts_in_time_late_and_silent(begin: Begin) -> None:
    one = begin().until("handover.waiting")
    one.later(ends_at(one.facts(), known(one)) - one.now + HOUR)
    one.unanswered = {"receiving_partner"}
    one.push()
    with one.house.database.reading() as session:
        silent = reliability(session)["nadia"]
    one.hear("accepted", focal_point="fp_7")
    with one.house.database.reading() as session:
        late = reliability(session)["nadia"]
    assert (silent.in_time, silent.late, silent.silent) == (0, 0, 1)
    assert (late.in_time, late.late, late.silent) == (0, 1, 0)
    assert late.share == 0


def test_s4_handover_offer_whose_answer_was_lost_is_found_not_sent_again(begin: Begin) -> None:
    one = begin("Mary LOSTREPLY").until("handover.accepted")
    assert len(one.truth()["handovers"]) == 1
    assert [effect.generation for effect in one.rows(Effect) if effect.action == "offer_handover"] == [1]
