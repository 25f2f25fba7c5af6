"""How each kind of fact is written down; ``FACTS`` is the table of them."""

from workflows.records.contact import keep_code_word, keep_contact, keep_unsafe
from workflows.records.counselling import partner_of
from workflows.records.table import FACTS
from workflows.records.travel_document import keep_document

__all__ = ["FACTS", "keep_code_word", "keep_contact", "keep_document", "keep_unsafe", "partner_of"]
