"""Records contact after the return: answers and attempts, trusted contacts, reviews, and a supervisor's decision."""

from uuid import UUID

from models import follow_up as m
from models.consent import Consent, ConsentKind
from models.database import vault_of
from models.person import Contact
from models.stage import Role
from workflows.commands import Fact, Recording, Wrong
from workflows.facts import Facts
from workflows.gates.follow_up import since
from workflows.gather import gather
from workflows.inputs import follow_up as i
from workflows.inputs.words import OfSubjectIn
from workflows.pathways.tables.follow_up import AttemptResult, CheckInPoint
from workflows.records.common import STAFF, about, principal
from workflows.records.contact import address_index, end

NEAR = (*STAFF, Role.PROTECTION_OFFICER, Role.RECEIVING_PARTNER, Role.SHELTER_PARTNER)


def check_in(r: Recording) -> None:
    """Whether the person was reached at a point, and is safe; an attempt in vain is kept as one."""
    facts = gather(r.session, r.case, r.now)
    point = point_of(facts, r.body.about)
    if since(facts) is None:
        raise Wrong("not_there", "about: check-ins begin with the arrival, in place with the choice.", "about")
    result = result_of(facts, r.body.result or ("reached" if r.body.reached else "no_answer"))
    if r.body.reached:
        if point.safety_question and r.body.safe is None and not says_it_alone(r):
            raise Wrong("safe", "safe: ask whether the person is safe, and record what they say.", "safe")
        row = m.CheckIn(**r.row, person_id=principal(r.session, r.case).id, point=point.code, reached=True)
        r.save(row, safe=r.body.safe, answers=r.body.answers or None)
    keep_attempt(r, facts, result, point.code)


def says_it_alone(r: Recording) -> bool:
    """The person writes themselves: whoever asks for help must not be kept from it by a question left open."""
    return r.who is not None and not r.who.roles


def contact_attempt(r: Recording) -> None:
    """An attempt outside the points."""
    facts = gather(r.session, r.case, r.now)
    keep_attempt(r, facts, result_of(facts, r.body.result), "")


def point_of(facts: Facts, code: str) -> CheckInPoint:
    """The point as the rules know it. Raises Wrong."""
    rows = {row.code: row for row in facts.rules.rows(CheckInPoint)}
    if code not in rows:
        raise Wrong("unknown_point", f"about: one of {', '.join(rows)}.", "about")
    return rows[code]


def result_of(facts: Facts, code: str) -> AttemptResult:
    """The result as the rules know it. Raises Wrong."""
    rows = {row.code: row for row in facts.rules.rows(AttemptResult)}
    if code not in rows:
        raise Wrong("unknown_code", f"result: one of {', '.join(rows)}.", "result")
    return rows[code]


def keep_attempt(r: Recording, facts: Facts, result: AttemptResult, point: str) -> None:
    """The row; and a number that is not theirs any more, or not safe, is used no more (S19)."""
    used, tried_at, begun = about(r, Contact, "contact") if r.body.contact else None, r.body.when(r.now), since(facts)
    if begun is not None and tried_at < begun:
        raise Wrong("tried_at", "tried_at: give a time after the arrival, in place after the choice.", "tried_at")
    row = m.ContactAttempt(
        **r.row, person_id=principal(r.session, r.case).id, point=point, channel=r.body.channel, result=result.code,
        tried_at=tried_at, next_at=r.body.next_at, by_partner=r.body.by_partner,
        contact_id=used.id if used else None,
    )  # fmt: skip
    r.save(row, noticed=r.body.noticed)
    ends = result.ends_channel == "everybody" or (result.ends_channel == "victims" and facts.is_victim)
    if ends:
        end_channels(r, facts, used)


def end_channels(r: Recording, facts: Facts, used: Contact | None) -> None:
    """Every live channel that leads to the same number or address; where none is named, those of the kind tried."""
    kinds = ("sms", "phone") if r.body.channel in ("sms", "phone") else (r.body.channel,)
    mine = [one.id for one in facts.intake.channels if one.person == facts.principal.id]
    live = [r.session.get_one(Contact, UUID(one)) for one in mine]
    tried = [used] if used else [row for row in live if row.channel in kinds]
    gone = {number_of(r, row) for row in tried}
    for row in live:
        if number_of(r, row) in gone:
            end(r, row)


def number_of(r: Recording, row: Contact) -> str:
    """The fingerprint of its address."""
    return row.address_index or address_index(r, vault_of(r.session).open(row, "address"))


def safety_review(r: Recording) -> None:
    """Somebody looked after a person who did not feel safe."""
    r.save(m.SafetyReview(**r.row, subject=r.body.about))


def trusted_contact(r: Recording) -> None:
    """Somebody to ask, with consent; or nobody any more."""
    who, consent = principal(r.session, r.case).id, None
    if r.body.consent:
        said = r.body.consent.model_dump()
        consent = Consent(**r.row, person_id=who, kind=ConsentKind.TRANSFER, recipient="trusted_contact",
                          purpose="contact", **said)  # fmt: skip
        r.save(consent)
        r.session.flush()
    row = m.TrustedContact(
        **r.row, person_id=who, live=r.body.name is not None, consent_id=consent.id if consent else None
    )
    r.save(row, **r.body.model_dump(include={"name", "address", "relation", "may_be_told"}))


def loss_decision(r: Recording) -> None:
    """Only when the rule is met, which is when it is asked."""
    r.save(m.LossDecision(**r.row, point=r.body.about, outcome=r.body.outcome))


FACTS = (
    Fact("check_in", i.CheckInIn, NEAR, check_in),
    Fact("follow_up_visit", i.VisitIn, NEAR, check_in),
    Fact("trusted_attempt", i.TrustedAttemptIn, (*STAFF, Role.PROTECTION_OFFICER), check_in),
    Fact("contact_attempt", i.ContactAttemptIn, NEAR, contact_attempt),
    Fact("safety_review", OfSubjectIn, (Role.PROTECTION_OFFICER,), safety_review),
    Fact("trusted_contact", i.TrustedContactIn, (*STAFF, Role.PROTECTION_OFFICER), trusted_contact),
    Fact("loss_decision", i.LossDecisionIn, (Role.SUPERVISOR,), loss_decision, only_when_asked=True),
)
