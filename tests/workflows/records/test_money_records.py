"""Plans and payments on record: what is refused, in words that say what to do, and what a second person must do."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from api.cli.answers.counselling import OPTIONS
from api.cli.answers.money import paper, quotes
from api.cli.answers.reintegration import FEASIBLE, plan
from api.cli.answers.risk_assessment import approval, assessment
from api.cli.cast import Life, case_of
from models.database import Database
from models.money import MoneyEntry, Move
from models.queries.money import anomalies, check_books
from models.reintegration import Instalment
from models.stage import Role, Stage
from tests.journeys.light import BEGIN, Light
from workflows.commands import Refused
from workflows.facts import Instalment as Known
from workflows.standing import Asking

LIFE = Life("", "stays", "UZ", "Samarkand", "Dilnoza", "Karimova", "Dilnoza")
OPS, BOSS = Role.OPERATIONS, Role.SUPERVISOR
TODAY = BEGIN.date()


@pytest.fixture
def light(database: Database) -> Light:
    """Somebody who stays, with a place to live."""
    return staying(Light(database))


def staying(light: Light, **screening: Any) -> Light:
    """Chosen to stay in place."""
    light.say("screening", {"result": "none", "vulnerable": False, **screening})
    light.say("counselling_session", {"options": OPTIONS, "language": "tr"})
    light.say("track_choice", {"track": "in_place"})
    light.say("shelter", {}, Role.SHELTER_PARTNER)
    return assessed(light)


def assessed(light: Light) -> Light:
    """A risk assessment of today, approved by a second person."""
    light.say("risk_assessment", assessment(LIFE, "", TODAY), Role.PROTECTION_OFFICER)
    standing = light.stands(Stage.RISK_ASSESSMENT)
    assert isinstance(standing, Asking)
    light.say("risk_approval", approval(LIFE, standing.subject, TODAY), BOSS)
    return light


def a_plan(**over: Any) -> dict[str, Any]:
    """The demo's plan, all of it due at once."""
    said = plan(LIFE, "", TODAY)
    for line in said["lines"]:
        for part in line["instalments"]:
            part["due_on"] = TODAY.isoformat()
    return {**said, **over}


def planned(light: Light, **over: Any) -> Light:
    """The plan is in force."""
    light.say("reintegration_plan", a_plan(**over))
    light.say("plan_approval", {"about": light.facts().money.pending, "approved": True}, BOSS)
    return light


def of_kind(light: Light, kind: str) -> Known:
    """The first open instalment of a kind."""
    return next(one for one in light.facts().instalments or () if one.kind == kind and one.is_open)


def ready(light: Light, kind: str = "housing") -> str:
    """Everything but the approval. Gives the instalment's id."""
    one = of_kind(light, kind)
    assert one.payee
    if one.payee.verified is None:
        light.say("payee_check", {"about": one.payee.id, "verified": True, "how": "visited"}, OPS)
    if kind == "equipment" and not one.quotes:
        light.say("quotes", quotes(LIFE, one.line, TODAY))
    proofs = [{"kind": kind, "sha256": paper(kind, one.id)} for kind in ("lease", "invoice")]
    light.say("evidence", {"about": one.id, "proofs": proofs})
    return one.id


def approved(light: Light, kind: str = "housing") -> str:
    """Approved by a second person."""
    about = ready(light, kind)
    light.say("instalment_approval", {"about": about}, BOSS)
    return about


def paid(light: Light, kind: str = "housing") -> str:
    """Paid by a third."""
    about = approved(light, kind)
    light.say("payment", {"about": about, "outcome": "paid", "receipt": paper("receipt", about)}, OPS)
    return about


def refusal(
    light: Light, kind: str, body: dict[str, Any], role: Role = Role.COUNSELLOR, by: str | None = None
) -> Refused:
    """What is said to somebody who may not."""
    with pytest.raises(Refused) as said:
        light.say(kind, body, role, by)
    return said.value


def entries(light: Light) -> list[MoneyEntry]:
    """The books."""
    with light.house.database.reading() as session:
        return list(session.exec(select(MoneyEntry).order_by(MoneyEntry.id)))  # type: ignore[arg-type]


def wrong_lines(said: dict[str, Any], number: int, **over: Any) -> dict[str, Any]:
    """The plan with one line otherwise."""
    lines = [dict(line) for line in said["lines"]]
    lines[number] |= over
    return {**said, "lines": lines}


WRONG = [
    ("signed tomorrow", {"signed_on": (TODAY + timedelta(days=1)).isoformat()}, "not_signed"),
    ("a dimension nobody spoke of", {"goals": a_plan()["goals"][:2]}, "dimension"),
    ("not feasible", wrong_lines(a_plan(), 0, feasibility=FEASIBLE | {"market": "no"}), "not_feasible"),
    ("a question of the grid left open", wrong_lines(a_plan(), 0, feasibility={"skills": "yes"}), "feasibility"),
    ("an unknown kind", wrong_lines(a_plan(), 0, kind="yacht"), "kind"),
    ("nobody is paid", wrong_lines(a_plan(), 0, payee=None), "payee"),
    ("another currency without a rate", wrong_lines(a_plan(), 0, currency="UZS"), "rate"),
    (
        "a rate of last winter",
        wrong_lines(a_plan(), 0, currency="UZS")
        | {"rates": [{"currency": "UZS", "per_eur": "14000", "on": (TODAY - timedelta(days=32)).isoformat(), "source": "x_y"}]},
        "rate_age",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("over", "code"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_plan_that_cannot_be_is_refused_with_what_to_do(light: Light, over: dict[str, Any], code: str) -> None:
    assert refusal(light, "reintegration_plan", a_plan(**over)).code == code


def test_a_dimension_may_be_left_out_knowingly(light: Light) -> None:
    light.say("reintegration_plan", a_plan(goals=a_plan()["goals"][:2], left_out=["psychosocial"]))
    assert light.facts().money.pending


def test_cash_instead_of_a_vendor_needs_a_reason(light: Light) -> None:
    cash = {"code": "herself", "kind": "person", "method": "cash", "name": "D. K."}
    said = wrong_lines(a_plan(payees=[*a_plan()["payees"], cash]), 1, payee="herself")
    assert refusal(light, "reintegration_plan", said).code == "vendor"
    light.say("reintegration_plan", wrong_lines(said, 1, payee="herself", why_not_vendor="landlord_threatens"))


def test_s3_a_plan_above_a_cap_is_refused_and_says_what_is_left(light: Light) -> None:
    rent = [{"amount": "1000.01", "due_on": TODAY.isoformat(), "trigger": "lease_signed"}]
    said = refusal(light, "reintegration_plan", wrong_lines(a_plan(), 1, instalments=rent))
    assert said.code == "over_cap"
    assert "support of the kind housing leaves 1000.00 EUR" in said.remedy


def test_s8_who_planned_cannot_approve_the_plan(light: Light) -> None:
    light.say("reintegration_plan", a_plan(), BOSS)
    pending = {"about": light.facts().money.pending, "approved": True}
    assert refusal(light, "plan_approval", pending, BOSS).code == "four_eyes"
    light.say("plan_approval", pending, BOSS, by="another_supervisor")
    assert light.facts().money.version == 1


def test_a_refused_plan_is_asked_for_anew(light: Light) -> None:
    light.say("reintegration_plan", a_plan())
    light.say("plan_approval", {"about": light.facts().money.pending, "approved": False}, BOSS)
    standing = light.stands(Stage.REINTEGRATION)
    assert isinstance(standing, Asking)
    assert standing.question == "reintegration_plan"
    planned(light)


def test_s8_approver_payer_and_proposer_are_three(light: Light) -> None:
    about = ready(planned(light))
    assert refusal(light, "instalment_approval", {"about": about}, BOSS, by="counsellor").code == "four_eyes"
    light.say("instalment_approval", {"about": about}, BOSS)
    receipt = {"about": about, "outcome": "paid", "receipt": paper("r", about)}
    for who in ("supervisor", "counsellor"):
        said = refusal(light, "payment", receipt, OPS, by=who)
        assert (said.code, "Somebody else" in said.remedy) == ("four_eyes", True)
    light.say("payment", receipt, OPS)
    assert [(one.move, one.by) for one in entries(light)] == [
        (Move.APPROVED, "supervisor"), (Move.HANDED_OVER, "operations"),
    ]  # fmt: skip


def test_a_payment_without_a_receipt_is_refused(light: Light) -> None:
    about = approved(planned(light))
    assert refusal(light, "payment", {"about": about, "outcome": "paid"}, OPS).code == "receipt"


def test_s3_nothing_is_paid_twice(light: Light) -> None:
    about = paid(planned(light))
    again = {"about": about, "outcome": "paid", "receipt": paper("again", about)}
    assert refusal(light, "payment", again, OPS).code == "not_asked"


def test_s8_who_wrote_an_account_down_cannot_verify_it(light: Light) -> None:
    planned(light)
    payee = of_kind(light, "housing").payee
    assert payee
    said = {"about": payee.id, "verified": True, "how": "visited"}
    assert refusal(light, "payee_check", said, OPS, by="counsellor").code == "four_eyes"


def test_s3_an_account_that_changes_after_the_approval_stops_the_payment(light: Light) -> None:
    about = approved(planned(light))
    code = "uz-homes"
    changed = {"code": code, "kind": "vendor", "method": "bank", "name": "V", "account": "XX00-elsewhere"}
    light.say("payee", changed)
    paying = {"about": about, "outcome": "paid", "receipt": paper("r", about)}
    assert refusal(light, "payment", paying, OPS).code == "not_asked"
    payee = of_kind(light, "housing").payee
    assert payee
    assert (payee.changed, payee.verified) == (True, None)
    light.say("payee_check", {"about": payee.id, "verified": True, "how": "called_back"}, OPS)
    light.say("payment", paying, OPS)


def test_one_account_in_two_cases_is_flagged(database: Database) -> None:
    light = staying(Light(database))
    mine = {"code": "herself", "kind": "person", "method": "bank", "name": "D. K.", "account": "TR11 2222 3333"}
    said = wrong_lines(a_plan(payees=[*a_plan()["payees"], mine]), 1, payee="herself", why_not_vendor="landlord_asks")
    planned(light, **said)
    known = of_kind(light, "housing").payee
    assert known
    assert not known.shared
    light.ref = light.begin(another())
    staying(light)
    planned(light, **said)
    again = of_kind(light, "housing").payee
    assert again
    assert again.shared


def another() -> dict[str, Any]:
    """The case of somebody else."""
    return case_of(Life("", "stays", "UZ", "Bukhara", "Oygul", "Tursunova", "Oygul"), 2, TODAY)


def test_a_photo_with_faces_is_refused(light: Light) -> None:
    about = of_kind(planned(light), "housing").id
    photo = {"kind": "photo", "sha256": paper("photo"), "without_faces": False}
    said = refusal(light, "evidence", {"about": about, "proofs": [photo]})
    assert (said.code, said.field) == ("faces", "proofs.0.without_faces")


def test_quotes_need_three_vendors_and_a_reason_when_not_the_cheapest(light: Light) -> None:
    line = of_kind(planned(light), "equipment").line
    said = quotes(LIFE, line, TODAY)
    assert refusal(light, "quotes", said | {"quotes": said["quotes"][:2]}).code == "quotes"
    assert refusal(light, "quotes", said | {"chosen": "uz-market"}).code == "chosen"
    dear = [quote | ({"amount": "700"} if quote["vendor"] == "uz-tools" else {}) for quote in said["quotes"]]
    assert refusal(light, "quotes", said | {"quotes": dear}).code == "cheapest"
    low = [quote | ({"amount": "599"} if quote["vendor"] == "uz-tools" else {}) for quote in said["quotes"]]
    assert refusal(light, "quotes", said | {"quotes": low}).code == "beyond_quote"
    light.say("quotes", said | {"quotes": dear, "why_not_cheapest": "spare_parts_near"})


def test_a_change_keeps_what_was_spent_and_gives_the_rest_back(light: Light) -> None:
    spent = paid(planned(light))
    given_up = approved(light, "equipment")
    lines = {one.kind: one.line for one in light.facts().instalments or ()}
    training = {"kind": "training", "payee": "uz-tools", "feasibility": FEASIBLE, "instalments": [
        {"amount": "400", "due_on": TODAY.isoformat(), "trigger": "training_done"}]}  # fmt: skip
    change = a_plan(reason="wants_to_learn_first", lines=[training])
    assert refusal(light, "plan_change", change).code == "spent"
    light.say("plan_change", change | {"keeps": [lines["housing"]]})
    light.say("plan_approval", {"about": light.facts().money.pending, "approved": True}, BOSS)
    facts = light.facts()
    assert {one.kind for one in facts.instalments or ()} == {"housing", "training"}
    assert facts.money.version == 2
    assert facts.money.approved["family", ""] == Decimal(200)
    moves = {(str(one.instalment_id), one.move) for one in entries(light)}
    assert (given_up, Move.RELEASED) in moves
    assert (spent, Move.RELEASED) not in moves
    with light.house.database.reading() as session:
        assert len(session.exec(select(Instalment)).all()) == 4  # the old ones stay as they were
        assert check_books(session)[1] == []


def test_a_currency_is_paid_at_the_rate_of_its_approval_and_both_sums_are_kept(light: Light) -> None:
    rate = {"currency": "UZS", "per_eur": "14250.5", "on": TODAY.isoformat(), "source": "central_bank"}
    rent = [{"amount": "99753.50", "due_on": TODAY.isoformat(), "trigger": "lease_signed"}]
    said = wrong_lines(a_plan(rates=[rate]), 1, currency="UZS", instalments=rent)
    about = approved(planned(light, **said))
    entry = entries(light)[-1]
    assert (entry.amount, entry.currency, entry.amount_eur) == (Decimal("99753.50"), "UZS", Decimal("7.00"))
    assert (entry.rate, entry.rate_on, entry.rate_source) == (Decimal("14250.5"), TODAY, "central_bank")
    assert str(entry.instalment_id) == about


def test_an_old_rate_is_not_approved(light: Light) -> None:
    rate = {"currency": "USD", "per_eur": "1.1", "on": TODAY.isoformat(), "source": "central_bank"}
    about = ready(planned(light, **wrong_lines(a_plan(rates=[rate]), 1, currency="USD")))
    light.later(timedelta(days=32))
    assessed(light)
    assert refusal(light, "instalment_approval", {"about": about}, BOSS).code == "rate"
    fresh = rate | {"on": (TODAY + timedelta(days=30)).isoformat(), "per_eur": "1.25"}
    light.say("instalment_approval", {"about": about, "rate": fresh}, BOSS)
    assert entries(light)[-1].amount_eur == Decimal("160.00")


def test_a_claim_is_extended_only_for_somebody_vulnerable_and_once(database: Database) -> None:
    light = planned(staying(Light(database), vulnerable=True))
    about = of_kind(light, "housing").id
    light.later(timedelta(days=366))
    later = (TODAY + timedelta(days=480)).isoformat()
    assert refusal(light, "claim_end", {"about": about}, BOSS).code == "either"
    far = (TODAY + timedelta(days=600)).isoformat()
    assert refusal(light, "claim_end", {"about": about, "extend_to": far}, BOSS).code == "extension"
    light.say("claim_end", {"about": about, "extend_to": later}, BOSS)
    assert refusal(light, "claim_end", {"about": about, "extend_to": later}, BOSS).code == "extended"


def test_a_claim_of_somebody_else_lapses_with_a_reason(light: Light) -> None:
    about = of_kind(planned(light), "housing").id
    light.later(timedelta(days=366))
    said = {"about": about, "extend_to": (TODAY + timedelta(days=480)).isoformat()}
    assert refusal(light, "claim_end", said, BOSS).code == "not_vulnerable"
    light.say("claim_end", {"about": about, "lapse": "moved_on"}, BOSS)
    assert next(one for one in light.facts().instalments or () if one.id == about).ended


def test_money_comes_back_once_and_not_more_than_was_paid(light: Light) -> None:
    about = paid(planned(light))
    back = {"about": about, "amount_eur": "200.01", "receipt": paper("back")}
    assert refusal(light, "money_returned", back, OPS).code == "not_delivered"
    light.say("money_returned", back | {"amount_eur": "50"}, OPS)
    assert light.facts().money.paid_eur == Decimal(150)
    with light.house.database.reading() as session:
        assert check_books(session)[1] == []


def test_one_paper_for_two_things_is_listed(light: Light) -> None:
    planned(light)
    for kind in ("housing", "equipment"):
        proof = {"kind": "lease" if kind == "housing" else "invoice", "sha256": paper("one paper")}
        if kind == "equipment":
            light.say("quotes", quotes(LIFE, of_kind(light, kind).line, TODAY))
        light.say("evidence", {"about": of_kind(light, kind).id, "proofs": [proof]})
    with light.house.database.reading() as session:
        assert any("was shown 2 times" in line for line in anomalies(session))


def test_f36_what_an_earlier_journey_was_approved_and_not_paid_goes_back(light: Light) -> None:
    given_up, kept = approved(planned(light), "equipment"), paid(light)
    for track in ("return", "in_place"):
        light.say("counselling_session", {"options": OPTIONS, "language": "tr"})
        light.say("track_choice", {"track": track})
    light.say("counselling_session", {"options": OPTIONS, "language": "tr"})
    light.say("shelter", {}, Role.SHELTER_PARTNER)
    assessed(light)
    planned(light)
    moves = {(str(one.instalment_id), one.move) for one in entries(light)}
    assert (given_up, Move.RELEASED) in moves
    assert (kept, Move.RELEASED) not in moves
    assert light.facts().money.approved["family", ""] == Decimal(200)  # what was paid still counts against the caps
    with light.house.database.reading() as session:
        assert check_books(session)[1] == []
