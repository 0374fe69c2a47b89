"""A person's key (私钥介质): a file, a token or a service, always behind the same ``KeyHandle``."""

from evalclient.crypto.keys.libraries import REGISTERED, Libraries
from evalclient.crypto.keys.opening import called, open_key, release_key
from evalclient.crypto.keys.pkcs12 import MAX_KEY_FILE, KeyPair, Pkcs12Key

__all__ = ["MAX_KEY_FILE", "REGISTERED", "KeyPair", "Libraries", "Pkcs12Key", "called", "open_key", "release_key"]
