"""The documents of a person: in whose hands, used or not, and whose name they print."""

from datetime import datetime

import iso3166

from models import departure
from models.document_names import Names, names_differ
from models.person import Person
from models.travel_document import Custody, Holder, PaperWord, TravelDocument
from workflows import facts as f
from workflows.gather.reader import Reader


def documents_of(read: Reader, person: Person) -> tuple[f.Document, ...]:
    """Everything one person could travel on."""
    rows = [row for row in read.all(TravelDocument) if row.person_id == person.id]
    return tuple(document(read, person, row) for row in rows)


def document(read: Reader, person: Person, row: TravelDocument) -> f.Document:
    """One document."""
    names = printed_names(read, row)
    return f.Document(
        row.kind, row.expires_on, str(row.id), alpha2(row.country), row.issued_on, row.single_journey,
        used=is_used(read, row), holder=holder_of(read, row), printed=names is not None,
        name=name_of(read, person, row, names) if names else "",
    )  # fmt: skip


def alpha2(country: str) -> str:
    """A country's two letters from its three; as it stands where it is none of ISO 3166."""
    known = iso3166.countries_by_alpha3.get(country)
    return str(known.alpha2) if known else country


def printed_names(read: Reader, row: TravelDocument) -> Names | None:
    """Given and family name as the document prints them; None where that is not known."""
    family = read.vault.open(row, "family_name")
    return None if family is None else (str(read.vault.open(row, "given_names") or ""), str(family))


def name_of(read: Reader, person: Person, row: TravelDocument, names: Names) -> str:
    """Empty where the printed name can be the recorded one; else what somebody said of it, or that it differs."""
    said = [word for word in read.all(PaperWord) if (word.kind, word.subject) == ("document_name", str(row.id))]
    if said:
        return "confirmed" if read.vault.open(said[-1], "said")["theirs"] else "another"
    recorded = (str(read.vault.open(person, "given_names")), str(read.vault.open(person, "family_name")))
    return "differs" if names_differ(recorded, names) else ""


def holder_of(read: Reader, row: TravelDocument) -> str:
    """In whose hands it is, by the newest row of its log; empty for its owner's."""
    log = [custody for custody in read.all(Custody) if custody.document_id == row.id]
    holder = str(read.vault.open(log[-1], "holder")) if log else Holder.PERSON.value
    return "" if holder == Holder.PERSON.value else holder


def is_used(read: Reader, row: TravelDocument) -> bool:
    """A document for one journey, with which somebody has left on an earlier one."""
    left: list[datetime] = [
        boarding.departed_at
        for boarding in read.all(departure.Boarding)
        if boarding.departed_at and boarding.journey < read.case.journey
    ]
    return row.single_journey and any(at > row.at for at in left)


def tickets(read: Reader, person: Person) -> dict[str, bool]:
    """For each ticket that somebody read: whether its name is that of a document."""
    names = [names for row in read.all(TravelDocument) if row.person_id == person.id
             if (names := printed_names(read, row))]  # fmt: skip
    words = [word for word in read.all(PaperWord) if (word.kind, word.person_id) == ("ticket_name", person.id)]
    return {word.subject: fits_any(read.vault.open(word, "said"), names) for word in words}


def fits_any(ticket: dict[str, str], documents: list[Names]) -> bool:
    """Whether a name read on a ticket can be one of these; with none known, it cannot be said to differ."""
    said = (ticket["given_names"], ticket["family_name"])
    return not documents or any(names_differ(said, names) is None for names in documents)
