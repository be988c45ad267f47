"""Keeps what is typed in a dialog until it is stored, and offers what an earlier one left."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QDialog

from wfh_desktop import words
from wfh_desktop.views.context import Context
from wfh_desktop.views.drafts import Draft, Drafts
from wfh_desktop.views.jobs import Progress
from wfh_desktop.views.widgets import typed
from wfh_desktop.views.widgets.message_bar import MessageBar

PAUSE = 1_000  # milliseconds between two looks at what is typed
LEFT = "Ada isian yang belum tersimpan dari{since}."


class DraftKeeper(QObject):
    """Looks at the fields now and then; `resumed` carries the draft that is to be gone on with.

    It does nothing where there is nowhere to keep a draft, nor in a dialog that asks a secret.
    """

    resumed = Signal(object)

    def __init__(self, context: Context, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._context = context
        self._dialog = dialog
        self._key = ""
        self._version = 0
        self._base: dict[str, Any] = {}
        self._kept: dict[str, Any] = {}  # what is on the disk, as far as this dialog wrote it
        self.bar: MessageBar | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(PAUSE)
        self._clock.timeout.connect(self.look)

    def begin(self, key: str, base: dict[str, Any], row: Any) -> None:
        """Keep what differs from *base*, the fields as they were filled, from now on."""
        drafts = self._context.drafts
        if drafts.folder is None or not base or self._clock.isActive():
            return
        self._key, self._base, self._kept = key, base, base
        self._version = row.version if row else 0
        self._clock.start()
        self._context.jobs.compute(self._dialog, partial(_find, drafts, key), self._offer)

    def look(self) -> None:
        """Keep what is typed, if it is not what is kept already."""
        now = typed.values(self._dialog)
        drafts = self._context.drafts
        if not self._key or now == self._kept:
            return
        self._kept = now
        if now == self._base:
            drafts.drop(self._key)
        else:
            drafts.keep(self._key, now, self._base, self._version)

    def end(self) -> None:
        """Forget what was typed: it is stored."""
        self._clock.stop()
        if self._key:
            self._context.drafts.drop(self._key)

    def give_up(self) -> None:
        """Forget what was typed; what an earlier dialog left stays, if it was not looked at."""
        offered = self.bar is not None and not self.bar.isHidden()
        if not (offered and self._kept == self._base):
            self.end()

    def _offer(self, draft: Draft | None) -> None:
        layout = self._dialog.layout()
        if draft is None or draft.typed == typed.values(self._dialog):
            return
        assert isinstance(layout, QBoxLayout)
        self.bar = MessageBar(self._dialog)
        layout.insertWidget(0, self.bar)
        self.bar.say(
            LEFT.format(since=words.since(draft.moment).removeprefix(" pada")),
            "attention",
            "Lanjutkan",
            partial(self._resume, draft),
        )
        self.bar.offer_other("Buang", self._throw_away)

    def _resume(self, draft: Draft) -> None:
        self._version, self._base = draft.version, draft.base
        self._hide()
        self.resumed.emit(draft)

    def _throw_away(self) -> None:
        self._hide()
        if self._kept == self._base:
            self._context.drafts.drop(self._key)

    def _hide(self) -> None:
        if self.bar is not None:
            self.bar.clear()


def _find(drafts: Drafts, key: str, _: Progress) -> Draft | None:
    return drafts.find(key).result()
