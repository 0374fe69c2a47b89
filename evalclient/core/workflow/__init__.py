"""The stages of an evaluation and their gates: which act is open to whom, and the article that closes it."""
