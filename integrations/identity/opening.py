"""Opens the provider, if the library for it is there."""

from integrations.identity.contract import IdentityProvider


class NotInstalled(RuntimeError):
    """The extra is missing; the text says what to do."""


def open_identity(issuer: str, client_id: str, secret: str, *, timeout: float = 10.0) -> IdentityProvider:
    """The provider at an issuer's address. Raises NotInstalled."""
    try:
        from integrations.identity.oidc import OidcProvider  # noqa: PLC0415  Authlib is an extra
    except ImportError:
        raise NotInstalled(
            "SILA_OIDC_ISSUER is set, but Authlib is not installed: install the extra, `pip install sila[oidc]`, "
            "or leave SILA_OIDC_ISSUER empty."
        ) from None
    return OidcProvider(issuer, client_id, secret, timeout=timeout)
