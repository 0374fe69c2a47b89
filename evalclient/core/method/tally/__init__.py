"""From marks and prices to the ranking, and the flags of the re-check."""
