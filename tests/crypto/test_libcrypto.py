"""A machine without an OpenSSL that knows SM2 is told so in one sentence, and only by what needs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

_WITHOUT = """
import sys
from evalclient.crypto.primitives import libcrypto
libcrypto._NAMES = {sys.platform: ("libcrypto-that-is-not-there.so",)}
from evalclient.core.errors import EvalclientError
from evalclient.crypto.demo.keys import private_key
from evalclient.crypto.cms.suites import sign_with, verify_signature
key = private_key(b"seed", "label", "ec")
verify_signature(key.public_key(), sign_with(key, b"data"), b"data")
try:
    %s
except EvalclientError as error:
    print(type(error).__name__, error.zh, error.en)
"""
SPKI = "3059301306072a8648ce3d020106082a811ccf5501822d034200" + "04" + "11" * 64


@pytest.mark.parametrize(
    "act",
    [
        "private_key(b'seed', 'label', 'sm2')",
        f"from evalclient.crypto.primitives.public_keys import load_public_key; load_public_key(bytes.fromhex('{SPKI}'))",
    ],
)
def test_without_the_library_sm2_is_refused_in_words_and_the_rest_works(act: str) -> None:
    done = subprocess.run([sys.executable, "-c", _WITHOUT % act], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("SuiteMissing 本机缺少")
    assert "libssl3" in done.stdout
