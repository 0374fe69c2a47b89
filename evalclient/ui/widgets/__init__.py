"""Building blocks of the pages: each does one thing, speaks both languages and follows the theme."""
