"""The pages: server-rendered, usable without JavaScript, in the reader's language.

Every module in these rooms that has a ``router`` is found here, so that a page is added by its own file alone.
"""

from importlib import import_module
from pkgutil import walk_packages

from fastapi import APIRouter


def routers() -> tuple[APIRouter, ...]:
    """The routers of all page modules, in the order of their names."""
    names = sorted(found.name for found in walk_packages(__path__, f"{__name__}.") if not found.ispkg)
    found = (getattr(import_module(name), "router", None) for name in names)
    return tuple(one for one in found if isinstance(one, APIRouter))
