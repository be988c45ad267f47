"""Passwords that the operating system keeps for its user, where it can; nowhere else.

Windows has its credential manager, macOS its keychain, a Linux desktop a secret service. What
only looks like one, such as a file with readable text, is not used.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy import make_url

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)
SERVICE = "WFH Desktop"
TRUSTED = 1  # priority from which the library recommends a keyring


def available() -> bool:
    """Tell whether a password can be kept on this computer."""
    return _keyring() is not None


def keep(url: str, password: str) -> bool:
    """Keep the password for the database *url*; tell whether that was possible."""
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        keyring.set_password(SERVICE, _name(url), password)
    except Exception as error:  # each system's keyring has faults of its own
        _note(error)
        return False
    return True


def recall(url: str) -> str:
    """Return the password kept for the database *url*; empty if there is none."""
    keyring = _keyring()
    if keyring is None:
        return ""
    try:
        return keyring.get_password(SERVICE, _name(url)) or ""
    except Exception as error:  # each system's keyring has faults of its own
        _note(error)
        return ""


def forget(url: str) -> None:
    """Keep no password for the database *url* any more."""
    keyring = _keyring()
    if keyring is None:
        return
    try:
        if keyring.get_password(SERVICE, _name(url)) is not None:
            keyring.delete_password(SERVICE, _name(url))
    except Exception as error:  # each system's keyring has faults of its own
        _note(error)
        return


def _note(error: Exception) -> None:
    """Say in the log of what kind the fault was, and nothing of what was to be kept."""
    log.warning("the keyring failed: %s", type(error).__name__)


def _keyring() -> KeyringBackend | None:
    """Return the keyring of the system; None if there is none to be trusted."""
    try:
        import keyring

        found = keyring.get_keyring()
        asked = getattr(found, "backends", [found])  # one that asks several keeps in the first
        trusted = bool(asked) and all(float(one.priority) >= TRUSTED for one in asked)
    except Exception:
        return None
    return found if trusted else None


def _name(url: str) -> str:
    """Return under which name a password is kept: who signs in to what, and where."""
    address = make_url(url)
    said = address.query.get("host", ())
    hosts = said if isinstance(said, str) else ",".join(said)
    port = f":{address.port}" if address.port else ""
    return f"{address.username}@{address.host or hosts}{port}/{address.database}"
