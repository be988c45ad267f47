"""Files that are no report: each is refused with one sentence that says what to do."""

import json
import re
import struct
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.readers import files
from tests.readers.files import raw_xlsx, xls, xlsx, zipped
from wfh_desktop import readers, words
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.readers import limits, sandbox

CELL = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row></sheetData>'
LIST = [["Nama", "NIP", "Gol"], ["Pegawai Satu", files.nip(1), "III/b"]]
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
CHAT = "\n".join(f"0{day}/03/24 07.3{day} - Pegawai {day}: hadir" for day in range(1, 9))
CONFLICT = "<table><tr><td>a</td></tr>\n<<<<<<< HEAD\n<tr></tr>\n=======\n>>>>>>> x\n</table>"


def encrypted_zip():
    content = bytearray(xlsx(LIST))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = content.find(signature)
        while position >= 0:
            content[position + offset] |= 1
            position = content.find(signature, position + 4)
    return bytes(content)


def old_container(*streams):
    names = b"".join(name.encode("utf-16-le") + bytes(64) for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + names


def cells_far_apart():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c>'
    return raw_xlsx(f"<sheetData>{rows}</row></sheetData>")


def bomb():
    return raw_xlsx(CELL.format("A" * 30_000_000))


def lying_bomb():
    """Claim sizes of a few bytes in the directory; only unpacking tells the truth."""
    content = bytearray(bomb())
    position = content.find(b"PK\x01\x02")
    while position >= 0:
        struct.pack_into("<I", content, position + 24, 10)
        position = content.find(b"PK\x01\x02", position + 4)
    return bytes(content)


def many_parts():
    return zipped({"xl/workbook.xml": "<a/>"} | {f"xl/{n}.xml": "<a/>" for n in range(400)})


HOSTILE = {
    "nothing": (b"", "empty"),
    "blanks": (b" \r\n\t\n", "empty"),
    "mark only": (b"\xef\xbb\xbf", "empty"),
    "zeros": (bytes(500), "empty"),
    "php fault": (b"<div><h4>A PHP Error was encountered</h4><p>Severity: 8192</p></div>",
                  "server_fault"),
    "fatal fault": (b"<br />\n<b>Fatal error</b>:  Uncaught Error in x.php", "server_fault"),
    "not found": (b"<html><head><title>404 Not Found</title></head></html>", "server_fault"),
    "login page": (b"<html><body><form><input name='user'></form></body></html>",
                   "html_without_table"),
    "empty table": (b"<table></table>", "html_without_table"),
    "frames": (b'<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><xml>'
               b'<x:ExcelWorkbook><x:ExcelWorksheet><x:WorksheetSource HRef="a_files/s.htm"/>'
               b'</x:ExcelWorksheet></x:ExcelWorkbook></xml></head><frameset rows="*,39">'
               b'<frame src="a_files/sheet001.htm"></frameset></html>', "frames"),
    "frames drawn by a script": (b'<html><head><script>var s="<table><tr><td>";</script></head>'
                                 b'<frameset><frame src="a_files/s.htm"></frameset></html>',
                                 "frames"),
    "merge conflict": (CONFLICT.encode(), "merge_conflict"),
    "merge conflict in a log": (b"7\t2022-01-01 07:00:00\t1\t0\t0\n<<<<<<< HEAD\n=======\n",
                                "merge_conflict"),
    "xls stored as text": (b"\xef\xbf\xbd\xef\xbf\xbd\x11\xe0" + b"\xef\xbf\xbd" * 300,
                           "destroyed_workbook"),
    "xls stored as latin": ("\u00d0\u00cf\x11\u00e0\u00a1\u00b1".encode() + bytes(99),
                            "destroyed_workbook"),
    "xlsx stored as text": (b"PK\x03\x04" + b"\xef\xbf\xbd" * 99, "destroyed_workbook"),
    "truncated xlsx": (xlsx(LIST)[:-200], "broken_zip"),
    "half an xlsx": (xlsx(LIST)[:1500], "broken_zip"),
    "empty zip": (b"PK\x05\x06" + bytes(18), "broken_zip"),
    "zip of something": (zipped({"1_attlog.dat": "7"}), "plain_zip"),
    "whatsapp zip": (zipped({"_chat.txt": "x"}), "not_yet"),
    "word": (zipped({"word/document.xml": "<a/>"}), "other_office"),
    "open document": (zipped({"content.xml": "<a/>", "mimetype": "x"}), "other_office"),
    "binary workbook": (zipped({"xl/workbook.bin": "x"}), "other_office"),
    "xml spreadsheet": (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:'
                        b'spreadsheet"><Row/></Workbook>', "other_office"),
    "macros": (zipped({"xl/workbook.xml": "<a/>", "xl/vbaProject.bin": "x"}), "macros"),
    "old macros": (old_container("Workbook", "_VBA_PROJECT"), "macros"),
    "encrypted package": (old_container("EncryptedPackage", "EncryptionInfo"), "encrypted"),
    "encrypted zip": (encrypted_zip(), "encrypted"),
    "old word": (old_container("WordDocument"), "other_office"),
    "old container without book": (old_container("Something"), "broken_file"),
    "old book without content": (old_container("Workbook"), "broken_file"),
    "truncated xls": (xls(LIST)[:2000], "broken_file"),
    "entities": (raw_xlsx(CELL.format("x"), head=ENTITIES), "entities"),
    "external entity": (raw_xlsx(CELL.format("x"), head=EXTERNAL), "entities"),
    "entities in strings": (raw_xlsx(CELL.format("x"), {"xl/sharedStrings.xml": ENTITIES}),
                            "entities"),
    "bomb": (bomb(), "bomb"),
    "lying bomb": (lying_bomb(), None),
    "many parts": (many_parts(), "bomb"),
    "far cell": (raw_xlsx('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
                          "</sheetData>"), "far_cell"),
    "cells far apart": (cells_far_apart(), "far_cell"),
    "deep markup": (raw_xlsx("<a>" * 20_000 + "</a>" * 20_000), "empty_sheets"),
    "empty sheet": (xlsx([]), "empty_sheets"),
    "pdf": (b"%PDF-1.7\n", "other_file"),
    "photo": (b"\xff\xd8\xff\xe0" + bytes(99), "other_file"),
    "json": (b'{"a": 1,\n "b": 2}', "other_file"),
    "noise": (bytes(range(256)) * 40, "binary"),
    "prose": (b"Ini hanya surat biasa.\nTanpa tabel apa pun.\n", "no_separator"),
    "chat": (CHAT.encode(), "not_yet"),
    "ios chat": (CHAT.replace(" - ", "] ").replace("0", "[0", 1).encode(), "not_yet"),
    "sms": (b"<?xml version='1.0'?><smses count='1'><sms address='1'/></smses>", "not_yet"),
    "mail": (b"From a@b Thu Jan 1 00:00:00 2025\nDate: Thu, 1 Jan 2025\nSubject: x\n\nhalo\n",
             "not_yet"),
    "operator log": (b"No\tTMNo\tSEnNo\tSMNo\tGEnNo\tGMNo\tMani\tFpNo\tDateTime\n1\t1\t0\t1\t1\n",
                     "operator_log"),
    "glog": (b"No\tTMNo\tEnNo\tName\tGMNo\tMode\tDateTime\n1\t1\t7\t\t1\t0\t2018/10/08\n",
             "not_yet"),
    "alog": ("\ufeffNo\tTMNo\tEnNo\tName\tGMNo\tMode\tIn/Out\tVM\tDepartment\tDateTime\n1\t1\n"
             .encode("utf-16-le"), "not_yet"),
    "fingerspot": (b"Tanggal scan,Tanggal,Jam,PIN,NIP,Nama,Jabatan\n1,2,3,4,5,6,7\n", "not_yet"),
    "solution": (xlsx([["No. ID", "Nama", "Tanggal", "Scan Masuk\t", "Scan Pulang\t"],
                       ["1", "Pegawai", "12/21/2023", "07:41", "16:00"]]), "not_yet"),
    "perindag": (xlsx([["ABSENSI"], [], ["NO", "NIP", "NAMA PEGAWAI", "ABSEN PAGI", "ABSEN SORE"],
                       [1, 1.9e17, "Pegawai", "7:45 AM", ""]]), "not_yet"),
    "grouped by day": (xlsx([["Jumat, 1 Agustus 2025"], ["No", "Nama", "Jam Masuk", "Jam Pulang"],
                             [1, "Pegawai", "07:30", "16:00"]]), "not_yet"),
    "tolikara": (xlsx([["KRW001", "01-04-2019 07:43:00", "01-04-2019 17:43:00", "H"]]), "not_yet"),
    "standard report": (xlsx([["Attendance Record Report"], ["Att. Time", "2026-04-01"]]),
                        "not_yet"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_report_is_refused_in_one_sentence(kind, tmp_path):
    content, code = HOSTILE[kind]
    path = Path(tmp_path, "berkas.xls")
    path.write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        readers.read(path)
    assert code in (None, refused.value.code)
    sentence = words.explain(refused.value)
    assert "berkas.xls" in sentence
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert "\n" not in sentence


def test_a_bomb_is_stopped_by_what_it_unpacks_to_not_by_what_it_claims():
    with pytest.raises(Unreadable) as refused:
        readers.read(lying_bomb())
    assert refused.value.code in {"bomb", "broken_zip", "broken_file"}


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    for path, code in ((tmp_path, "folder"), (tmp_path / "tidak-ada.xlsx", "missing")):
        with pytest.raises(Unreadable) as refused:
            readers.read(path)
        assert refused.value.code == code
        assert path.name in words.explain(refused.value)


def test_a_path_that_no_system_has_is_refused():
    with pytest.raises(Unreadable):
        readers.read(Path("a\0b.xlsx"))


def test_size_rows_and_sheets_have_limits(monkeypatch):
    monkeypatch.setattr(limits, "FILE_SIZE", 100)
    with pytest.raises(Unreadable) as refused:
        readers.read(b"x" * 101)
    assert refused.value.code == "too_large"


def test_more_rows_than_the_limit_are_refused_with_their_number():
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c></row>' for r in range(1, 200_003))
    with pytest.raises(Unreadable) as refused:
        readers.read(raw_xlsx(f"<sheetData>{rows}</sheetData>"))
    assert refused.value.code == "too_many_rows"
    assert "200.002 baris" in words.explain(refused.value)


def test_more_lines_than_the_limit_are_refused_in_text_too():
    with pytest.raises(Unreadable) as refused:
        readers.read(b"Nama;NIP\n" + b"a;b\n" * 200_001)
    assert refused.value.code == "too_many_rows"


def test_too_many_sheets_are_refused():
    with pytest.raises(Unreadable) as refused:
        readers.read(xlsx(*[[["a"]]] * (limits.SHEETS + 1)))
    assert refused.value.code == "too_many_sheets"


def test_spans_of_a_web_page_cannot_grow_without_bound():
    page = b"<table>" + b'<tr><td colspan="99999999" rowspan="99999999">x</td></tr>' * 300
    with pytest.raises(Unreadable):
        readers.read(page)


def test_a_parser_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 0.01)
    with pytest.raises(Unreadable) as refused:
        sandbox.sheets(xlsx(LIST), "workbook")
    assert refused.value.code == "too_slow"


def test_a_parser_that_dies_takes_nobody_with_it():
    with pytest.raises(Unreadable) as refused:
        sandbox.sheets(b"whatever", "no such parser")
    assert refused.value.code == "broken_file"


def test_a_system_that_starts_no_process_is_a_refusal(monkeypatch):
    monkeypatch.setattr("sys.executable", "/no/such/python")
    with pytest.raises(Unreadable) as refused:
        readers.read(xlsx(LIST))
    assert refused.value.code == "no_process"


def test_the_zip_may_hold_names_that_climb_out_and_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    content = BytesIO(xlsx(LIST))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("../../../evil.txt", "x")
    assert len(readers.read(content.getvalue()).staff) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_name_of_a_file_never_decides(tmp_path):
    for name in ("a.pdf", "b.txt", "c.xls", "d"):
        path = tmp_path / name
        path.write_bytes(xlsx(LIST))
        assert readers.read(path).staff[0].nip == files.nip(1)


def test_modules_of_the_current_folder_are_never_run(tmp_path, monkeypatch):
    (tmp_path / "python_calamine.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(readers.read(xlsx(LIST)).staff) == 1


SOURCES = sorted((Path(readers.__file__).parent).rglob("*.py"))


def test_every_refusal_and_every_remark_has_its_sentence():
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    refusals = set(re.findall(r"(?:Unreadable|refusal)\(\s*\"(\w+)\"", source))
    refusals |= {"too_slow", "too_much_memory", "broken_file"}
    assert len(refusals) > 25
    assert refusals <= words.UNREADABLE.keys()
    remarks = set(re.findall(r"\.(?:error|question|note)\(\s*\"(\w+)\"", source))
    remarks |= set(re.findall(r"code = \"(\w+)\" if .* else \"(\w+)\"", source)[0])
    remarks |= {"nip_length", "nip_structure", "nip_unclear", "sheet_hidden", "more_of_the_same"}
    assert len(remarks) > 30
    assert remarks <= words.REMARKS.keys()


def test_the_command_prints_records_and_problems_as_json(tmp_path, capsys):
    from wfh_desktop.cli import main

    path = tmp_path / "daftar.csv"
    path.write_text(f"Nama,NIP,Gol\nPegawai Satu,{files.nip(1)[:15]}000,IV\n", encoding="utf-8")
    assert main(["read", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said.keys() == {"kind", "records", "problems"}
    assert said["kind"] == "staff"
    assert said["records"][0]["name"] == "Pegawai Satu"
    assert said["records"][0]["nip_damaged"] is True
    problem = said["problems"][0]
    assert problem.keys() == {"severity", "code", "message", "place"}
    assert (problem["severity"], problem["place"]) == ("question", "baris 2, kolom B")
    assert problem["message"].startswith("NIP 198001012005012000 rusak")


def test_the_command_refuses_with_status_two_and_one_sentence(tmp_path, capsys):
    from wfh_desktop.cli import main

    path = tmp_path / "kosong.xls"
    path.touch()
    assert main(["read", str(path), "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "Berkas kosong.xls kosong; unduh atau ekspor ulang dari sumbernya.\n"


def test_the_command_summarises_for_people(tmp_path, capsys):
    from wfh_desktop.cli import main

    path = tmp_path / "matriks.xls"
    path.write_bytes(files.matrix_html([("Pegawai Satu", files.nip(1), ["??"])]))
    assert main(["read", str(path)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Matriks presensi bulanan (Manado), Unit Contoh: 30 catatan, 1 hal")
    assert "- baris 5, kolom D: Isi sel “??” tidak dapat dipahami" in out


def test_a_frozen_program_parses_as_another_copy_of_itself(monkeypatch, tmp_path):
    """A script stands in for the frozen program."""
    program = tmp_path / "wfhctl"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nfrom wfh_desktop.cli import main\nsys.exit(main())\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", str(program))
    assert len(readers.read(xlsx(LIST)).staff) == 1
