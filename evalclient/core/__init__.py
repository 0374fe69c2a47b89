"""Pure values, rules and the fold: no clock, disk, network, Qt or crypto library."""
