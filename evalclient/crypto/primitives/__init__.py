"""What the other packages of crypto stand on: DER, public keys, SM2, secret sharing, notes."""
