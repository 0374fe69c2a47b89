"""Messages spoken with the centre, the HTTP client, one sync round, and the carry-over bundle."""
