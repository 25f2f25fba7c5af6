"""After the return: somebody who cannot be reached, somebody who leaves again, somebody who may be exploited again."""

from typing import Any

import pytest
from sqlmodel import col, select

from api.cli.cast import Life
from models.closure import Closure
from models.follow_up import ContactAttempt, RetraffickingReport, VitalInterest
from models.incident import AuthorityDisclosure
from models.stage import Role, Stage
from tests.journeys.house import Living, staff
from workflows.commands import NotAllowed, Refused
from workflows.episodes import reopen
from workflows.heard import person_called, retrafficking_suspected
from workflows.inputs.closure import ReopenIn
from workflows.inputs.follow_up import CalledIn, RetraffickingIn
from workflows.standing import Done

OFFICER, SUPERVISOR = Role.PROTECTION_OFFICER, Role.SUPERVISOR


def rows(alone: Living, kind: Any) -> list[Any]:
    """All rows of a kind, oldest first."""
    with alone.house.database.reading() as session:
        return list(session.exec(select(kind).order_by(col(kind.at), col(kind.id))).all())


def texts(alone: Living) -> int:
    """How many messages the gateway really has."""
    return len(alone.simulators.truth()["sms"]["messages"])


def test_failure_returnee_unreachable(alone: Living) -> None:
    """The rule of loss, a visit, a look at their safety; never counted as a success; open again when they call."""
    life = Life("cannot be reached", "unreachable", "UZ", "Bukhara", "Jasur", "Tursunov", "Жасур", sex="M",
                out_of_reach=True)  # fmt: skip
    ref = alone.begin(life)
    alone.unanswered = {"loss_decision"}
    alone.until(ref, "follow_up.waiting")
    before = texts(alone)
    alone.until(ref, "follow_up.loss")
    assert texts(alone) == before, "the one safe number is written to once at a point"
    known, tried = alone.facts(ref), rows(alone, ContactAttempt)
    assert len(known.contact.attempts) >= 5
    assert len({one.channel for one in known.contact.attempts}) >= 3
    assert (known.now - known.contact.attempts[0].at).days >= 14
    assert [row.by_partner for row in tried if row.channel == "visit"][:1] == [True]
    assert {subject for subject in known.reviewed if subject.startswith("silent.")}, "their safety was looked at"
    for role in (Role.COUNSELLOR, OFFICER):
        with pytest.raises(NotAllowed):
            alone.say(ref, "loss_decision", {"about": "week_1", "outcome": "unreachable"}, role)
    alone.say(ref, "loss_decision", {"about": "week_1", "outcome": "unreachable"}, SUPERVISOR)
    assert "not a completed support" in alone.explained(ref)
    assert "tamamlanmış bir destek değildir" in alone.explained(ref, "tr")

    alone.unanswered = {"closure"}
    alone.until(ref, "closure.unreachable")
    checked = ["final_talk", "feedback_offered", "way_back_told", "file_complete"]
    with pytest.raises(Refused, match="reason: for this case choose one of"):
        alone.say(ref, "closure", {"reason": "completed", "checklist": checked}, Role.COUNSELLOR)
    alone.unanswered = set()
    alone.live()
    assert alone.case(ref).outcome == "unreachable"
    assert len(rows(alone, Closure)) == 1

    heard = person_called(alone.house, ref, CalledIn(safe=True), staff(Role.COUNSELLOR))
    again = alone.case(heard.ref)
    assert (heard.is_new, again.episode, again.previous_id) == (True, 2, alone.case(ref).id)
    assert again.closed_at is None
    assert alone.case(ref).outcome == "unreachable", "what was, stays written"


def test_failure_re_migration(alone: Living) -> None:
    """Recorded without blame: what was promised is paid, nothing new begins, and they may come again."""
    life = Life("leaves again", "remigrated", "GE", "Kutaisi", "Nino", "Beridze", "ნინო")
    ref = alone.begin(life)
    alone.until(ref, "reintegration.not_due")
    said = {"assistance": "transferred", "transferred_to": "office in Batumi", "reason": "work"}
    alone.say(ref, "remigrated", said, Role.COUNSELLOR)
    orders = len(alone.simulators.truth()["partner_nadia"]["payments"])
    standings = alone.standings(ref)
    assert isinstance(standings[Stage.FOLLOW_UP], Done)
    assert "without blame" in alone.explained(ref)
    assert "kimse suçlanmadan" in alone.explained(ref, "tr")
    alone.live()
    case = alone.case(ref)
    assert case.outcome == "remigrated"
    assert len(alone.simulators.truth()["partner_nadia"]["payments"]) == orders
    assert alone.facts(ref).check_ins == (), "nobody was followed to another country"

    new = reopen(alone.house, ref, ReopenIn(reason="new_application"), staff(Role.COUNSELLOR))
    assert alone.case(new).episode == 2


def test_failure_re_trafficking_suspected(alone: Living) -> None:
    """A new episode at the highest priority, linked to the old one; authorities only with consent, or by two people."""
    life = Life("may be exploited again", "completed", "UZ", "Samarkand", "Dilnoza", "Karimova", "Дилноза",
                screening="actual", waives_reflection=True)  # fmt: skip
    ref = alone.begin(life)
    alone.unanswered = {"reintegration_plan", "closure"}
    alone.until(ref, "follow_up.not_due")
    texts_before = texts(alone)
    seen = RetraffickingIn(source="partner", details="A man waits outside her door every evening.")
    heard = retrafficking_suspected(alone.house, ref, seen, staff(OFFICER))
    assert heard.is_new
    old, new = alone.case(ref), alone.case(heard.ref)
    assert (old.outcome, new.previous_id, new.episode) == ("retrafficking", old.id, 2)
    assert b"outside" not in rows(alone, RetraffickingReport)[0].details
    alone.push()
    alert = [duty for duty in alone.open_duties(heard.ref) if duty.asking.question == "protection_response"]
    assert [duty.asking.role for duty in alert] == [OFFICER]
    assert alert[0].asking.until - alone.clock.now() <= alone.facts(heard.ref).rules.time("emergency")
    others = [duty.asking.until for duty in alone.open_duties(heard.ref)]
    assert alert[0].asking.until == min(others), "nothing of the case is more urgent"
    assert alone.facts(heard.ref).is_victim

    word = {"recipient": "police", "what": "location", "reason": "Her life is in danger tonight."}
    alone.say(heard.ref, "vital_interest", word, OFFICER)
    (first,) = alone.facts(heard.ref).contact.vital
    assert first.agreed is None
    with pytest.raises(Refused, match="Somebody else"):
        alone.say(heard.ref, "vital_interest_review", {"about": first.id, "agreed": True}, OFFICER)
    alone.say(heard.ref, "vital_interest_review", {"about": first.id, "agreed": True}, SUPERVISOR)
    assert alone.facts(heard.ref).contact.vital[0].agreed
    assert [row.by for row in rows(alone, VitalInterest)] == ["protection_officer", "supervisor"]
    assert rows(alone, AuthorityDisclosure) == [], "nobody was told with a consent that was not given"
    assert texts(alone) == texts_before


def test_s19_who_does_not_answer_is_asked_by_the_next_safe_channel_and_never_by_an_unsafe_one(alone: Living) -> None:
    """At the gateways themselves: one SMS, then one e-mail; after "unsafe to talk" nothing more on that number."""
    life = Life("answers by mail", "completed", "GE", "Kutaisi", "Nino", "Beridze", "ნინო")
    ref = alone.begin(life)
    mail = {"channel": "email", "address": "post@example.org", "from_hour": 0, "to_hour": 24, "preference": 2}
    alone.say(ref, "contact_change", {"contact": mail, "how": "in_person"}, Role.COUNSELLOR)
    alone.until(ref, "follow_up.waiting")
    sms, mails = texts(alone), letters(alone)
    alone.unanswered = {"check_in"}
    alone.until(ref, "follow_up.try")
    assert (texts(alone), letters(alone)) == (sms, mails + 1)

    number = next(one for one in alone.facts(ref).intake.channels if one.kind == "sms")
    unsafe = {"about": "week_1", "reached": False, "result": "unsafe_to_talk", "contact": number.id}
    alone.say(ref, "check_in", unsafe, Role.COUNSELLOR)
    assert "follow_up.signal" in alone.codes(ref)
    alone.unanswered = set()
    alone.until(ref, "closure.ready", seconds=120)
    assert texts(alone) == sms, "not one more on the number that is not safe"
    assert letters(alone) > mails + 1, "and the other channel goes on"


def letters(alone: Living) -> int:
    """How many e-mails really arrived."""
    return len(alone.simulators.mail.mails)
