from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from wfh_desktop import rulebook
from wfh_desktop.domain.careers import Identity, PositionDraft, RankDraft
from wfh_desktop.domain.errors import Conflict, Invalid, NotAllowed, Unreadable
from wfh_desktop.domain.people import Actor, Capacity, EmploymentStatus, Level, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import AuditEntry
from wfh_desktop.services import office, people, units
from wfh_desktop.services.office import AmountDraft, LetterheadDraft, SignatoryDraft
from wfh_desktop.services.units import UnitDraft

START = date(2026, 1, 1)
SEPTEMBER = Period(2026, 9)
KOP = LetterheadDraft(
    "PEMERINTAH KOTA CONTOH", "DINAS CONTOH", address="Jalan Contoh 1", place="Contoh"
)


@pytest.fixture
def region(work):
    return units.create(work, UnitDraft("Pemerintah Kota Contoh", None, START))


@pytest.fixture
def bureau(work, region):
    return units.create(work, UnitDraft("Dinas Contoh", region, START))


@pytest.fixture
def division(work, bureau):
    return units.create(work, UnitDraft("Bidang Data", bureau, START))


@pytest.fixture
def head(work, bureau):
    return people.add(
        work,
        Identity("Pegawai 1", "197001011995011001", "Ir.", "M.Si"),
        RankDraft(EmploymentStatus.PNS, START, "IV/b"),
        PositionDraft(bureau, "Kepala Dinas", Level.JPT_PRATAMA, START, job_class=14),
    )


def codes(refusal):
    return [(problem.field, problem.code) for problem in refusal.value.problems]


def picture(width=50, height=60, form="PNG"):
    out = BytesIO()
    Image.new("RGB", (width, height), "red").save(out, form)
    return out.getvalue()


def test_without_a_kop_the_names_in_the_tree_stand_for_it(work, division):
    kop = office.letterhead(work, division, SEPTEMBER)
    assert (kop.id, kop.government, kop.office) == (0, "Pemerintah Kota Contoh", "Dinas Contoh")


def test_a_unit_carries_the_kop_of_the_nearest_one_above(work, region, bureau, division):
    office.set_letterhead(work, bureau, 0, KOP)
    kop = office.letterhead(work, division, SEPTEMBER)
    assert (kop.unit_id, kop.government, kop.place) == (bureau, "PEMERINTAH KOTA CONTOH", "Contoh")
    office.set_letterhead(work, bureau, kop.version, KOP.__class__("A", "B"))
    assert office.letterhead(work, division, SEPTEMBER).government == "A"
    with pytest.raises(Conflict):
        office.set_letterhead(work, bureau, kop.version, KOP)


def test_a_kop_needs_its_two_lines(work, bureau):
    with pytest.raises(Invalid) as refusal:
        office.set_letterhead(work, bureau, 0, LetterheadDraft(" ", ""))
    assert codes(refusal) == [("government", "required"), ("office", "required")]


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_logo_is_drawn_anew_and_small(work, bureau, form):
    office.set_logo(work, bureau, 0, picture(3000, 1500, form) + b"hidden")
    logo = office.letterhead(work, bureau, SEPTEMBER).logo
    with Image.open(BytesIO(logo)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (600, 300))
    assert b"hidden" not in logo
    version = office.letterhead(work, bureau, SEPTEMBER).version
    office.set_logo(work, bureau, version, None)
    assert office.letterhead(work, bureau, SEPTEMBER).logo is None


def bomb():
    """A picture of 20 000 x 20 000 pixels in a few kilobytes."""
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "picture_damaged"),
        (b"GIF89a" + b"\0" * 100, "picture_damaged"),
        (picture()[:100], "picture_damaged"),
        (b"%PDF-1.7", "picture_damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 6_000_000, "picture_size"),
        (bomb(), "picture_pixels"),
    ],
)
def test_what_is_no_bearable_picture_is_refused(work, bureau, content, code):
    with pytest.raises(Unreadable) as refusal:
        office.set_logo(work, bureau, 0, content)
    assert refusal.value.code == code


def test_a_new_head_ends_the_former_one_and_each_signs_in_his_time(work, bureau, head):
    office.appoint(work, bureau, SignatoryDraft("head", "Kepala Dinas", START, employee_id=head))
    office.appoint(
        work,
        bureau,
        SignatoryDraft(
            "head", "Kepala Dinas", date(2026, 9, 1), name="Dr. Pejabat Lain", grade="IV/c"
        ),
    )
    august = office.signatories(work, bureau, date(2026, 8, 31))["head"]
    september = office.signatories(work, bureau, date(2026, 9, 1))["head"]
    assert (august.name, august.rank) == ("Ir. Pegawai 1, M.Si", "Pembina Tingkat I")
    assert (september.name, september.rank, september.nip) == (
        "Dr. Pejabat Lain",
        "Pembina Utama Muda",
        "",
    )
    assert [row.name for row in office.appointed(work, bureau)] == [
        "Dr. Pejabat Lain",
        "Ir. Pegawai 1, M.Si",
    ]


def test_a_plh_signs_only_while_the_head_is_away(work, bureau, division, head):
    office.appoint(work, bureau, SignatoryDraft("head", "Kepala Dinas", START, employee_id=head))
    plh = SignatoryDraft(
        "head",
        "Kepala Dinas",
        date(2026, 9, 7),
        name="Pegawai 2",
        capacity=Capacity.PLH,
        valid_to=date(2026, 9, 11),
    )
    key = office.appoint(work, bureau, plh)

    def signs(day):
        return office.signatories(work, division, date(2026, 9, day))["head"].name

    assert [signs(day) for day in (6, 7, 11, 12)] == [
        "Ir. Pegawai 1, M.Si",
        "Pegawai 2",
        "Pegawai 2",
        "Ir. Pegawai 1, M.Si",
    ]
    row = next(row for row in office.appointed(work, bureau) if row.id == key)
    office.withdraw_signatory(work, key, row.version)
    assert signs(7) == "Ir. Pegawai 1, M.Si"


def test_all_that_is_wrong_with_a_signatory_is_told(work, bureau):
    draft = SignatoryDraft(
        "king",
        " ",
        START,
        nip="123",
        grade="X/y",
        capacity=Capacity.ON_BEHALF,
        valid_to=date(2025, 1, 1),
    )
    with pytest.raises(Invalid) as refusal:
        office.appoint(work, bureau, draft)
    assert codes(refusal) == [
        ("role", "required"),
        ("position_title", "required"),
        ("name", "required"),
        ("nip", "nip_length"),
        ("grade", "grade_unknown"),
        ("on_behalf_of", "required"),
        ("valid_to", "before_start"),
    ]


@pytest.fixture
def rules(monkeypatch):
    """Rule sets that hold from 2025 on; of "broken" an example fails."""

    class Component:
        code = "TOTAL"

    class Rules:
        def __init__(self, rule_id):
            self.id, self.name = rule_id, rule_id
            self.valid_from, self.valid_to = date(2025, 1, 1), None
            self.components = (Component(),)
            self.examples = () if rule_id == "template" else ("one",)

    monkeypatch.setattr(rulebook, "load", Rules)
    monkeypatch.setattr(rulebook, "digest", lambda rule_id: "0" * 64)
    failing = {"broken": ["example 1", "example 2"]}
    monkeypatch.setattr(rulebook, "failing_examples", lambda found: failing.get(found.id, []))


def test_a_rule_set_holds_from_its_day_and_ends_the_one_before(work, bureau, rules):
    office.choose_rules(work, bureau, "one", START, Decimal("0.68"))
    office.choose_rules(work, bureau, "two", date(2026, 9, 1))
    new, old = office.choices(work, bureau)
    assert (old.rule_id, old.valid_to, old.unit_factor) == (
        "one",
        date(2026, 8, 31),
        Decimal("0.68"),
    )
    assert (new.rule_id, new.valid_from, new.valid_to) == ("two", date(2026, 9, 1), None)


def test_a_rule_set_whose_examples_fail_cannot_be_chosen(work, bureau, rules):
    with pytest.raises(Invalid) as refusal:
        office.choose_rules(work, bureau, "broken", date(2024, 1, 1), Decimal(-1))
    assert codes(refusal) == [
        ("valid_from", "rules_not_valid"),
        ("rule_id", "rules_fail"),
        ("unit_factor", "out_of_range"),
    ]
    assert refusal.value.problems[1].limits == ("broken", 2)
    assert office.choices(work, bureau) == []
    with pytest.raises(Invalid) as refusal:
        office.choose_rules(work, bureau, "template", START)
    assert codes(refusal) == [("rule_id", "rules_unproven")]


def test_amounts_are_dated_and_the_nearest_unit_counts(work, bureau, division, rules):
    first = [
        AmountDraft("TOTAL", Decimal(3_915_950), job_class=7),
        AmountDraft("TOTAL", Decimal(9), title="Ajudan"),
    ]
    assert office.set_amounts(work, bureau, "one", START, first) == 2
    assert office.set_amounts(work, bureau, "one", START, first) == 0
    higher = [AmountDraft("TOTAL", Decimal(4_000_000), job_class=7)]
    assert office.set_amounts(work, bureau, "one", date(2026, 9, 1), higher) == 1
    own = [AmountDraft("TOTAL", Decimal(5_000_000), job_class=7)]
    assert office.set_amounts(work, division, "one", date(2026, 10, 1), own) == 1

    def amount(unit, day):
        return [row.amount for row in office.amounts(work, unit, "one", day) if row.job_class]

    assert amount(division, date(2026, 8, 31)) == [Decimal(3_915_950)]
    assert amount(division, date(2026, 9, 1)) == [Decimal(4_000_000)]
    assert amount(division, date(2026, 10, 1)) == [Decimal(5_000_000)]
    assert amount(bureau, date(2026, 10, 1)) == [Decimal(4_000_000)]
    corrected = [AmountDraft("TOTAL", Decimal("3915951.50"), job_class=7)]
    assert office.set_amounts(work, bureau, "one", START, corrected) == 1
    assert amount(bureau, date(2026, 8, 31)) == [Decimal("3915951.50")]
    cleared = [AmountDraft("TOTAL", None, job_class=7)]
    assert office.set_amounts(work, division, "one", date(2026, 10, 1), cleared) == 1
    assert amount(division, date(2026, 10, 1)) == [Decimal(4_000_000)]
    assert office.set_amounts(work, division, "one", date(2026, 10, 1), own) == 1
    assert amount(division, date(2026, 10, 1)) == [Decimal(5_000_000)]


@pytest.mark.parametrize("rule_id", rulebook.identifiers())
def test_every_rule_set_that_ships_can_be_chosen(work, bureau, rule_id):
    since = max(rulebook.load(rule_id).valid_from, START)
    office.choose_rules(work, bureau, rule_id, since)
    assert [row.rule_id for row in office.choices(work, bureau)] == [rule_id]


def test_all_that_is_wrong_with_amounts_is_told(work, bureau, rules):
    drafts = [
        AmountDraft("BK", Decimal(1), job_class=7),
        AmountDraft("TOTAL", Decimal(-1), job_class=18),
        AmountDraft("TOTAL", Decimal(1), job_class=7, title="Ajudan"),
    ]
    with pytest.raises(Invalid) as refusal:
        office.set_amounts(work, bureau, "one", START, drafts)
    assert [code for _, code in codes(refusal)] == [
        "component_unknown",
        "out_of_range",
        "amount_range",
        "class_or_title",
    ]


def test_a_pagu_can_be_set_changed_and_taken_back(work, bureau):
    def shown():
        return office.ceilings(work, bureau, 2026)[8]

    assert (shown().version, shown().amount) == (0, None)
    assert office.set_ceilings(work, bureau, [(SEPTEMBER, 0, Decimal(100_000_000))]) == 1
    assert office.set_ceilings(work, bureau, [(SEPTEMBER, shown().version, None)]) == 1
    assert shown().amount is None
    with pytest.raises(Conflict):
        office.set_ceilings(work, bureau, [(SEPTEMBER, 1, Decimal(1))])
    with pytest.raises(Invalid):
        office.set_ceilings(work, bureau, [(SEPTEMBER, shown().version, Decimal(-1))])


def test_all_of_it_is_for_administrators(database, work, bureau, head, rules):
    work.session.commit()
    secretary = Actor("Sekretariat", Right.READ | Right.RECORD)
    attempts = [
        lambda w: office.set_letterhead(w, bureau, 0, KOP),
        lambda w: office.set_logo(w, bureau, 0, picture()),
        lambda w: office.appoint(w, bureau, SignatoryDraft("head", "Kepala", START, head)),
        lambda w: office.correct_signatory(w, 1, 1, SignatoryDraft("head", "Kepala", START, head)),
        lambda w: office.withdraw_signatory(w, 1, 1),
        lambda w: office.choose_rules(w, bureau, "one", START),
        lambda w: office.correct_choice(w, 1, 1, START, None),
        lambda w: office.set_amounts(w, bureau, "one", START, []),
        lambda w: office.set_ceilings(w, bureau, []),
    ]
    for attempt in attempts:
        with database.work(secretary) as theirs, pytest.raises(NotAllowed):
            attempt(theirs)


def test_a_choice_leaves_its_trace_with_the_digest_of_the_rules(work, bureau, rules):
    office.choose_rules(work, bureau, "one", START)
    entry = work.session.query(AuditEntry).order_by(AuditEntry.id).all()[-1]
    assert (entry.action, entry.details["digest"]) == ("rules.chosen", "0" * 64)
    assert entry.details["after"]["rule_id"] == "one"


def test_an_appointment_is_corrected_and_the_one_before_follows(work, bureau, head):
    office.appoint(work, bureau, SignatoryDraft("head", "Kepala Dinas", START, employee_id=head))
    later = SignatoryDraft("head", "Kepala Dinas", date(2026, 9, 1), name="Pejabat Lain")
    key = office.appoint(work, bureau, later)
    row = office.appointed(work, bureau)[0]
    moved = SignatoryDraft("head", "Plt. Kepala", date(2026, 10, 1), name="Pejabat Lain")
    office.correct_signatory(work, key, row.version, moved)
    assert office.signatories(work, bureau, date(2026, 9, 30))["head"].name == "Ir. Pegawai 1, M.Si"
    assert office.signatories(work, bureau, date(2026, 10, 1))["head"].title == "Plt. Kepala"


def test_the_first_day_of_a_choice_can_be_corrected(work, bureau, rules):
    office.choose_rules(work, bureau, "one", START)
    key = office.choose_rules(work, bureau, "two", date(2026, 9, 1))
    version = office.choices(work, bureau)[0].version
    office.correct_choice(work, key, version, date(2026, 8, 1), Decimal("0.85"))
    new, old = office.choices(work, bureau)
    assert (new.valid_from, new.unit_factor, old.valid_to) == (
        date(2026, 8, 1),
        Decimal("0.85"),
        date(2026, 7, 31),
    )
