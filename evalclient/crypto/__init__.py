"""Suites, keys, CMS, certificates, signatures and bid packages."""
