"""The paths from a certificate to recognised roots that hold by RFC 5280 at a moment, revocation left aside.

Built and validated by pyhanko-certvalidator, which is imported when first needed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.primitives.async_to_end import run_to_end
from evalclient.crypto.primitives.public_keys import load_certificate, parse_certificate, public_key_of
from evalclient.crypto.trust.issued import issued_by, signature_validator

# The library logs each list whose maker has no path with a traceback and the names in it; the verdict says what matters.
logging.getLogger("pyhanko_certvalidator").setLevel(logging.ERROR)
#: cross-certificates give a certificate several paths; more than these are not tried
_MOST_PATHS = 16
_EVER = timedelta(days=365 * 100)


class NoPath(Exception):
    """No path to a recognised root: none can be built, or what is wrong with the first one that can."""

    def __init__(self, flaw: str = "") -> None:
        super().__init__(flaw)
        self.flaw = flaw


def paths_to_roots(certificate: bytes, roots: Sequence[bytes], others: Sequence[bytes], at: datetime) -> list[Any]:
    """Every path of the library that holds at ``at`` (aware), at most sixteen. NoPath where there is none."""
    from pyhanko_certvalidator import errors as found
    from pyhanko_certvalidator.validate import async_validate_path

    context = path_context(roots, others, at)
    holding: list[Any] = []
    flaws: list[str] = []
    try:
        for path in _candidates(context, certificate):
            try:
                run_to_end(async_validate_path(context, path))
                for each in path.iter_certs(include_root=True):
                    public_key_of(each.dump())
                _require_valid_root(path, at)
                holding.append(path)
            except found.ValidationError as error:
                flaws.append(str(error))
            except CertificateRefused as error:
                flaws.append(error.en)
    except found.PathBuildingError as error:
        raise NoPath from error
    if not holding:
        raise NoPath(flaws[0] if flaws else "")
    return holding


def _require_valid_root(path: Any, at: datetime) -> None:
    """CertificateRefused where the root has expired: RFC 5280 leaves the anchor's own term to whoever trusts it."""
    root = load_certificate(next(iter(path.iter_certs(include_root=True))).dump())
    if at > root.not_valid_after_utc:
        day = root.not_valid_after_utc.date()
        raise CertificateRefused(f"根证书已于 {day} 过期。", f"its root expired on {day}")


def _candidates(context: Any, certificate: bytes) -> Iterator[Any]:
    """The paths that names allow, whether they hold or not."""
    paths = context.path_builder.async_build_paths_lazy(parse_certificate(certificate))
    for _ in range(_MOST_PATHS):
        try:
            yield run_to_end(paths.__anext__())
        except StopAsyncIteration:
            return


def linked(others: Sequence[bytes], roots: Sequence[bytes]) -> tuple[bytes, ...]:
    """Those of ``others`` that a root issued, or an authority among them: nobody else's certificate starts a search."""
    reached = [parse_certificate(root) for root in roots]
    waiting = {der: parse_certificate(der) for der in others if der not in roots}
    found: list[bytes] = []
    for authority in reached:  # grows while it is walked
        for der, certificate in list(waiting.items()):
            if issued_by(certificate, authority):
                found.append(der)
                del waiting[der]
                if certificate.ca:
                    reached.append(certificate)
    return tuple(found)


def path_context(
    roots: Sequence[bytes],
    others: Sequence[bytes],
    at: datetime,
    lists: Sequence[Any] = (),
    answers: Sequence[Any] = (),
) -> Any:
    """The library's context at a moment; lists and answers (its own objects) count whatever their age."""
    from pyhanko_certvalidator import ValidationContext, policy_decl

    return ValidationContext(
        trust_roots=[parse_certificate(root) for root in roots],
        other_certs=[parse_certificate(other) for other in others],
        # a revocation of this very second counts already
        moment=at + timedelta(microseconds=1),
        time_tolerance=timedelta(microseconds=1),
        allow_fetching=False,
        crls=lists,
        ocsps=answers,
        revinfo_policy=policy_decl.CertRevTrustPolicy(
            policy_decl.NO_REVOCATION,
            freshness=_EVER,
            freshness_req_type=policy_decl.FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
        ),
        signature_validator=signature_validator(),
    )
