"""What a computer remembers of the chain, and what it says once that is gone."""

from datetime import UTC, datetime

from tests.audit import tampering
from tests.audit.conftest import change
from wfh_desktop.domain.chain import Anchor
from wfh_desktop.services import audit
from wfh_desktop.services.audit import Kept, anchors


def look(place, where):
    """Do as the window does: look in a unit of work, remember after it has ended well."""
    with place.work() as work:
        seen = audit.watch(work, where)
    audit.remember(seen, where)
    return seen


def test_a_computer_remembers_the_last_link_and_finds_it_again(file, tmp_path):
    for number in range(3):
        change(file, f"Unit {number}")
        assert look(file, tmp_path / "jangkar").lost is None
    with file.work() as work:
        name = audit.installation(work)
        remembered = anchors.read(tmp_path / "jangkar" / f"{name}.txt")
        assert len(remembered) == 1  # the last of the month
        assert audit.holds(work, remembered[0].anchor)


def test_a_chain_that_lost_what_a_computer_saw_is_noticed_and_never_remembered(place, tmp_path):
    look(place, tmp_path)
    kept = tampering.read(place)[-1]
    place.tamper(*tampering.cut(tampering.read(place), 20, None))
    for _ in range(2):  # the false chain does not take the place of the true one
        change(place, "Lagi")
        seen = look(place, tmp_path)
        assert (seen.lost.anchor, seen.seen) == (Anchor(kept.seal, kept.hash), None)


def test_whoever_was_told_may_begin_anew_and_the_old_memory_is_kept_aside(file, tmp_path):
    change(file, "Satu")
    look(file, tmp_path)
    name = look(file, tmp_path).install_id
    file.tamper(*tampering.cut(tampering.read(file), 1, None))
    assert look(file, tmp_path).lost
    audit.forget(name, tmp_path)
    assert look(file, tmp_path).lost is None
    assert [path.suffix for path in sorted(tmp_path.glob(f"{name}*"))] == [".lama-1", ".txt"]


def test_nothing_is_remembered_that_might_still_be_rolled_back(file, tmp_path):
    change(file, "Satu")
    with file.work() as work:
        seen = audit.watch(work, tmp_path)
        assert seen.seen is None  # there was no link before this look
        assert audit.head(work) is not None
        work.session.rollback()
    audit.remember(seen, tmp_path)
    assert look(file, tmp_path).lost is None


def test_a_memory_that_is_no_memory_remembers_nothing(tmp_path):
    path = tmp_path / "x.txt"
    path.write_bytes(b"\xff\n2026-10-02 segel satu abc\nkemarin segel 1 " + b"a" * 64 + b"\n")
    assert anchors.read(path) == []
    assert anchors.read(tmp_path / "none.txt") == []


def test_the_file_of_the_month_gets_a_line_each_time(file, tmp_path):
    for number in range(2):
        change(file, f"Unit {number}")
        with file.work() as work:
            audit.write(work, tmp_path)
    path = tmp_path / "jangkar-2026-10.txt"
    kept = anchors.read(path)
    assert len(kept) == 2
    assert kept[0].at == datetime(2026, 10, 2, 2, 0, tzinfo=UTC)
    with file.work() as work:
        assert audit.verify(work, [one.anchor for one in kept]).sound
        assert audit.installation(work) in path.read_text()


def test_of_each_month_only_the_last_link_is_remembered():
    days = [Kept(datetime(2026, month, 3, tzinfo=UTC), Anchor(month, "a")) for month in (8, 8, 9)]
    assert anchors._thinned(days, "%Y-%m") == days[1:]


def test_the_last_link_of_each_day_stands_beside_the_backups(file, tmp_path):
    beside = tmp_path / "cadangan"
    for number in range(3):
        change(file, f"Unit {number}")
        with file.work() as work:
            seen = audit.watch(work, tmp_path)
        audit.remember(seen, tmp_path, beside)  # there is no backup yet
        beside.mkdir(exist_ok=True)
    kept = anchors.read(beside / "jangkar-2026-10.txt")
    assert [one.anchor for one in kept] == [seen.seen.anchor]
