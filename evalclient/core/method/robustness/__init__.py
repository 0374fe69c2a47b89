"""How firmly a result stands, and how a method behaves on bids that a tender might bring."""
