"""The closed catalogue of record kinds and the envelope every record travels in."""
