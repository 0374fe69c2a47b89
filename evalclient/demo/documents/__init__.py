"""The demo evaluation's documents: tender, bids and their files, made from seeds, without a clock."""
