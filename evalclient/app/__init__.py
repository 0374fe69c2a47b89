"""The program with its window: settings and arguments become a seat, lanes and pages. See ``app.window``."""

import evalclient.ui  # noqa: F401 - first of all: it sets right how modules are imported under Qt
