"""The evaluation method (评标办法) as data, and the arithmetic that follows it."""
