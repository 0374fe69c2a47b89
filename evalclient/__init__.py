"""Desktop client of electronic bid-evaluation rooms for remote evaluation (远程异地评标)."""
