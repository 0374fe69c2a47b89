"""What a person can do: one small facade per role over may(act) and do(act)."""
