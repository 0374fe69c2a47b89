"""The report (评标报告) as pure content: a function of the log's first records, the same on every seat."""
