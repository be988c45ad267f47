"""Telling papers that were issued from those that were forged, replaced or made up."""

import random
from hashlib import sha256

import pytest

from tests.audit import forging
from tests.audit.forging import Tally
from tests.services.test_papers import SEPTEMBER, calculated, final, printed
from wfh_desktop.documents import codes
from wfh_desktop.domain.errors import NotAllowed
from wfh_desktop.domain.papers import Finding, Paper
from wfh_desktop.domain.people import Actor, Right
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import PrintedPaper
from wfh_desktop.services import papers, tpp

FLIPS, CODES = 50, 200


@pytest.fixture
def issued(work, unit):
    final(work, unit)
    return {paper: printed(work, unit, paper) for paper in (Paper.LETTER, Paper.LIST)}


def finding(work, content=None, code=""):
    return papers.check(work, content, code).finding


def test_every_genuine_paper_is_known_byte_for_byte_and_by_its_code(work, unit):
    final(work, unit)
    for paper in Paper:
        content = printed(work, unit, paper)
        verdict = papers.check(work, content)
        assert (verdict.finding, verdict.file) == (Finding.AUTHENTIC, True)
        assert verdict.issued.paper is paper
        assert (verdict.issued.unit, verdict.issued.period) == (unit.name, SEPTEMBER)
        assert (verdict.issued.revision, verdict.issued.actor) == (0, work.actor.name)
        assert verdict.anchored
        by_code = papers.check(work, None, f" {verdict.code.lower().replace('-', ' ')} ")
        assert (by_code.finding, by_code.file) == (Finding.AUTHENTIC, False)
        assert by_code.issued.paper is paper


def test_no_forgery_is_taken_for_genuine(work, issued):
    dice = random.Random(16)
    letter, listing = issued[Paper.LETTER], issued[Paper.LIST]
    tally = Tally()
    for name, forged in [*forging.flips(letter, dice, FLIPS), *forging.edits(letter, listing)]:
        assert forged != letter, name
        tally.add(name, papers.check(work, forged))
    assert tally.accepted == []
    assert tally.tried == FLIPS + 12
    assert finding(work, letter) is finding(work, listing) is Finding.AUTHENTIC


def test_a_paper_with_other_bytes_under_a_known_code_was_altered(work, issued):
    letter = issued[Paper.LETTER]
    verdict = papers.check(work, forging.updated(letter))
    assert verdict.finding is Finding.ALTERED
    assert verdict.issued.paper is Paper.LETTER
    pasted = letter.replace(forging.code(letter), forging.code(issued[Paper.LIST]))
    verdict = papers.check(work, pasted)
    assert (verdict.finding, verdict.issued.paper) == (Finding.ALTERED, Paper.LIST)


def test_a_check_that_looked_at_codes_only_would_take_forgeries_for_genuine(work, issued):
    letter = issued[Paper.LETTER]
    code = papers.check(work, letter).code
    forged = forging.updated(letter)
    assert code.encode() in forged
    assert finding(work, None, code) is Finding.AUTHENTIC
    assert finding(work, forged) is Finding.ALTERED


def test_a_code_has_sixty_bits_so_that_nobody_finds_one_by_trying(work, issued):
    assert codes.LENGTH == 12  # of 32 letters: a million papers, a million tries: 1 in 10^6
    tally = Tally()
    for code in forging.codes(random.Random(17), CODES):
        tally.add(code, papers.check(work, None, code))
    assert (tally.tried, tally.accepted) == (CODES, [])
    for words in ("", "7K3M", "' OR 1=1 --", "%", "7K3M-9QXD-2R4%", "0000-0000-0000"):
        assert finding(work, None, words) is Finding.UNKNOWN


def test_a_paper_of_a_month_that_was_revised_is_superseded(work, unit, issued):
    there = tpp.current(work, unit.id, SEPTEMBER)
    tpp.reopen(work, there.id, there.version, "salah hitung")
    assert finding(work, issued[Paper.LETTER]) is Finding.AUTHENTIC
    final(work, unit)
    verdict = papers.check(work, issued[Paper.LETTER])
    assert (verdict.finding, verdict.issued.newest) == (Finding.SUPERSEDED, 1)
    assert finding(work, None, verdict.code) is Finding.SUPERSEDED
    assert finding(work, printed(work, unit, Paper.LETTER)) is Finding.AUTHENTIC


def test_a_draft_is_no_paper_to_rely_on(work, unit):
    calculated(work, unit)
    draft = printed(work, unit, Paper.LIST)
    assert b"segel=" not in draft
    verdict = papers.check(work, draft)
    assert (verdict.finding, verdict.anchored) == (Finding.DRAFT, None)
    assert finding(work, None, verdict.code) is Finding.DRAFT
    assert finding(work, draft + b" ") is Finding.DRAFT


def test_the_sheet_of_one_person_is_known_by_its_own_code_and_by_its_qr(work, unit):
    final(work, unit)
    prepared = papers.prepare(work, unit.id, SEPTEMBER, Paper.BREAKDOWNS)
    papers.issue(work, prepared, papers.render(prepared))
    from wfh_desktop.documents import breakdown, marking

    code = breakdown.code(prepared.facts[0])
    assert code != prepared.code
    verdict = papers.check(work, None, marking.symbol(code, prepared.anchor))
    assert (verdict.finding, verdict.issued.paper) == (Finding.AUTHENTIC, Paper.BREAKDOWNS)
    assert (verdict.code, verdict.anchored) == (code, True)


def test_a_paper_whose_seal_is_not_in_the_chain_any_more_says_so(work, issued):
    letter = issued[Paper.LETTER]
    line = forging.code(letter)
    forged = letter.replace(line[-20:], b"0" * 20)
    assert papers.check(work, forged).anchored is False
    assert papers.check(work, letter).anchored is True
    code = papers.check(work, letter).code
    assert papers.check(work, None, f"WFH:{code.replace('-', '')}:1:000000000000").anchored is False


def test_whoever_may_read_nothing_checks_nothing(work):
    stranger = Work(work.session, Actor("Tamu", Right(0)), work.now)
    with pytest.raises(NotAllowed):
        papers.check(stranger, None, "7K3M-6QXD-2R4T")


def test_on_a_server_whoever_holds_a_paper_may_ask_what_it_is(region):
    """Head B sees nothing of unit A, but may have its paper in hand."""
    content = b"%PDF WFH kode=7K3M-6QXD-2R4T segel=1 jangkar=" + b"0" * 64
    with region.superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        for revision, draft, code in ((0, True, "AAAA-AAAA-AAAA"), (1, False, "7K3M-6QXD-2R4T")):
            connection.execute(
                "INSERT INTO app.printed_paper (version, unit_id, year, month, paper, subject, "
                "revision, draft, code, sha256, content, at, actor) VALUES (1, 2, 2026, 9, "
                "'rincian', '', %s, %s, %s, %s, %s, now(), 'Kepala A')",
                (revision, draft, code, sha256(b"" if draft else content).hexdigest(),
                 b"" if draft else content),
            )  # fmt: skip
        (key,) = connection.execute("SELECT max(id) FROM app.printed_paper").fetchone()
        connection.execute(
            "INSERT INTO app.audit_entry (unit_id, at, actor, action, subject, details) VALUES "
            "(2, now(), 'Kepala A', 'paper.issued', %s, %s)",
            (f"printed_paper:{key}", '{"sheets": ["BBBB-BBBB-BBBB"]}'),
        )
    database = region.database(region.head_b)
    with database.work(region.actor(region.head_b)) as work:
        assert work.session.query(PrintedPaper).filter_by(unit_id=2).count() == 0
        verdict = papers.check(work, content)
        assert (verdict.finding, verdict.issued.unit) == (Finding.AUTHENTIC, "Dinas A")
        assert verdict.anchored is False  # the seal was made up
        assert finding(work, content + b" ") is Finding.ALTERED
        assert finding(work, None, "bbbb-bbbb-bbbb") is Finding.AUTHENTIC
        assert finding(work, None, "AAAA-AAAA-AAAA") is Finding.DRAFT
        assert finding(work, None, "CCCC-CCCC-CCCC") is Finding.UNKNOWN
    with region.superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "UPDATE app.recommendation SET state = 'dikunci', revision = 2 WHERE unit_id = 2"
        )
    with database.work(region.actor(region.head_b)) as work:
        verdict = papers.check(work, content)
        assert (verdict.finding, verdict.issued.newest) == (Finding.SUPERSEDED, 2)
    database.engine.dispose()
