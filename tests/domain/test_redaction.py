"""What must not stand in a log."""

import pytest

from wfh_desktop.domain.redaction import redact

NIP, NIK = "198609262015051001", "7371092609860003"


@pytest.mark.parametrize(
    ("text", "gone", "kept"),
    [
        (f"employee {NIP} not found", NIP, "1001"),
        (f"login=p_{NIP}", NIP, "login=p_"),
        ("NIP 19860926 201505 1 001 ada", "19860926", "ada"),
        (f"NIK {NIK}.", NIK, "0003"),
        ("7371 0926 0986 0003", "0926", "0003"),
        ("net Rp4.564.546 salah", "4.564.546", "salah"),
        ("Rp 750.000,50", "750.000", ""),
        ("jumlah 4.564.546,00", "564", "jumlah"),
        ("jumlah 4,564,546.00", "564", "jumlah"),
        ("Decimal('4564546.00')", "4564546", "Decimal"),
        ("'net': 4564546", "4564546", "net"),
        ("password=kopi-tubruk host=db", "kopi", "host=db"),
        ("password='kopi tubruk senja' host=db", "tubruk", "host=db"),
        ('{"password": "kopi tubruk"}', "tubruk", "}"),
        ("kata sandi: kopi", "kopi", ""),
        ("PGPASSWORD=kopi-tubruk", "kopi", "PGPASSWORD"),
        (f"postgresql+psycopg://p_{NIP}:kopi%20t@db.contoh:5432/kinerja", "kopi", "db.contoh"),
        ("postgresql://pegawai:se@cret@db/kinerja", "cret", "db/kinerja"),
        ("SCRAM-SHA-256$4096:AbC+/=$x:y", "4096", ""),
        ("x\n[parameters: {'name': 'Pegawai Rahasia'}]\ny", "Rahasia", "y"),
        ("DETAIL:  Key (nip)=(Pegawai Rahasia) already exists.", "Rahasia", "DETAIL"),
        ("Key (name)=(Pegawai Rahasia) already exists", "Rahasia", "already exists"),
        ("Failing row contains (1, Pegawai Rahasia, x).", "Rahasia", "Failing row"),
    ],
)
def test_takes_out_what_is_nobody_else_s_business(text, gone, kept):
    said = redact(text)
    assert gone not in said
    assert kept in said


@pytest.mark.parametrize(
    "text",
    [
        'File "/opt/wfh_desktop/views/jobs.py", line 173, in _perform',
        "ZeroDivisionError: satu",
        "job failed after its owner was closed",
        "connection to 10.20.30.40 port 5432 failed",
        "version 6.12.1 on Python 3.11.9",
        "<PySide6.QtWidgets.QLabel(0x7f1234567890) at 0x7fabc1234567>",
        "recommendation:48213 version 3, 2026-09",
    ],
)
def test_leaves_what_explains_a_fault(text):
    assert redact(text) == text
