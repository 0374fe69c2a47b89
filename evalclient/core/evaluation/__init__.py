"""The state of an evaluation, only ever the fold of its verified records."""
