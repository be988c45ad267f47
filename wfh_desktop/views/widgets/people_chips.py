"""People as chips: typed by part of a name, taken out by a click or by Backspace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from typing_extensions import override

from wfh_desktop.views.labels import fold
from wfh_desktop.views.widgets.flow import FlowLayout

ROOM = 108  # pixels: the height from which the chips scroll
FIELD = 190


class PeopleChips(QScrollArea):
    """Collects people from those offered; `people_changed` tells of every change."""

    people_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: dict[int, str] = {}
        self._kept: frozenset[int] = frozenset()
        self._chips: dict[int, QPushButton] = {}
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("Ketik nama, lalu Enter")
        self.edit.setAccessibleName("Tambah pegawai")
        self.edit.setFixedWidth(FIELD)
        self.edit.installEventFilter(self)
        self.all_button = QPushButton("Semua")
        self.all_button.setProperty("link", True)
        self.all_button.setToolTip("Pilih semua pegawai unit ini")
        self.all_button.setAutoDefault(False)
        self._offer = QStringListModel(self)
        self._completer = QCompleter(self._offer, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.edit.setCompleter(self._completer)
        inner = QFrame()
        self._flow = FlowLayout(inner)
        self._flow.addWidget(self.edit)
        self._flow.addWidget(self.all_button)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusProxy(self.edit)
        self._completer.activated.connect(self._completed, Qt.ConnectionType.QueuedConnection)
        self.edit.returnPressed.connect(self._entered)
        self.all_button.clicked.connect(self._add_all)

    @property
    def people(self) -> list[int]:
        """The people chosen, in the order of choosing."""
        return list(self._chips)

    def offer(self, names: dict[int, str]) -> None:
        """Let people be chosen from *names*, in their order."""
        self._names = names
        self._update_offer()

    def choose(self, people: Iterable[int], *, kept: bool = False) -> None:
        """Add *people*; those to be *kept* cannot be taken out again."""
        chosen = [key for key in people if key in self._names and key not in self._chips]
        if kept:
            self._kept |= frozenset(chosen)
        for key in chosen:
            self._add(key)
        self._changed()

    def replace(self, people: Iterable[int]) -> None:
        """Choose *people* instead of all that can be taken out."""
        wanted = list(people)
        for key in [one for one in self._chips if one not in wanted and one not in self._kept]:
            self._take(key)
        self.choose(wanted)

    def name(self, key: int) -> str:
        """Return how a person is called here."""
        return self._names.get(key, str(key))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and _erases(event) and not self.edit.text():
            self._take_last()
            return True
        if watched is self.widget() and event.type() in (
            QEvent.Type.LayoutRequest,
            QEvent.Type.Resize,
        ):
            self._adjust()
        return super().eventFilter(watched, event)

    def _adjust(self) -> None:
        """Take as much height as the chips need, up to where they scroll."""
        needed = self._flow.heightForWidth(self.viewport().width())
        self.setFixedHeight(min(needed, ROOM) + 2 * self.frameWidth())
        if self.edit.hasFocus():
            self.ensureWidgetVisible(self.edit)

    def _add(self, key: int) -> None:
        chip = QPushButton(f"{self._names[key]}  ✕")
        chip.setProperty("chip", True)
        chip.setAutoDefault(False)
        if key in self._kept:
            chip.setText(self._names[key])
            chip.setEnabled(False)
            chip.setToolTip("Sudah menerima tugas ini; batalkan bagiannya dari panel tugas")
        else:
            chip.setToolTip(f"Keluarkan {self._names[key]}")
        chip.clicked.connect(partial(self._take, key))
        self._flow.insert(len(self._chips), chip)
        self._chips[key] = chip

    def _take(self, key: int, _: bool = False) -> None:
        chip = self._chips.pop(key)
        self._flow.removeWidget(chip)
        chip.deleteLater()
        self.edit.setFocus()
        self._changed()

    def _take_last(self) -> None:
        removable = [key for key in self._chips if key not in self._kept]
        if removable:
            self._take(removable[-1])

    def _add_all(self) -> None:
        self.choose(self._names)

    def _completed(self, name: str) -> None:
        key = next((one for one in self._free() if self._names[one] == name), None)
        self.edit.clear()
        if key is not None:
            self.choose([key])

    def _entered(self) -> None:
        """Take the person whose name holds all words typed, if there is just one."""
        words = fold(self.edit.text()).split()
        found = [
            key for key in self._free() if all(word in fold(self._names[key]) for word in words)
        ]
        if words and len(found) == 1:
            self.edit.clear()
            self.choose(found)

    def _free(self) -> Sequence[int]:
        return [key for key in self._names if key not in self._chips]

    def _changed(self) -> None:
        self._update_offer()
        self.all_button.setVisible(bool(self._free()))
        self.people_changed.emit()

    def _update_offer(self) -> None:
        self._offer.setStringList([self._names[key] for key in self._free()])


def _erases(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.KeyPress
        and event.key() == Qt.Key.Key_Backspace
    )
