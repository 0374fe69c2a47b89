"""The encrypted record log of one seat and evaluation, and its packages on disk."""
