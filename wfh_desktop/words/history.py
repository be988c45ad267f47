"""What is said of the changes of a record: of its fields, their values, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.mandates import Role
from wfh_desktop.domain.people import Capacity
from wfh_desktop.words.problems import FIELDS
from wfh_desktop.words.values import ACTIONS, CAPACITIES, LEAVES, MANDATES, filling

NOTHING = "–"
DETAILS = "(rincian)"
OPERATIONS = {"I": "Dibuat", "U": "Diubah", "D": "Dihapus", "T": "Dikosongkan"}
OUTSIDE = "di luar aplikasi"
CAPTIONS = {  # of fields that no form names, or names otherwise
    "account_id": "akun",
    "actor": "oleh",
    "address": "alamat",
    "aspects": "nilai perilaku",
    "assignment_id": "bagian tugas",
    "at": "saat",
    "cancelled": "dibatalkan",
    "component": "komponen",
    "computed_at": "dihitung pada",
    "confirmed": "sidik hitungan pengunci",
    "content": "isi berkas",
    "dated": "tanggal surat",
    "decided_at": "diputuskan pada",
    "decided_by": "diputuskan oleh",
    "decimals": "angka di belakang koma",
    "description": "penjelasan",
    "done_cost": "realisasi biaya",
    "done_days": "realisasi waktu",
    "done_quality": "realisasi kualitas",
    "done_quantity": "realisasi kuantitas",
    "employee_id": "pegawai",
    "facts": "fakta yang dihitung",
    "generation": "aturan penilaian",
    "gross": "TPP kotor",
    "hours": "jam kerja",
    "import_id": "berkas impor",
    "legal_basis": "dasar hukum",
    "letter": "margin surat",
    "locked_at": "dikunci pada",
    "locked_by": "dikunci oleh",
    "locked_login": "akun pengunci",
    "logo": "logo",
    "month": "bulan",
    "nature": "sifat surat",
    "net": "TPP bersih",
    "new_idea": "gagasan baru",
    "no_evidence": "alasan tanpa eviden",
    "number": "nomor surat",
    "number_template": "pola nomor surat",
    "objective_id": "sasaran",
    "output": "keluaran",
    "person": "data pada daftar",
    "place": "urutan atau tempat",
    "placeholder": "tempat tanda tangan elektronik",
    "predicate": "predikat",
    "recommendation_id": "rekomendasi",
    "repeat_seconds": "jeda pindaian ganda",
    "replaces_id": "menggantikan",
    "report_id": "laporan",
    "result": "hasil hitung",
    "revision": "revisi",
    "rule_id": "aturan",
    "score": "nilai",
    "seeded_day": "tanggal semula",
    "sheet": "margin lembar",
    "size": "ukuran kertas",
    "snapshot": "keadaan saat dihitung",
    "source": "sumber",
    "state": "status",
    "submitted_at": "diajukan pada",
    "submitted_by": "diajukan oleh",
    "submitted_login": "akun pengaju",
    "subtotals": "jumlah per golongan",
    "target_id": "target",
    "task_id": "tugas",
    "title": "nama atau uraian",
    "typeface": "huruf",
    "unit": "unit",
    "value": "isi",
    "withdrawn": "ditarik",
    "workplace": "tempat kerja",
    "year": "tahun",
}
OWN = {  # where a field of one table is called otherwise
    ("position", "title"): "jabatan",
    ("signatory", "title"): "jabatan",
    ("base_amount", "title"): "jabatan",
    ("target", "title"): "target",
    ("task", "title"): "tugas",
    ("objective", "title"): "sasaran",
    ("alias", "value"): "PIN, nomor atau nama lain",
    ("letterhead", "place"): "tempat surat",
    ("recommendation_line", "place"): "nomor urut",
    ("evidence", "name"): "nama berkas",
}
_WORDS: dict[type, Mapping[Any, str]] = {LeaveKind: LEAVES, Capacity: CAPACITIES, Role: MANDATES}


def caption(field: str, table: str = "") -> str:
    """Return how people call a field of a record of *table*."""
    if own := OWN.get((table, field)):
        return own
    return CAPTIONS.get(field) or FIELDS.get(field) or field.replace("_", " ")


def value(said: Any) -> str:
    """Return the value of a field as people write it."""
    match said:
        case None | "":
            return NOTHING
        case bool():
            return "ya" if said else "tidak"
        case Enum():
            return str(_WORDS.get(type(said), {}).get(said, said.value))
        case dict() | list():
            return DETAILS if said else NOTHING
        case datetime():
            here = said.astimezone()
            return f"{filling(here.date())} pukul {here:%H.%M}"
        case Decimal() if said == said.to_integral_value():
            return str(filling(said.quantize(Decimal(1))))
        case _:
            return str(filling(said))


def deed(action: str, operation: str) -> str:
    """Return what was done, by the audit log, or else what became of the row."""
    return ACTIONS.get(action) or OPERATIONS.get(operation, operation)
