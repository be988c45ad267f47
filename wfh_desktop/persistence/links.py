"""What a link of the chain says of a change, as each engine writes it."""

# What a link says of a change. A NULL where none may be makes the whole of it NULL: not as sealed.
REST = {
    "sqlite": (
        "CAST(c.seq || char(31) || replace(c.at, ' ', 'T') || char(31) || c.who || char(31) || "
        "coalesce(c.unit_id, '') || char(31) || c.tab || char(31) || c.pk || char(31) || c.op || "
        "char(31) || c.txid || char(31) || c.addr || char(31) || c.payload AS BLOB)"
    ),
    "postgresql": (
        "concat_ws(E'\\x1f', c.seq, to_char(c.at AT TIME ZONE 'UTC', "
        "'YYYY-MM-DD\"T\"HH24\\:MI\\:SS.US'), c.who, coalesce(CAST(c.unit_id AS text), ''), "
        "c.tab, c.pk, c.op, c.txid, c.addr, c.payload)"
    ),
}
