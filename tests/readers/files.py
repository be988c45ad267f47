"""Makes files as machines, systems and offices write them, with invented people."""

import io
import zipfile
from datetime import date, timedelta

import openpyxl
import xlwt

WEEKDAYS = ("Sn", "Sl", "Rb", "Km", "Jm", "Sb", "Mg")
OPENXML = "application/vnd.openxmlformats-"
SPREADSHEET = OPENXML + "officedocument.spreadsheetml."
CONTENT_TYPES = (
    '<?xml version="1.0"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{OPENXML}package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{SPREADSHEET}sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SPREADSHEET}worksheet+xml"/>'
    "</Types>"
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def nip(number, *, born=date(1980, 1, 1), pppk=False):
    """Return a NIP with a possible structure that nobody has."""
    start = f"{born.year + 25}21" if pppk else f"{born.year + 25}01"
    return f"{born:%Y%m%d}{start}{1 + number % 2}{number % 899 + 100:03}"


def scan(pin, moment, *numbers, width=9):
    return "\t".join([str(pin).rjust(width), moment, *map(str, numbers)])


def days(first, last):
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def matrix_html(
    people,
    first=date(2022, 7, 1),
    last=date(2022, 7, 31),
    *,
    period=None,
    unit="Unit Contoh",
    nips=True,
    logo=True,
    header=None,
    codes=True,
):
    """Write a month matrix: *people* are (name, NIP, cells); a missing cell is a day off."""
    shown = header if header is not None else days(first, last)
    stated = period if period is not None else f"{first:%d-%m-%Y} s.d. {last:%d-%m-%Y}"
    heads = ["NO", "Nama Pegawai Negeri Sipil", *(["NIP"] if nips else [])]
    heads += [f"{WEEKDAYS[day.weekday()]}<br>{day:%d}" for day in shown]
    rows = ["<tr>" + "".join(f"<th>{head}</th>" for head in heads) + "</tr>"]
    for number, (name, person_nip, cells) in enumerate(people, start=1):
        row = [f"<td>{number}</td><td align='left'>{name}</td>"]
        row += [f'<td class="text">{person_nip}</td>'] if nips else []
        for position in range(len(shown)):
            cell = cells[position] if position < len(cells) else "-"
            row.append("<!-- <td>09:09-10:10-H(T)(PC)</td> -->" if codes else "")
            row.append(f'<td align="center">{cell}</td>')
        rows.append(f"<tr>{''.join(row)}</tr></tr>")
    top = '<table><tr><td><img src="x.png"></td><th><h1>PEMERINTAH<br>KOTA</h1></th></tr></table>'
    title = f"<tr><td>PERIODE</td><td>:</td><td>{stated}</td></tr>" if stated else ""
    return (
        f"<style>.text{{}}</style>{top if logo else ''}"
        f"<table><tr><td>OPD</td><td>:</td><td>{unit}</td></tr>{title}</table>"
        f"<table>{''.join(rows)}</table>"
        "<table><thead><tr><th>dicetak pada hari Jumat tanggal 05-08-2022</th></tr></thead>"
        "<tbody><tr><td></td></tr><tr><td>Dicetak Oleh :</td></tr></tbody></table>"
    ).encode()


def matrix_rows(people, first, last, *, titles=True, unit="Unit Contoh"):
    """Return the rows of the same matrix as its XLSX twin has them: a header of two rows."""
    shown = days(first, last)
    rows = [[], ["", "PEMERINTAH KOTA"], [], ["OPD", ":", unit]]
    rows.append(["PERIODE", ":", f"{first:%d-%m-%Y} s.d. {last:%d-%m-%Y}"])
    rows = rows if titles else []
    rows.append(["NO", "Nama Pegawai Negeri Sipil", *(WEEKDAYS[day.weekday()] for day in shown)])
    rows.append(["", "", *(day.day for day in shown)])
    for number, (name, _, cells) in enumerate(people, start=1):
        padded = [*cells, *["-"] * (len(shown) - len(cells))]
        rows.append([number, name, *padded[: len(shown)]])
    rows += [[], ["dicetak pada hari Jumat tanggal 05-08-2022"], ["Dicetak Oleh :"]]
    return rows


def xlsx(*sheets, merged=(), hidden=()):
    """Write a workbook of (name, rows), or of rows alone."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, start=1):
        name, rows = sheet if isinstance(sheet, tuple) else (f"Sheet{number}", sheet)
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
        for cells in merged:
            page.merge_cells(cells)
        if name in hidden:
            page.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows, merged=()):
    book = xlwt.Workbook()
    page = book.add_sheet("Data")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if not any(r0 <= r <= r1 and c0 <= c <= c1 for r0, r1, c0, c1 in merged):
                page.write(r, c, cell)
    for r0, r1, c0, c1 in merged:
        page.write_merge(r0, r1, c0, c1, rows[r0][c0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def raw_xlsx(sheet, extra=None, head=""):
    """Write a workbook around the XML of one sheet, however hostile."""
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r1" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{RELATION}">'
        '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }
    return zipped(parts | (extra or {}))


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
