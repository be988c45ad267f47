"""What is taken back on the page of people, each after a question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from wfh_desktop.services import discipline, leave, people
from wfh_desktop.services.people import PersonDetails
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import confirm
from wfh_desktop.views.dialogs.reason import ReasonDialog

QUESTIONS = {
    "person": "Tarik {name}? Pegawai ini tidak lagi muncul di bulan mana pun. "
    "Gunakan hanya bila salah masuk; untuk yang pindah atau pensiun pilih Nonaktifkan.",
    "positions": "Tarik jabatan {row.title}? Jabatan sebelumnya berlaku terus.",
    "ranks": "Tarik {row.status} {row.grade}? Yang sebelumnya berlaku terus.",
    "aliases": "Tarik {row.value}? Sesudah ini tidak lagi dikenal sebagai {name}.",
}
REASONS = {
    "leaves": ("Batalkan cuti", "Mengapa cuti ini dibatalkan?"),
    "sanctions": ("Batalkan hukuman disiplin", "Mengapa hukuman ini dibatalkan?"),
}
TASKS: dict[str, Callable[..., Any]] = {
    "person": people.withdraw,
    "positions": people.withdraw_position,
    "ranks": people.withdraw_rank,
    "aliases": people.withdraw_alias,
    "leaves": leave.cancel,
    "sanctions": discipline.cancel,
}


@dataclass(frozen=True)
class Taken:
    """What is to be taken back: a record of a person, or with no row the person."""

    section: str
    person: PersonDetails
    row: Any = None


def withdraw(
    owner: QWidget, context: Context, taken: Taken, then: Callable[[object], object]
) -> None:
    """Ask before a record of a person is taken back, then do it and call *then*."""
    record = taken.row or taken.person
    task = partial(TASKS[taken.section], key=record.id, version=record.version)
    if taken.section in REASONS:
        title, question = REASONS[taken.section]
        dialog = ReasonDialog(title, question, "Batalkan", owner)
        dialog.given.connect(
            lambda reason: context.jobs.run(owner, partial(task, reason=reason), then)
        )
        dialog.open()
        return
    question = QUESTIONS[taken.section].format(name=taken.person.full_name, row=taken.row)
    confirm.ask(owner, question, "Tarik", lambda: context.jobs.run(owner, task, then))
