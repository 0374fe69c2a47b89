"""The window: lanes, theme, widgets, pages.

Qt for Python puts a hook before every import that reads the imported module's source for its ``__feature__`` switches
(snake_case names). Nothing here uses them, and the reading costs a fifth of loading: imports go the usual way again.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - sets the hook

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
