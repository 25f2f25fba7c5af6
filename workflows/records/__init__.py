"""How each kind of fact is written down; ``FACTS`` is the table of them."""

from workflows.records.counselling import partner_of
from workflows.records.table import FACTS
from workflows.records.travel_document import keep_document

__all__ = ["FACTS", "keep_document", "partner_of"]
