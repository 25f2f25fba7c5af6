"""A question about a place on a phone, without an account: what its link opens, at an address that says nothing."""

from api.pages.partner.asking import asking
from api.pages.partner.visitor import place_visitor

router = asking("/p", place_visitor)
