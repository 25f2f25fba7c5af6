"""The pages: server-rendered, usable without JavaScript, in the reader's language.

Every module in these rooms that has a ``router`` is found here, so that a page is added by its own file alone.
"""

from importlib import import_module
from pkgutil import walk_packages

from fastapi import APIRouter


def routers() -> tuple[APIRouter, ...]:
    """The routers of all page modules, in the order of their names; first those that say ``GOES_FIRST``, because an

    address of theirs would fit another's pattern too (``/cases/new`` and ``/cases/{ref}``).
    """
    names = sorted(found.name for found in walk_packages(__path__, f"{__name__}.") if not found.ispkg)
    modules = sorted((import_module(name) for name in names), key=lambda one: not getattr(one, "GOES_FIRST", False))
    found = (getattr(module, "router", None) for module in modules)
    return tuple(one for one in found if isinstance(one, APIRouter))
