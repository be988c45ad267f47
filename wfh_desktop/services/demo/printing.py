"""Print everything the closed month of the demo unit has to print."""

from __future__ import annotations

from pathlib import Path

from wfh_desktop.domain.papers import Paper
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import papers


def print_papers(work: Work, unit_id: int, period: Period, folder: Path) -> list[Path]:
    """Issue every paper of a month and save it to *folder*; return the files.

    Raises `Unwritable` if the folder cannot take them.
    """
    papers.folder(folder)
    files = []
    for paper in Paper:
        prepared = papers.prepare(work, unit_id, period, paper)
        content = papers.issue(work, prepared, papers.render(prepared))
        files.append(papers.save(content, folder / prepared.name))
    return files
