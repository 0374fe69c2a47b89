"""Whether a certificate counts: paths, revocation, time stamps."""
