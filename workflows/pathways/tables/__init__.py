"""The forms of the tables of rules, one file a noun. Importing this package makes them all known."""

from importlib import import_module
from pkgutil import iter_modules

for module in iter_modules(__path__, f"{__name__}."):
    import_module(module.name)
