"""The way in to a question about a place: the same as to a handover, by a link of its own kind."""

from api.pages.partner.link import entrance
from api.pages.partner.visitor import PLACE, place_visitor

router = entrance(PLACE, place_visitor)
