"""The command line: one module per command, each with ``add(subparsers)`` and ``run(arguments) -> exit code``."""
