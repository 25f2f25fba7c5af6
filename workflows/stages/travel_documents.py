"""Travel documents: a paper valid on the travel day, or the consulate is asked, and never before the risk gate."""

from models.stage import Role, Track
from workflows import gates
from workflows.facts import Facts, Traveller
from workflows.patience import ask, attempt
from workflows.standing import Doing, Done, Party, Standing, Waiting, say

ENDED = ("issued", "refused", "withdrawn")


def decide(facts: Facts) -> Standing:
    """One person after the other; the first who lacks a document says where the stage stands."""
    for person in facts.people:
        if not gates.has_document(facts, person):
            return wanting(facts, person)
    until = min(max(document.expires_on for document in person.documents) for person in facts.people)
    return Done(say("documents.complete"), gates.end_of(until, facts))


def wanting(facts: Facts, person: Traveller) -> Standing:
    """Lodge, look, and when the consulate refuses or stays silent, ask a person."""
    application = person.application
    subject = f"{facts.journey}.{person.id}"
    if application is None:
        lodging = attempt(facts, "lodge_application", subject, say("documents.lodge"), Party.CONSULATE)
        return lodging or ask_about(facts, person, "documents.not_taken")
    if application.status == "refused":
        return ask_about(facts, person, "documents.refused")
    if application.status in ENDED:
        return ask_about(facts, person, "documents.too_short")
    if facts.now >= application.lodged_at + facts.rules.time("consulate_silence"):
        return ask_about(facts, person, "documents.silent")
    look_at = application.looked_at + facts.rules.time("consulate_look")
    if facts.now < look_at:
        return Waiting(Party.CONSULATE, say("documents.waiting"), look_at, say("then.look_up"))
    return Doing("look_up_application", subject, say("documents.look"))


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
