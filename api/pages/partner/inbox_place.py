"""A question about a place in the inbox of a partner's account: the same pages as on a phone."""

from api.pages.partner.asking import asking
from api.pages.partner.visitor import inbox_place_visitor

router = asking("/inbox/places/{question_id}", inbox_place_visitor)
