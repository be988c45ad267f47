"""The dialog in which the work hours of a unit are typed, day by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from functools import partial
from typing import Any

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QCheckBox, QSpinBox, QTimeEdit, QWidget
from typing_extensions import override

from wfh_desktop.domain.calendar import DAYS, PRESETS, DayHours, Preset
from wfh_desktop.forms.schedule_dialog import Ui_ScheduleDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import calendar
from wfh_desktop.services.calendar import ScheduleDraft, ScheduleRow
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import entry
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.widgets import choices

OWN = "(disusun sendiri)"
USUAL = DayHours(time(7, 30), time(16), 60)


class ScheduleDialog(EntryDialog):
    """Adds work hours from a day on, or changes *row*; a preset fills in a whole week."""

    aids = frozenset({"preset"})

    def __init__(
        self, context: Context, row: ScheduleRow | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.row = row
        self.ui = Ui_ScheduleDialog()
        self.ui.setupUi(self)
        ui = self.ui
        presets = [(preset.name, preset) for preset in PRESETS]
        choices.fill(ui.preset_box, [(OWN, None), *presets])
        for weekday in range(7):
            check = self._part(weekday, "check", QCheckBox)
            check.toggled.connect(partial(self._enable, weekday))
        ui.valid_from_edit.set_day(entry.first_day(context).replace(month=1))
        ui.valid_to_edit.set_day(context.scope.period.last)
        if row:
            self.fill(row)
        else:
            choices.select(ui.preset_box, PRESETS[0])
            self._take_preset()
        self.setWindowTitle("Ubah jam kerja" if row else "Tambah jam kerja")
        ui.preset_box.currentIndexChanged.connect(self._take_preset)
        ui.bounded_check.toggled.connect(self._show_end)
        self.begin(ui.button_box)
        self._show_end()

    @override
    def task(self) -> Callable[[Work], Any]:
        ui = self.ui
        draft = ScheduleDraft(
            name=ui.name_edit.text(),
            hours=self.hours(),
            valid_from=ui.valid_from_edit.day(),
            valid_to=ui.valid_to_edit.day() if ui.bounded_check.isChecked() else None,
            legal_basis=ui.legal_basis_edit.text(),
            repeat_seconds=self.row.repeat_seconds if self.row else 60,
        )
        if self.row:
            return partial(
                calendar.change_schedule, key=self.row.id, version=self.row.version, draft=draft
            )
        return partial(calendar.add_schedule, unit_id=self.context.scope.unit_id, draft=draft)

    def hours(self) -> dict[int, DayHours]:
        """Return the work hours of the days that are ticked."""
        return {
            weekday: DayHours(
                _time(self._part(weekday, "starts_edit", QTimeEdit).time()),
                _time(self._part(weekday, "ends_edit", QTimeEdit).time()),
                self._part(weekday, "rest_spin", QSpinBox).value(),
            )
            for weekday in range(7)
            if self._part(weekday, "check", QCheckBox).isChecked()
        }

    @override
    def again(self) -> Callable[[Work], ScheduleRow] | None:
        scope = self.context.scope
        if not self.row:
            return None
        return partial(_fetch, unit_id=scope.unit_id, day=scope.period.last, key=self.row.id)

    @override
    def fill(self, row: ScheduleRow) -> None:
        ui = self.ui
        ui.name_edit.setText(row.name)
        ui.legal_basis_edit.setText(row.legal_basis)
        ui.valid_from_edit.set_day(row.valid_from)
        ui.bounded_check.setChecked(row.valid_to is not None)
        if row.valid_to:
            ui.valid_to_edit.set_day(row.valid_to)
        for weekday in range(7):
            self._show_day(weekday, row.hours.get(weekday))

    def _take_preset(self) -> None:
        preset: Preset | None = choices.value(self.ui.preset_box)
        if preset is None:
            return
        self.ui.name_edit.setText(preset.name)
        self.ui.legal_basis_edit.setText(preset.legal_basis)
        for weekday in range(7):
            self._show_day(weekday, preset.hours.get(weekday))

    def _show_day(self, weekday: int, hours: DayHours | None) -> None:
        shown = hours or USUAL
        starts, ends = shown.starts, shown.ends
        self._part(weekday, "starts_edit", QTimeEdit).setTime(QTime(starts.hour, starts.minute))
        self._part(weekday, "ends_edit", QTimeEdit).setTime(QTime(ends.hour, ends.minute))
        self._part(weekday, "rest_spin", QSpinBox).setValue(shown.rest_minutes)
        self._part(weekday, "check", QCheckBox).setChecked(hours is not None)
        self._enable(weekday)

    def _enable(self, weekday: int, _: bool = False) -> None:
        worked = self._part(weekday, "check", QCheckBox).isChecked()
        for name in ("starts_edit", "ends_edit", "rest_spin"):
            self._part(weekday, name, QWidget).setEnabled(worked)

    def _show_end(self) -> None:
        bounded = self.ui.bounded_check.isChecked()
        self.ui.valid_to_label.setVisible(bounded)
        self.ui.valid_to_edit.setVisible(bounded)

    def _part(self, weekday: int, name: str, kind: type[Any]) -> Any:
        return self.findChild(kind, f"{DAYS[weekday].lower()}_{name}")


def _fetch(work: Work, unit_id: int, day: date, key: int) -> ScheduleRow:
    return entry.one_of(calendar.schedules(work, unit_id, day), key)


def _time(value: QTime) -> time:
    return time(value.hour(), value.minute())
