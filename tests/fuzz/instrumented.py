"""One target under atheris, with the product's code and the parsers in Python instrumented. Started by ``run``."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(
    include=["evalclient.crypto", "asn1crypto", "pyhanko.pdf_utils", "zipfile"], enable_loader_override=False
):
    import evalclient.crypto.pdf.checking  # noqa: F401 - the product imports it when it is first needed
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """``sys.argv`` is the target's name and the fuzzer's own options."""
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
