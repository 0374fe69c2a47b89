"""The program with its window: settings and arguments become a seat, lanes and pages. See ``app.window``."""
