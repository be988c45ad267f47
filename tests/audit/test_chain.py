from wfh_desktop.domain.chain import BEGINNING, Anchor, Broken, Fault, Sealed, link, walk


def chain(*rests):
    before, made = BEGINNING, []
    for number, rest in enumerate(rests, start=1):
        before = link(before, number, rest)
        made.append(Sealed(number, before.encode(), number, rest))
    return made


def test_a_link_is_the_hash_of_the_one_before_its_number_and_the_change():
    from hashlib import sha256

    assert link(BEGINNING, 1, b"7\x1fa") == sha256(b"0" * 64 + b"\x1f1\x1f7\x1fa").hexdigest()


def test_a_chain_that_nobody_touched_is_whole():
    there = chain(b"one", b"two", b"three")
    head = Anchor(3, there[-1].hash.decode())
    assert (walk(there).head, walk(there, [head]).broken) == (head, None)
    assert (walk([]).head, walk([]).broken) == (None, None)


def test_the_first_link_that_is_not_as_it_was_made_is_told():
    there = chain(b"one", b"two", b"three")
    there[1] = Sealed(2, there[1].hash, 2, b"2")
    assert walk(there).broken == Broken(Fault.ALTERED, 2, 2)
    there[1] = Sealed(2, there[1].hash, 2, None)
    assert walk(there).broken == Broken(Fault.MISSING, 2, 2)
    del there[1]
    assert walk(there).broken == Broken(Fault.GAP, 2)


def test_what_is_forged_whole_shows_only_to_who_kept_an_anchor():
    old, new = chain(b"one", b"two", b"three"), chain(b"one", b"2", b"three")
    anchor = Anchor(2, old[1].hash.decode())
    assert walk(new).broken is None
    assert walk(new, [anchor]).broken == Broken(Fault.FOREIGN, 2, 2)
    assert walk(old[:1]).broken is None
    assert walk(old[:1], [anchor]).broken == Broken(Fault.CUT, 2)


def test_an_anchor_read_off_a_paper_is_short_and_one_without_letters_agrees_with_nothing():
    there = chain(b"one")
    assert walk(there, [Anchor(1, there[0].hash[:12].decode())]).broken is None
    assert walk(there, [Anchor(1, "")]).broken == Broken(Fault.FOREIGN, 1, 1)
