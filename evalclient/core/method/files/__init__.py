"""The files of a tally on the command line, their schemas and what is wrong in them."""
