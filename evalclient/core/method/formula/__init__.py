"""The vocabulary of price formulas: typed steps, and the arithmetic they do."""
