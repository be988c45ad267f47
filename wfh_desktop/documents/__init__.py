"""Papers: plain data in, PDF out. Knows no database and no window."""
