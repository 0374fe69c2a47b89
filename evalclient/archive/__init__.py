"""The archive of a finished evaluation (评标档案): made once, checked by anybody without the centre and without Qt."""
