"""The text that a consent names where nothing else is said: our current one, in the language it was given in."""

from collections.abc import Mapping

from pydantic import BaseModel

from api.documents import texts as signed
from models.consent import ConsentKind

NAMES = ("text_version", "text_hash")
BY_MODEL: Mapping[str, ConsentKind] = {
    "DataConsentIn": ConsentKind.DATA,
    "DeclarationIn": ConsentKind.DECLARATION,
    "TransferIn": ConsentKind.TRANSFER,
    "AssentIn": ConsentKind.ASSENT,
}
# What a consent inside of another fact is for; the texts differ in what binds the recipient.
PURPOSES: Mapping[str, str] = {"AuthorityDisclosureIn": "authority", "TrustedContactIn": "contact"}
BY_FIELD: Mapping[str, ConsentKind] = {"data_consent": ConsentKind.DATA, "consent": ConsentKind.TRANSFER}


def kind_of(model: type[BaseModel], prefix: str) -> ConsentKind | None:
    """Which of our texts a consent is about: by its model, or by the field that it stands in."""
    if not set(NAMES) <= set(model.model_fields):
        return None
    return BY_MODEL.get(model.__name__) or BY_FIELD.get(prefix.rstrip(".").rpartition(".")[2])


def current(model: type[BaseModel], prefix: str, language: object, fact: str = "") -> dict[str, str]:
    """Version and hash of the text that is signed now; nothing where we have none in this language.

    ``fact``: the name of the model that the consent stands in.
    """
    kind = kind_of(model, prefix)
    if kind is None or not isinstance(language, str):
        return {}
    try:
        text = signed.consent_text(kind, language, PURPOSES.get(fact, ""))
    except ValueError:
        return {}
    return {"text_version": text.version, "text_hash": text.sha256}
