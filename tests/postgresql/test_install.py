"""Putting the program on a server, once and again."""

from wfh_desktop.persistence import postgres


def test_installing_again_changes_no_row(server, region):
    count = "SELECT count(*), sum(version) FROM app.day_entry"
    before = region.one(count)
    postgres.install(server.url(), region.name)
    assert region.one(count) == before


def test_everybody_sees_their_own_units_only(region):
    seen = {}
    for name in ("head_a", "head_b", "verifier", "inspector", "admin", "nobody"):
        with region.connect(getattr(region, name)) as connection:
            rows = connection.execute("SELECT DISTINCT unit_id FROM day_entry ORDER BY 1")
            seen[name] = [unit_id for (unit_id,) in rows]
    assert seen == {
        "head_a": [2, 4],
        "head_b": [3, 5],
        "verifier": [2, 3, 4, 5],
        "inspector": [2, 3, 4, 5],
        "admin": [2, 3, 4, 5],
        "nobody": [],
    }
