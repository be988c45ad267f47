"""The trace of every change: its history in words, the chain that seals it, its anchors."""

from __future__ import annotations

from wfh_desktop.domain.chain import Anchor
from wfh_desktop.services.audit.anchors import Kept, Watch, folder, forget, remember, watch, write
from wfh_desktop.services.audit.history import ChangeRow, history, history_of_day
from wfh_desktop.services.audit.sealing import head, holds, installation, seal
from wfh_desktop.services.audit.verifying import Verdict, verify

__all__ = [
    "Anchor",
    "ChangeRow",
    "Kept",
    "Verdict",
    "Watch",
    "folder",
    "forget",
    "head",
    "history",
    "history_of_day",
    "holds",
    "installation",
    "remember",
    "seal",
    "verify",
    "watch",
    "write",
]
