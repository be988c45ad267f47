from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from tests.documents import reading, samples
from wfh_desktop.documents import recommendation, text
from wfh_desktop.documents.paper import Layout, Size
from wfh_desktop.domain.errors import Invalid

LAYOUTS = (Layout(), Layout(size=Size.A4))


def write(count=30, layout=LAYOUTS[0], **changes):
    letter = samples.recommendation(count)
    return recommendation.write(replace(letter, **changes), layout)


def flat(words):
    return " ".join(words.replace("\xa0", " ").split())


def logo():
    out = BytesIO()
    Image.new("RGBA", (300, 420), (20, 90, 160, 128)).save(out, "png")
    return out.getvalue()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_letter_is_one_page_and_its_list_follows_with_number_and_date(layout):
    first, *others = reading.pages(write(layout=layout))
    words = flat(first)
    for said in (
        "PEMERINTAH KABUPATEN CONTOH",
        "Nomor : 800.1.11.1/004/2026",
        "Sifat : Biasa",
        "Lampiran : 1 (satu) berkas",
        "Yth. Kepala BKPSDM Kabupaten Contoh",
        "Peraturan Pemerintah Nomor 12 Tahun 2019",
        "Jumlah pegawai : 30 (tiga puluh) orang",
        "Kepala Dinas Contoh,",
        "Tembusan:",
    ):
        assert said in words
    assert "Demikian rekomendasi ini" in words
    assert "Lampiran Surat Dinas Contoh" in others[0]
    assert "Nomor : 800.1.11.1/004/2026" in flat(others[0])
    assert "Tanggal : 2 Oktober 2026" in flat(others[0])


def test_place_and_date_stand_right_on_the_line_of_the_number_without_a_full_stop():
    found = {piece.text: piece for piece in reading.pieces(write()) if piece.page == 0}
    dated, number = found["Kota Contoh, 2 Oktober 2026"], found["Nomor"]
    assert dated.y == number.y
    assert dated.x > 300 > number.x


def test_the_kop_stands_on_the_first_page_only():
    first, *others = reading.pages(write(60))
    assert "PEMERINTAH KABUPATEN CONTOH" in first
    assert len(others) > 1
    assert not any("PEMERINTAH KABUPATEN CONTOH" in words for words in others)


def test_the_total_of_the_letter_is_that_of_the_list_in_figures_and_in_words():
    pdf = write(30)
    net = reading.value(reading.total(pdf)[-1])
    words = flat(reading.pages(pdf)[0])
    assert f"Jumlah TPP yang direkomendasikan : {text.rupiah(net)}" in words
    assert f"Terbilang : {text.sentence(text.spelled_rupiah(net))}" in words


def test_a_number_and_a_date_that_are_not_given_yet_leave_room_to_be_written():
    words = flat(reading.pages(write(number="", day=""))[0])
    assert "Nomor : ......" in words
    assert "Kota Contoh, ......" in words


def test_one_regulation_needs_no_numbered_list():
    letter = samples.recommendation(3)
    words = flat(reading.pages(write(legal_basis=letter.legal_basis[:1]))[0])
    assert "Berdasarkan Peraturan Pemerintah Nomor 12 Tahun 2019" in words
    assert "Berdasarkan:" not in words
    assert "Bersama ini kami sampaikan" in flat(reading.pages(write(legal_basis=()))[0])


def test_a_letter_with_many_regulations_keeps_its_signature_with_the_closing_words():
    many = tuple(f"Peraturan Daerah Nomor {n} Tahun 2026 tentang Contoh " * 3 for n in range(18))
    texts = reading.pages(write(legal_basis=many))
    (signed,) = [
        n
        for n, words in enumerate(texts)
        if "Kepala Dinas Contoh," in words and "Demikian" in words
    ]
    assert "Demikian rekomendasi ini" in texts[signed]


def test_deductions_that_are_not_there_are_not_printed():
    letter = samples.recommendation(3)
    words = reading.pages(write(amounts=replace(letter.amounts, tax=0, bpjs=0)))[0]
    assert "PPh" not in words
    assert "BPJS" not in words


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_kop_with_a_logo_is_printed_and_one_without_is_too(layout):
    letterhead = replace(samples.KOP, logo=logo(), unit="UPT Contoh")
    page = reading.reader(write(3, layout, letterhead=letterhead)).pages[0]
    assert len(page.images) == 1
    assert "UPT CONTOH" in page.extract_text()
    assert len(reading.reader(write(3, layout)).pages[0].images) == 0


def test_the_same_logo_gives_the_same_bytes():
    letterhead = replace(samples.KOP, logo=logo())
    assert write(3, letterhead=letterhead) == write(3, letterhead=letterhead)


def test_a_broken_logo_is_refused_with_a_sentence():
    with pytest.raises(Invalid, match="not_a_picture"):
        write(3, letterhead=replace(samples.KOP, logo=b"\x89PNG\r\n broken"))


def test_a_name_of_an_office_that_is_too_long_takes_two_lines():
    letterhead = replace(
        samples.KOP,
        office="Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan "
        "Keluarga Berencana",
        logo=logo(),
    )
    pdf = write(3, letterhead=letterhead)
    lines = [piece for piece in _pieces_of_first_page(pdf) if "KELUARGA BERENCANA" in piece]
    assert lines
    assert "DINAS PEMBERDAYAAN PEREMPUAN" in reading.pages(pdf)[0]


def _pieces_of_first_page(pdf):
    return reading.reader(pdf).pages[0].extract_text().splitlines()


def test_bookmarks_lead_to_letter_and_list():
    outline = reading.reader(write(3)).outline
    assert [entry.title for entry in outline] == [
        "Surat rekomendasi TPP",
        "Lampiran: Daftar perhitungan TPP",
    ]


def test_hostile_words_stay_words():
    pdf = write(
        3,
        number="800/<b>1</b>&2",
        addressee=("Bupati <script>", "di Tempat & sekitarnya"),
        unit='Dinas "A" <i>&amp;</i>',
    )
    words = flat(reading.pages(pdf)[0])
    assert "800/<b>1</b>&2" in words
    assert "Yth. Bupati <script>" in words
    assert 'Dinas "A" <i>&amp;</i>' in words
