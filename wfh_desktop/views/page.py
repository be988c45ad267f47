"""What all pages have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from typing_extensions import override

from wfh_desktop.domain.errors import Refusal, Unreachable
from wfh_desktop.domain.periods import Period
from wfh_desktop.views import errors, icons
from wfh_desktop.views.context import Context
from wfh_desktop.views.jobs import Job
from wfh_desktop.views.widgets.folding_button import fold_rows

if TYPE_CHECKING:
    from wfh_desktop.persistence.database import Work
    from wfh_desktop.persistence.models import Base
    from wfh_desktop.services.freshness import Mark

T = TypeVar("T")
EDITING = QAbstractItemView.State.EditingState
OWN_TIP, REFUSAL, HELD = "own_tool_tip", "refusal", "held"  # properties of widgets
LOW = 420  # pixels of height: a small screen, with the letters enlarged


@dataclass(frozen=True)
class Place:
    """Something a page can be asked to show; the page gives *part* its meaning."""

    page: str  # the key of a page: "attendance"
    part: str = ""  # "unclear", "waiting", "checks"
    key: int | None = None  # a record, mostly an employee
    day: date | None = None


@dataclass(frozen=True)
class Seen:
    """What a page knows of the state of the database that it shows."""

    kinds: frozenset[type[Base]]
    unit_ids: tuple[int, ...]
    period: Period
    marks: dict[str, Mark]


class Page(QWidget):
    """An entry of the navigation.

    It reloads when it is first shown, when another unit or month is chosen and whenever a job
    has changed one of the kinds of record it *watches*; a hidden page waits until it is shown
    again. Pages do not know each other: a page that wants another shown emits `navigate` with
    a `Place`; the window shows that page and calls its `visit`.

    Pages are imported after the database is open, so they may import services and models.
    """

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    watches: ClassVar[frozenset[type[Base]]] = frozenset()

    navigate = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._stale = True
        self._dressed = False
        self._turn = 0
        self._giving_way: list[QWidget] = []
        self._loading: Job | None = None
        self.seen: Seen | None = None  # of a shared database, to know when others change it
        context.jobs.changed.connect(self._on_changed)
        context.jobs.outdated.connect(self._on_outdated)
        context.scope.changed.connect(self._on_scope)
        context.scope.state_changed.connect(self._on_state)

    def reload(self) -> None:
        """Fetch what the page shows, by `load`."""
        raise NotImplementedError

    def load(self, task: Callable[[Work], T], then: Callable[[T], object]) -> None:
        """Run *task* as a job; of several calls only the last one's answer reaches *then*.

        Those before it are cancelled: whoever leafs through the months waits for one only.
        """
        self._turn += 1
        if self._loading is not None:
            self._loading.cancel()
        jobs, scope = self.context.jobs, self.context.scope
        watched = self.watches if jobs.shared else frozenset()
        self._loading = jobs.run(
            self,
            partial(_mark_and_load, task, watched, scope.unit_id, scope.period),
            partial(self._loaded, self._turn, then),
            refused=partial(self._not_loaded, self._turn),
        )

    def visit(self, place: Place) -> None:
        """Show what *place* names. It may be called before the page has loaded."""

    def state_changed(self) -> None:
        """Allow and forbid what the month's new state does."""

    def search(self) -> None:
        """Put the cursor into the page's search field, if it has one."""
        field = self.findChild(QLineEdit, "search_edit")
        if field is not None:
            field.setFocus()
            field.selectAll()

    def set_compact(self, compact: bool) -> None:
        """Show all tables tight, or with room."""
        from wfh_desktop.views.tables import DataTable

        for table in self.findChildren(DataTable):
            table.set_compact(compact)

    def refresh(self) -> None:
        """Reload now, or when the page is shown next."""
        self._stale = True
        self._refresh()

    def editing(self) -> bool:
        """Tell whether something is typed here that is not stored yet."""
        views = self.findChildren(QAbstractItemView)
        if any(one.isVisible() and one.state() == EDITING for one in views):
            return True
        if any(one.isVisible() and _typed_in(one) for one in self.findChildren(QLineEdit)):
            return True
        texts = self.findChildren(QPlainTextEdit)
        return any(one.isVisible() and one.document().isModified() for one in texts)

    def show_news(self) -> None:
        """Reload, and mark for a while the rows of tables that others changed."""
        from wfh_desktop.views.tables import DataTable

        for table in self.findChildren(DataTable):
            table.mark_changes()
        self.refresh()

    def give_way(self, widget: QWidget) -> None:
        """Hide *widget*, which only explains or sums up, for as long as the page is low."""
        self._giving_way.append(widget)
        widget.setHidden(self.height() < LOW)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for widget in self._giving_way:
            widget.setHidden(self.height() < LOW)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if not self._dressed:
            self._dressed = True
            icons.dress(self)
            fold_rows(self)
        super().showEvent(event)
        self._refresh()

    def _loaded(
        self, turn: int, then: Callable[[T], object], answer: tuple[Seen | None, T]
    ) -> None:
        if turn == self._turn:  # else a newer answer is on its way
            self._loading = None
            self.seen, loaded = answer
            then(loaded)

    def _not_loaded(self, turn: int, refusal: Refusal) -> None:
        """Try again when the page is shown next; that the line is broken is told elsewhere."""
        if turn != self._turn:
            return
        self._loading = None
        if isinstance(refusal, Unreachable) and not self.context.jobs.reachable:
            self._stale = True
        else:
            errors.show(self, refusal)

    def _on_changed(self, kinds: frozenset[type[Base]]) -> None:
        if kinds & self.watches:
            self.refresh()

    def _on_outdated(self) -> None:
        """Reload, unless that would take away what is typed."""
        if self.watches and not self.editing():
            self.refresh()

    def _on_scope(self) -> None:
        self.refresh()

    def _on_state(self) -> None:
        self.state_changed()

    def _refresh(self) -> None:
        if self._stale and self.isVisible() and self.context.scope.unit_id:
            self._stale = False
            self.reload()


def _typed_in(line: QLineEdit) -> bool:
    """Tell whether something is typed that has to be stored: no search, no year, no choice."""
    if not line.isModified() or "search" in line.objectName():
        return False
    return line.hasFocus() or not isinstance(line.parentWidget(), QAbstractSpinBox | QComboBox)


def _mark_and_load(
    task: Callable[[Work], T],
    kinds: frozenset[type[Base]],
    unit_id: int,
    period: Period,
    work: Work,
) -> tuple[Seen | None, T]:
    """Note the state of what is watched before it is loaded: any change after that is seen."""
    if not kinds:
        return None, task(work)
    from wfh_desktop.services import units

    inside = units.during(work, unit_id, period)
    above = [row.id for row in units.path(work, unit_id, period.last)]
    seen = Seen(kinds, (*inside, *above), period, {})
    return replace(seen, marks=look_again(seen, work)), task(work)


def look_again(seen: Seen, work: Work) -> dict[str, Mark]:
    """Return the state of what a page shows as it is by now."""
    from wfh_desktop.services import freshness

    return freshness.marks(work, seen.kinds, seen.unit_ids, seen.period)


def permit(widget: QWidget, refusal: str = "") -> None:
    """Enable *widget*, or disable it with the reason in its tool tip.

    Its own tool tip comes back when it is enabled again.
    """
    if widget.property(OWN_TIP) is None:
        widget.setProperty(OWN_TIP, widget.toolTip())
    widget.setProperty(REFUSAL, refusal)
    _allow(widget)


def hold(window: QWidget, why: str) -> None:
    """Disable all that needs a permission in *window* for as long as there is a reason *why*."""
    if (window.property(HELD) or "") == why:
        return
    window.setProperty(HELD, why)
    for widget in window.findChildren(QWidget):
        if widget.property(OWN_TIP) is not None and widget.window() is window:
            _allow(widget)


def _allow(widget: QWidget) -> None:
    refusal = widget.property(REFUSAL) or widget.window().property(HELD) or ""
    widget.setEnabled(not refusal)
    widget.setToolTip(refusal or widget.property(OWN_TIP))
