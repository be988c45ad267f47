"""The TPP engine: from dated rules and the facts of a month to an amount with its whole trail."""
