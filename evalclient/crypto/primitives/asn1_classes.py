"""The classes of asn1crypto, ready before threads share them.

Each builds its tables of fields and names when it is first used, and no lock guards that: a second thread meets tables
half built and takes a good certificate for a malformed one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from asn1crypto import core


def make_ready() -> None:
    """Have every class of asn1crypto build its tables now; what is imported later builds its own."""
    from asn1crypto import algos, cms, crl, csr, keys, ocsp, pkcs12, tsp, x509  # noqa: F401, the classes are wanted

    for each in set(_below(core.Asn1Value)):
        with contextlib.suppress(
            TypeError, ValueError
        ):  # a class that cannot be empty: its tables come first all the same
            each()


def _below(cls: type[Any]) -> Iterator[type[Any]]:
    for each in cls.__subclasses__():
        yield each
        yield from _below(each)
