"""A robot at real windows: it looks at what is shown and uses mouse and keys on the widgets, nothing beneath."""
