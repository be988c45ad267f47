"""The line at the foot of the window: what is running, when something was saved, and where."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from wfh_desktop.views import icons, labels, theme
from wfh_desktop.views.jobs import Job, Jobs

PATIENCE = 300  # milliseconds a job may take before it is worth a word
HEIGHT = 26


class StatusBar(QFrame):
    """Shows the oldest labelled job with its progress and a button that cancels it."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._name = ""
        self._shown: Job | None = None
        self._progress: dict[Job, tuple[int, int]] = {}
        self.setProperty("bar", "bottom")
        self.setFixedHeight(HEIGHT)
        self.job_label = QLabel()
        self.job_bar = QProgressBar()
        self.job_bar.setFixedWidth(140)
        self.job_bar.setTextVisible(False)
        self.cancel_button = QToolButton()
        self.cancel_button.setProperty("flat", True)
        self.cancel_button.setProperty("small", True)
        self.cancel_button.setIcon(icons.icon("stop"))
        self.cancel_button.setText("Batalkan")
        self.cancel_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.cancel_button.setToolTip("Batalkan pekerjaan ini; yang sudah dikerjakan dikembalikan")
        self.cancel_button.setAccessibleName("Batalkan pekerjaan")
        self.history_button = QToolButton()
        self.history_button.setProperty("flat", True)
        self.history_button.setProperty("small", True)
        self.history_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.saved_label = _muted()
        self.database_label = _muted()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(10)
        for widget in (self.job_label, self.job_bar, self.cancel_button):
            layout.addWidget(widget)
        layout.addStretch()
        layout.addWidget(self.history_button)
        layout.addWidget(self.saved_label)
        layout.addWidget(self.database_label)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(PATIENCE)
        self._clock.timeout.connect(self._show)
        self.cancel_button.clicked.connect(self._cancel)
        jobs.started.connect(self._start)
        jobs.progressed.connect(self._advance)
        jobs.finished.connect(self._finish)
        jobs.changed.connect(self._saved)
        jobs.reach_changed.connect(self._show_reach)
        self._hide()

    def show_database(self, name: str, tip: str) -> None:
        """Say which database is open."""
        self._name = name
        self.database_label.setToolTip(tip)
        self._show_reach()

    def _show_reach(self) -> None:
        """Say beside the name of the database that it cannot be reached."""
        broken = not self._jobs.reachable
        self.database_label.setText(f"{self._name} · terputus" if broken else self._name)
        self.database_label.setProperty("tone", "problem" if broken else None)
        theme.repolish(self.database_label)

    def _start(self, job: Job) -> None:
        if job.label and not self._clock.isActive():
            self._clock.start()

    def _advance(self, job: Job, done: int, total: int) -> None:
        self._progress[job] = done, total
        if job is self._shown:
            self._show_progress()

    def _finish(self, job: Job) -> None:
        self._progress.pop(job, None)
        if job is self._shown:
            self._hide()
            self._show()

    def _show(self) -> None:
        labelled = [job for job in self._jobs.running if job.label]
        if not labelled:
            return
        self._shown = labelled[0]
        more = f" (+{len(labelled) - 1} lagi)" if len(labelled) > 1 else ""
        self.job_label.setText(f"{self._shown.label}{more}")
        self.job_bar.setAccessibleName(self._shown.label)
        self.cancel_button.setEnabled(not self._shown.cancelled)
        for widget in (self.job_label, self.job_bar, self.cancel_button):
            widget.show()
        self._show_progress()

    def _show_progress(self) -> None:
        assert self._shown is not None
        done, total = self._progress.get(self._shown, (0, 0))
        self.job_bar.setRange(0, total)  # 0 to 0: it goes on, nobody knows how long
        self.job_bar.setValue(done)

    def _hide(self) -> None:
        self._shown = None
        for widget in (self.job_label, self.job_bar, self.cancel_button):
            widget.hide()

    def _cancel(self) -> None:
        if self._shown:
            self._shown.cancel()
            self.cancel_button.setEnabled(False)
            self.job_label.setText(f"Membatalkan: {self._shown.label}")

    def _saved(self, _: object) -> None:
        now = datetime.now().astimezone()
        self.saved_label.setText(f"Tersimpan {labels.clock(now.time())}")


def _muted() -> QLabel:
    label = QLabel()
    label.setProperty("role", "caption")
    return label
