"""Files to plain records and problems. Knows no database."""
