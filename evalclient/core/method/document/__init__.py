"""The method document: its parts, reading it, whether it makes sense."""
