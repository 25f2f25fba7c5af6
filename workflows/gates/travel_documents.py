"""Documents that are valid on the travel day."""

from workflows.facts import Facts, Traveller
from workflows.standing import Said, say


def documents(facts: Facts) -> Said | None:
    """Everybody holds a document that is valid on the travel day with its buffer."""
    return None if all(has_document(facts, person) for person in facts.people) else say("documents.missing")


def has_document(facts: Facts, person: Traveller) -> bool:
    """A document that outlives the travel day by the buffer of its kind (domain.md §1.8)."""
    return any(
        document.expires_on >= facts.travel_day + facts.rules.time(f"buffer_{document.kind}")
        for document in person.documents
    )
