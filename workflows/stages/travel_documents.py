"""Travel documents: a paper good for every leg on the travel day; the consulate only behind the risk gate."""

from models.stage import Role, Track
from workflows import gates
from workflows.facts import Application, Facts, Traveller
from workflows.patience import ask, attempt
from workflows.standing import Doing, Done, Party, Said, Standing, Waiting, say

ENDED = ("issued", "refused", "withdrawn")
NATIONALITY = "nationality_not_confirmed"


def decide(facts: Facts) -> Standing:
    """One person after the other; the first who lacks something says where the stage stands."""
    for person in facts.people:
        reason = gates.lacking(facts, person)
        if reason is not None:
            return wanting(facts, person, reason)
    held = [(person, document) for person in facts.people if (document := gates.best(facts, person))]
    until = min(gates.last_day(facts, person, document) for person, document in held)
    return Done(say("documents.complete"), gates.end_of(until, facts))


def wanting(facts: Facts, person: Traveller, reason: Said) -> Standing:
    """First what a person can put right with the documents that are there; then the consulate."""
    document = gates.best(facts, person)
    if document and reason.code == "documents.not_collected":
        return ask(facts, Role.MOVEMENT_OFFICER, "document_collected", reason, within="urgent", subject=document.id)
    if document:
        return ask(facts, Role.MOVEMENT_OFFICER, "ticket_name", reason, subject=gates.ticket_of(facts, person))
    for paper in gates.newest_first(person):
        if gates.trouble(facts, person, paper) == say("documents.name"):
            return ask(facts, Role.MOVEMENT_OFFICER, "document_name", say("documents.name"), subject=paper.id)
    application = person.application
    return lodging(facts, person) if application is None else applied(facts, person, application)


def lodging(facts: Facts, person: Traveller, generation: int = 1) -> Standing:
    """Lodge an application: the first of this journey, or one more with other proof."""
    subject = f"{facts.journey}.{person.id}"
    effect = facts.effect("lodge_application", subject)
    if effect and effect.generation < generation:
        return Doing("lodge_application", subject, say("documents.lodge"), generation)
    trying = attempt(facts, "lodge_application", subject, say("documents.lodge"), Party.CONSULATE)
    return trying or ask_about(facts, person, "documents.not_taken")


def applied(facts: Facts, person: Traveller, application: Application) -> Standing:
    """Look, and when the consulate refuses or stays silent, ask a person."""
    if application.status == "refused":
        return refused(facts, person, application)
    if application.status in ENDED:
        return ask_about(facts, person, "documents.too_short")
    if facts.now >= application.lodged_at + facts.rules.time("consulate_silence"):
        return ask_about(facts, person, "documents.silent")
    look_at = application.looked_at + facts.rules.time("consulate_look")
    if facts.now < look_at:
        return Waiting(Party.CONSULATE, say("documents.waiting"), look_at, say("then.look_up"))
    return Doing("look_up_application", f"{facts.journey}.{person.id}", say("documents.look"))


def refused(facts: Facts, person: Traveller, application: Application) -> Standing:
    """Nationality is tried once more with other proof; after that it is the protection officer's (domain.md §6)."""
    papers = facts.papers.of(person.id)
    if application.refusal != NATIONALITY or papers.statelessness == "national":
        return ask_about(facts, person, "documents.refused")
    final = gates.stateless(facts, person)
    if final is not None:
        return undetermined(facts, person, final)
    if papers.proofs >= papers.refusals:
        return lodging(facts, person, application.generation + 1)
    why = say("documents.nationality")
    return ask(
        facts, Role.MOVEMENT_OFFICER, "nationality_evidence", why, within="nationality_evidence", subject=person.id
    )


def undetermined(facts: Facts, person: Traveller, why: Said) -> Standing:
    """Referred to a statelessness procedure, and asked after; who is stateless chooses anew."""
    papers = facts.papers.of(person.id)
    if papers.statelessness == "stateless":
        return ask(facts, Role.COUNSELLOR, "track_choice", why)
    again_at = papers.statelessness_at and papers.statelessness_at + facts.rules.time("statelessness")
    if again_at and facts.now < again_at:
        return Waiting(Party.DATE, say("documents.referred"), again_at, say("then.ask_determination"))
    return ask(facts, Role.PROTECTION_OFFICER, "statelessness", why, subject=person.id)


def ask_about(facts: Facts, person: Traveller, code: str) -> Standing:
    """A movement officer finds another way to a document."""
    return ask(facts, Role.MOVEMENT_OFFICER, "travel_document", say(code), subject=person.id)


def undo(facts: Facts) -> Standing | None:
    """Somebody who no longer travels needs nothing from their consulate: withdraw the application."""
    if facts.track is Track.RETURN and not facts.closed:
        return None
    for person in facts.people:
        application = person.application
        if application and application.status not in ENDED:
            subject = f"{person.id}.{application.generation}"
            return attempt(facts, "withdraw_application", subject, say("documents.withdraw"), Party.CONSULATE)
    return None
