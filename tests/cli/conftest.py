"""The running centre."""

from tests.builders.centre import centre_process

__all__ = ["centre_process"]
