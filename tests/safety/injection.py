"""Words that would be SQL if they ever reached a statement as such."""

PAYLOADS = (
    "'", "''", '"', '""', "`", "\\", "\\'", "';", "';--", "' --", "'#", "'/*", "*/ '", "--",
    "/*x*/", "' OR '1'='1", "' OR 1=1--", '" OR ""="', "') OR ('1'='1", "1 OR 1=1",
    "x' OR 'x' LIKE 'x", "'; DROP TABLE employee;--", "'); DELETE FROM unit;--",
    "'; UPDATE account SET active=true;--", "'; TRUNCATE change;--",
    "' UNION SELECT name FROM employee--", "' UNION ALL SELECT NULL,NULL--",
    "1; SELECT pg_sleep(5)", "'||(SELECT 1)||'", "'+(SELECT 1)+'",
    "' AND 1=CAST(version() AS int)--", "$$;SELECT 1;$$", "$1", "%(id)s", "%s", "%%", "%", "_",
    "a%b_c", "a\\%b", ":id", ":x::int", "?", "?1", "{0}", "{id}", "@@version", "0x27", "%27",
    "CHAR(39)", "\u2019 OR 1=1", "\uff07 OR 1=1", "\u02bc", "E'\\047'", "U&'\\0027'", "NULL",
    "null", "true", "'; SET ROLE k_owner;--", "'; SELECT set_config('app.user','1',false);--",
    "'; COPY employee TO '/tmp/x';--", "'; ATTACH DATABASE '/tmp/x' AS x;--",
    "'; PRAGMA writable_schema=1;--", "]]>", "Robert'); --", "a\nb'; DROP TABLE scan;--",
)  # fmt: skip
