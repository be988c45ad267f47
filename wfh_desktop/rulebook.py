"""Rule sets from `resources/rules/*.toml`, validated."""
