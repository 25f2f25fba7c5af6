"""Offers a case without identity, answers, tells who comes after acceptance and when 48 hours before, and recalls."""

from workflows.actions.partner_handover.offer import of_handover
from workflows.actions.partner_handover.table import ACTIONS

__all__ = ["ACTIONS", "of_handover"]
