"""Documents on paper: content from ``core`` laid out as PDF, the same bytes on every machine."""
