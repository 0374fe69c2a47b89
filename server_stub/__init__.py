"""The reference centre: keeps the log, answers with receipts, serves packages."""
