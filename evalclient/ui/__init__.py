"""Windows, pages and widgets; sees desk and core, nothing below."""
