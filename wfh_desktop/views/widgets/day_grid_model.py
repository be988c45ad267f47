"""The model of the day grid: what was typed, what may be taken back, what has to be stored."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop.domain.attendance import Status
from wfh_desktop.domain.errors import Invalid
from wfh_desktop.domain.merging import Difference, Standing
from wfh_desktop.services.attendance import GridRow
from wfh_desktop.services.attendance_entry import Change, EntryDraft
from wfh_desktop.views import theme
from wfh_desktop.views.widgets.day_lines import FIELDS, Field, Line, draft, line_of, meaning
from wfh_desktop.views.widgets.day_marks import described, tip

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
UNDO = 100
NAME, CODE, STATUS = 0, 1, 5
TITLES = ("Pegawai", "Isian", "Masuk", "Pulang", "Catatan", "Status menurut data")
TIPS = (
    "",
    "h WFO, w WFH, p piket, d dinas luar, s sakit, i izin, c cuti (CT, CB, ...), "
    "a tanpa keterangan, atau jam: 0731, 0731-1616",
    "Jam masuk: 0731, 7.31 atau 07:31",
    "Jam pulang: 1616, 16.16 atau 16:16",
    "Keterangan singkat",
    "Status hari ini menurut semua sumber yang tersimpan",
)
TONES = {Status.UNCLEAR: "attention", Status.ABSENT: "bad"}


class GridModel(QAbstractTableModel):
    """The lines of one day; every change goes through the undo stack until it is saved."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[GridRow] = ()
        self.day: date | None = None
        self.closed = ""  # why nothing may be typed
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO)
        self._lines: list[Line] = []

    def show(self, rows: Sequence[GridRow], day: date) -> None:
        """Show another day, or the same after it was saved; nothing can be undone any more."""
        self.beginResetModel()
        self.rows, self.day = rows, day
        self._lines = [line_of(row.said) for row in rows]
        self.undo_stack.clear()
        self.endResetModel()
        self.changed.emit()

    def settle(self, changes: Iterable[Change]) -> None:
        """Take what was typed as stored, so that it can be changed further at once."""
        stored = {change.employee_id: change for change in changes}
        self.rows = [
            replace(row, said=stored[row.id].after, version=stored[row.id].version)
            if row.id in stored
            else row
            for row in self.rows
        ]
        self.show(self.rows, self.day or date.min)

    def clashes(self, rows: Sequence[GridRow]) -> list[Difference]:
        """Return the people whose day was typed here and stored otherwise in *rows* meanwhile."""
        now = {row.id: line_of(row.said) for row in rows}
        found = [
            Difference(row.id, line_of(row.said), self._lines[number], now[row.id])
            for number, row in enumerate(self.rows)
            if self._differs(number) and row.id in now
        ]
        return [one for one in found if one.standing is Standing.BOTH]

    def renew(self, rows: Sequence[GridRow], given_up: Container[int] = ()) -> None:
        """Show what is stored by now; what was typed and not *given up* stays typed."""
        typed = {
            row.id: self._lines[number]
            for number, row in enumerate(self.rows)
            if self._differs(number) and row.id not in given_up
        }
        self.show(rows, self.day or date.min)
        self.put({number: typed[row.id] for number, row in enumerate(rows) if row.id in typed})

    def type_into(self, texts: Mapping[tuple[int, Field], str], name: str = "Isi") -> None:
        """Type several cells at once, as one step that can be undone."""
        after: dict[int, Line] = {}
        for (row, field), text in texts.items():
            after[row] = after.get(row, self._lines[row]).typed(field, text)
        before = {row: self._lines[row] for row in after}
        if before != after and not self.closed:
            self.undo_stack.push(_Typing(self.put, before, after, name))

    def put(self, lines: Mapping[int, Line]) -> None:
        """Replace lines; only undoing and redoing call this."""
        for row, line in lines.items():
            self._lines[row] = line
        if lines:
            corner = self.index(min(lines), NAME)
            self.dataChanged.emit(corner, self.index(max(lines), STATUS))
        self.changed.emit()

    def drafts(self) -> list[EntryDraft]:
        """Return what has to be stored; raise `Invalid` while a line cannot be understood."""
        assert self.day is not None
        found = (
            draft(row, line, self.day) for row, line in zip(self.rows, self._lines, strict=True)
        )
        return [one for one in found if one]

    @property
    def faults(self) -> list[int]:
        """The lines that cannot be understood."""
        return [row for row in range(len(self._lines)) if self._fault(row)]

    @property
    def unsaved(self) -> int:
        """How many lines differ from what is stored."""
        return sum(map(self._differs, range(len(self._lines))))

    def text(self, row: int, field: Field) -> str:
        """Return what stands in a cell."""
        return str(getattr(self._lines[row], field))

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(TITLES)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual if self.closed or not _field(index) else usual | Qt.ItemFlag.ItemIsEditable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, field = index.row(), _field(index)
        if field is None:
            return _fixed(self.rows[row], index.column(), role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text(row, field)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.closed or meaning(self._lines[row]) or TIPS[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and field in self._fault(row):
            return theme.colour("bad")
        if role == Qt.ItemDataRole.BackgroundRole and self._differs(row):
            return theme.colour("bad_ground" if field in self._fault(row) else "attention_ground")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            what = self.text(row, field) or "kosong"
            return f"{self.rows[row].person.name}, {TITLES[index.column()]}: {what}"
        return None

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        field = _field(index)
        if field is None or role != Qt.ItemDataRole.EditRole:
            return False
        self.type_into({(index.row(), field): str(value)})
        return True

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        return {
            Qt.ItemDataRole.DisplayRole: TITLES[section],
            Qt.ItemDataRole.ToolTipRole: TIPS[section],
            Qt.ItemDataRole.TextAlignmentRole: Qt.AlignmentFlag.AlignLeft
            | Qt.AlignmentFlag.AlignVCenter,
        }.get(Qt.ItemDataRole(role))

    def _differs(self, row: int) -> bool:
        try:
            return self._lines[row].said() != self.rows[row].said
        except Invalid:
            return True

    def _fault(self, row: int) -> set[str]:
        try:
            self._lines[row].said()
        except Invalid as refusal:
            return {problem.field for problem in refusal.problems}
        return set()


class _Typing(QUndoCommand):
    """One step: some lines before and after."""

    def __init__(
        self,
        put: Callable[[Mapping[int, Line]], None],
        before: Mapping[int, Line],
        after: Mapping[int, Line],
        name: str,
    ) -> None:
        super().__init__(name)
        self._put, self._before, self._after = put, before, after

    @override
    def undo(self) -> None:
        self._put(self._before)

    @override
    def redo(self) -> None:
        self._put(self._after)


def _field(index: Index) -> Field | None:
    return FIELDS[index.column() - 1] if 1 <= index.column() <= len(FIELDS) else None


def _fixed(row: GridRow, column: int, role: int) -> Any:
    """Return name or status of a line."""
    if role == Qt.ItemDataRole.DisplayRole:
        return row.person.name if column == NAME else described(row.verdict)
    if role == Qt.ItemDataRole.ToolTipRole:
        return tip(row.person.name, row.verdict)
    if role == Qt.ItemDataRole.ForegroundRole and column == STATUS:
        return theme.colour(TONES.get(row.verdict.status, "muted"))
    return None
