"""Signing in through an organisation's own provider (OpenID Connect), an extra. See README.md."""

from integrations.identity.contract import Identity, IdentityProvider, NotProven
from integrations.identity.opening import NotInstalled, open_identity

__all__ = ["Identity", "IdentityProvider", "NotInstalled", "NotProven", "open_identity"]
