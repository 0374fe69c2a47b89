"""The demonstration authorities: keys and certificates out of a seed, never for anything but practice."""
