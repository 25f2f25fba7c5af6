"""Records how people may be reached: channels, what is not safe, code words; and stops every message at once."""

import hmac
import unicodedata
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from models.database import keyring_of, vault_of
from models.person import CodeWord, Contact, ContactWord, Person, UnsafeAddress
from models.stage import Role
from models.vault import blind_index
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.find_duplicates import look_for_duplicates
from workflows.gather import gather
from workflows.records.common import PROTECTION, STAFF, about, person, principal

NEAR = (*STAFF, *PROTECTION, Role.SHELTER_PARTNER, Role.MEDICAL_OFFICER, Role.MOVEMENT_OFFICER)
BY_THEMSELVES = ("in_person", "code_word")


def whom(r: Recording) -> Person:
    """The person named, else the principal."""
    return person(r) if r.body.person else principal(r.session, r.case)


def address_index(r: Recording, address: str) -> str:
    """The same fingerprint for a number whatever channel it is given for."""
    return blind_index(keyring_of(r.session), "address", address)


def keep_contact(r: Recording, who: UUID, said: i.ContactIn, how: str) -> None:
    """A channel. Raises Wrong when somebody of the case said that it is not safe."""
    index = address_index(r, said.address)
    refused = select(UnsafeAddress.id).where(UnsafeAddress.case_id == r.case.id, UnsafeAddress.address_index == index)
    if r.session.exec(refused).first():
        raise Wrong("not_safe", "address: this was recorded as not safe; ask the person alone for another one.",
                    "contact.address")  # fmt: skip
    row = Contact(
        **r.row, person_id=who, channel=said.channel, zone=said.zone, from_hour=said.from_hour, to_hour=said.to_hour,
        messages=said.messages, preference=said.preference, how=how, verified_at=r.now, address_index=index,
    )  # fmt: skip
    r.save(row, address=said.address, rules=said.rules)


def keep_unsafe(r: Recording, who: UUID, said: i.UnsafeIn) -> None:
    """A number that must never be used, whatever it was called before."""
    for older in r.session.exec(
        select(Contact).where(Contact.case_id == r.case.id, col(Contact.address_index).is_(None))
    ):
        older.address_index = address_index(r, vault_of(r.session).open(older, "address"))
    row = UnsafeAddress(**r.row, person_id=who, address_index=address_index(r, said.address))
    r.save(row, address=said.address, why=said.why)


def safe_contact(r: Recording) -> None:
    """A channel from now on, or the word that none is safe."""
    who = whom(r)
    if not is_themselves(r, who):
        return
    if r.body.replaces:
        end(r, about(r, Contact, "replaces"))
    if r.body.contact is None:
        r.save(ContactWord(**r.row, person_id=who.id, word="none_safe"))
    else:
        keep_contact(r, who.id, r.body.contact, r.body.how)
        look_for_duplicates(r, who)


def is_themselves(r: Recording, who: Person) -> bool:
    """Whether it is the person who asks. False for the duress word: nothing changes then but that all messages stop.

    Raises Refused for a wrong word, and for a victim whose channel would change on a call alone.
    """
    if r.body.how == "code_word" and not says_code_word(r, who):
        r.save(ContactWord(**r.row, person_id=who.id, word="duress"))
        return False
    if r.body.how not in BY_THEMSELVES and has_contact(r, who) and gather(r.session, r.case, r.now).is_victim:
        raise Refused("not_themselves", "Change it only in person or with the code word, so that nobody else "
                      "can lead us to the person.", "how")  # fmt: skip
    return True


def says_code_word(r: Recording, who: Person) -> bool:
    """True for the code word, False for the duress word. Raises Refused for anything else."""
    rows = r.session.exec(select(CodeWord).where(CodeWord.person_id == who.id).order_by(col(CodeWord.at))).all()
    said, vault = folded(r.body.code_word or ""), vault_of(r.session)
    if rows and hmac.compare_digest(said, folded(vault.open(rows[-1], "word") or "")):
        return True
    duress = vault.open(rows[-1], "duress") if rows else None
    if duress and hmac.compare_digest(said, folded(duress)):
        return False
    raise Refused("wrong_code_word", "This is not the code word; change the contact when you meet the person.",
                  "code_word")  # fmt: skip


def folded(word: str) -> bytes:
    """A word as it sounds, whatever the keyboard: the Turkish dotted and dotless i are one here (F48)."""
    letters = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i"))
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).split()).encode()


def has_contact(r: Recording, who: Person) -> bool:
    """Whether there is anything to change."""
    return r.session.exec(select(Contact.id).where(Contact.person_id == who.id)).first() is not None


def end(r: Recording, row: Contact) -> None:
    """A later word on the same address: no longer safe."""
    again(r, row, safe=False)


def opt_out(r: Recording, row: Contact) -> None:
    """The person wants no messages there: it may be called, and is written to no more."""
    again(r, row, safe=row.safe, messages=False, how="opt_out")


def again(r: Recording, row: Contact, *, safe: bool, **over: Any) -> None:
    """The same channel, seen anew."""
    kept = row.model_dump(exclude={"id", "at", "by", "journey", "case_id", "safe", "verified_at", "address", "rules"})
    kept["address_index"] = row.address_index or address_index(r, vault_of(r.session).open(row, "address"))
    if row.address_index is None:  # written before addresses had an index: from now on it has one
        row.address_index = kept["address_index"]
    vault = vault_of(r.session)
    verified_at = r.now if safe and not over else row.verified_at
    new = Contact(**{**r.row, **kept, **over}, safe=safe, verified_at=verified_at)
    r.save(new, address=vault.open(row, "address"), rules=vault.open(row, "rules"))


def contact_confirmation(r: Recording) -> None:
    """The channel still reaches the person, or is not used again."""
    again(r, about(r, Contact), safe=r.body.confirmed)


def contact_unsafe(r: Recording) -> None:
    """Every message stops until a channel is called safe again."""
    r.save(ContactWord(**r.row, person_id=whom(r).id, word="unsafe"), reason=r.body.reason)


def unsafe_address(r: Recording) -> None:
    """A number or address that somebody else reads."""
    keep_unsafe(r, whom(r).id, r.body)


def keep_code_word(r: Recording, who: UUID, said: i.CodeWordIn) -> None:
    """The newest word counts."""
    r.save(CodeWord(**r.row, person_id=who), word=said.word, duress=said.duress)


def code_word(r: Recording) -> None:
    """A code word, agreed face to face."""
    keep_code_word(r, whom(r).id, r.body)


FACTS = (
    Fact("contact_change", i.SafeContactIn, (*STAFF, Role.PROTECTION_OFFICER, Role.SHELTER_PARTNER), safe_contact),
    Fact("contact_confirmation", i.ContactConfirmationIn, NEAR, contact_confirmation),
    Fact("contact_unsafe", i.ContactUnsafeIn, NEAR, contact_unsafe),
    Fact("unsafe_address", i.UnsafeAddressIn, NEAR, unsafe_address),
    Fact("code_word", i.CodeWordOfIn, (*STAFF, Role.PROTECTION_OFFICER), code_word),
)
