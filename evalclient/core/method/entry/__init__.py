"""What goes into a tally and what comes out: bids, marks, stated quantities, the committee."""
