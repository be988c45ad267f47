"""The parsing process: workbooks by calamine, web pages by lxml, both to rows of cells."""

from __future__ import annotations

import gc
import io
import os
import re
import sys

from wfh_desktop.readers import limits, wire

TYPE_CHECKING = False  # without the weight of `typing`
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

_SPAN = 200  # the widest title spans 40 columns
_BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6")
_BREAK = "\ue000"  # private use: no page has it, and no control character is allowed here
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")


def workbook(content: bytes) -> list[dict[str, Any]]:
    """Read the worksheets of an XLSX or XLS; the first row and column are those of the file."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        described = [
            one for one in book.sheets_metadata if one.typ is calamine.SheetTypeEnum.WorkSheet
        ]
        limits.check_sheets(len(described))
        visible = calamine.SheetVisibleEnum.Visible
        return [
            _worksheet(book.get_sheet_by_name(one.name), one.visible is visible)
            for one in described
        ]
    except calamine.PasswordError as fault:
        raise limits.refusal("encrypted") from fault
    except calamine.CalamineError as fault:
        raise limits.refusal("broken_file") from fault


def _worksheet(sheet: Any, visible: bool) -> dict[str, Any]:
    rows: list[list[Any]] = []
    if sheet.end:
        height, width = (last + 1 for last in sheet.end)
        if height > limits.ROWS and sheet.height <= limits.ROWS:
            raise limits.refusal("far_cell", f"{sheet.name}, baris {sheet.start[0] + 1}")
        limits.check_extent(height, width, f"lembar {sheet.name}")
        rows = sheet.to_python(skip_empty_area=False)
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return {"name": sheet.name, "rows": rows, "merged": merged, "visible": visible}


def webpage(content: bytes) -> list[dict[str, Any]]:
    """Read all tables of a web page one below the other, as a spreadsheet program shows them.

    Comments are ignored: these pages carry whole cells in them.
    """
    from lxml import etree

    limits.check_page(content)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as fault:
        raise limits.refusal("broken_html") from fault
    if root is None:
        raise limits.refusal("broken_html")
    _mark_breaks(root)
    grid = _Grid()
    for row in root.iter("tr"):
        grid.add(row)
    if not grid.rows:
        raise limits.refusal("html_without_table")
    return [{"name": "", "rows": grid.filled(), "merged": grid.merged, "visible": True}]


class _Grid:
    """Rows of a page laid out with their spans: a spanned cell stands at its top left."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self._taken: set[tuple[int, int]] = set()

    def add(self, row: Any) -> None:
        """Add a table row."""
        number = len(self.rows)
        cells: list[str] = []
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (number, len(cells)) in self._taken:
                self._taken.remove((number, len(cells)))
                cells.append("")
            self._span(cell, number, len(cells))
            cells.append(_text(cell))
            cells.extend([""] * (_number(cell.get("colspan")) - 1))
        limits.check_extent(number + 1, len(cells))
        self.rows.append(cells)

    def filled(self) -> list[list[str]]:
        """Return the rows, all equally long."""
        width = max(map(len, self.rows))
        limits.check_extent(len(self.rows), width)
        return [row + [""] * (width - len(row)) for row in self.rows]

    def _span(self, cell: Any, row: int, column: int) -> None:
        across, down = _number(cell.get("colspan")), _number(cell.get("rowspan"))
        if across == down == 1:
            return
        self.merged.append((row, column, row + down - 1, column + across - 1))
        for below in range(row + 1, row + down):
            self._taken.update((below, beside) for beside in range(column, column + across))


def _number(span: str | None) -> int:
    if span is None or not span.strip().isdecimal():
        return 1
    return max(1, min(int(span.strip()[:6]), _SPAN))


def _mark_breaks(root: Any) -> None:
    """Write a mark wherever the page starts a new line, so that cell texts keep it."""
    for element in root.iter("br", *_BLOCKS):
        if element.tag != "br":
            element.text = _BREAK + (element.text or "")
        element.tail = _BREAK + (element.tail or "")


def _text(cell: Any) -> str:
    """Return the text of a cell as a reader sees it, without tables inside it."""
    if len(cell) == 0:
        return _BLANKS.sub(" ", (cell.text or "").replace(_BREAK, " ")).strip()
    if next(cell.iter("tr"), None) is not None:
        return ""  # only lays out the tables inside it, whose rows follow
    lines = "".join(cell.itertext()).split(_BREAK)
    shown = (_BLANKS.sub(" ", line).strip() for line in lines)
    return "\n".join(line for line in shown if line)


PARSERS: dict[str, Callable[[bytes], list[dict[str, Any]]]] = {
    "workbook": workbook,
    "webpage": webpage,
}


def serve(parser: str) -> NoReturn:
    """Be the parsing process: take a file, answer with its sheets, end."""
    gc.disable()  # lives too briefly to collect anything
    _limit_this_process()
    out = sys.stdout.buffer
    try:
        wire.write(PARSERS[parser](sys.stdin.buffer.read()), out)
    except Exception as fault:
        from wfh_desktop.domain.errors import Unreadable

        if not isinstance(fault, Unreadable):
            raise
        wire.write_refusal(fault.code, fault.limits, fault.place, out)
    out.flush()
    os.close(sys.stdout.fileno())  # the answer is whole; ending takes some time yet
    os._exit(0)


def _limit_this_process() -> None:
    """Let the system end this process when it takes too much memory or too long."""
    if sys.platform == "win32":
        from wfh_desktop.readers import windows

        windows.limit_memory(limits.MEMORY)
    else:
        import resource

        for kind, most in (
            (resource.RLIMIT_AS, limits.MEMORY),
            (resource.RLIMIT_CPU, limits.SECONDS),
            (resource.RLIMIT_CORE, 0),
        ):
            _, allowed = resource.getrlimit(kind)
            least = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
            resource.setrlimit(kind, (least, least))


if __name__ == "__main__":
    serve(sys.argv[-1])
