"""Routes of the centre: HTTP in, service calls, HTTP out. docs/protocol.md describes each."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import anyio.to_thread
from fastapi import Depends, FastAPI, Header, Query, Request
from fastapi import Path as InPath
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from evalclient.core.errors import EvalclientError
from evalclient.core.records.roster import Session
from evalclient.sync.wire import (
    LONGEST_WAIT,
    MOST_MESSAGE,
    AnswerMessage,
    Answers,
    CentreTime,
    Challenge,
    EntryMessage,
    Feed,
    Health,
    Listings,
    LoginAnswer,
    LoginRequest,
    M,
    Message,
    MessageMalformed,
    Place,
    Problem,
    Publication,
    Published,
    Submission,
    Token,
    decode,
    encode,
)
from server_stub.rejected import Rejected, login_needed, malformed, too_large
from server_stub.service import MOST_WAITING, CentreService, Publishing

HEX = "^[0-9a-f]{64}$"
Fingerprint = Annotated[str, InPath(pattern=HEX)]
Name = Annotated[str, InPath(pattern=HEX)]
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{1,15})?", re.ASCII)
#: threads beside the waiting feeds
_SPARE_THREADS = 40


async def _body(request: Request) -> bytes:
    """The request's body, of bounded size."""
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > MOST_MESSAGE:
            raise too_large()
    return bytes(received)


Body = Annotated[bytes, Depends(_body)]


def create_app(service: CentreService) -> FastAPI:
    """The application over a service."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan)
    _add_public_routes(app, service)
    _add_log_routes(app, service)
    _add_blob_routes(app, service)
    app.add_exception_handler(EvalclientError, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _not_understood)
    app.add_exception_handler(Exception, _broken)
    return app


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = MOST_WAITING + _SPARE_THREADS
    yield


def _add_public_routes(app: FastAPI, service: CentreService) -> None:
    @app.get("/v1/health")
    def health() -> Response:
        return _reply(Health(service.log_key))

    @app.get("/v1/time")
    def centre_time() -> Response:
        return _reply(CentreTime(service.now()))

    @app.get("/v1/evaluations")
    def evaluations() -> Response:
        return _reply(Listings(service.listings()))

    @app.post("/v1/evaluations")
    def publish(body: Body) -> Response:
        message = _decoded(body, Publication)
        fingerprint, receipt = service.publish(
            Publishing(message.genesis.record(), message.tender, message.method, message.rules)
        )
        return _reply(Published(fingerprint, AnswerMessage(receipt.record_id, receipt.proof)))

    @app.get("/v1/evaluations/{fingerprint}/genesis")
    def genesis(fingerprint: Fingerprint) -> Response:
        return _reply(service.genesis(fingerprint))

    @app.get("/v1/evaluations/{fingerprint}/places/{certificate}")
    def place(fingerprint: Fingerprint, certificate: Name) -> Response:
        return _reply(Place(service.place(fingerprint, certificate)))


def _add_log_routes(app: FastAPI, service: CentreService) -> None:
    @app.post("/v1/evaluations/{fingerprint}/records")
    def submit(fingerprint: Fingerprint, body: Body) -> Response:
        records = [message.record() for message in _decoded(body, Submission).records]
        answers = service.submit(fingerprint, records)
        return _reply(Answers(tuple(AnswerMessage.of(answer) for answer in answers)))

    @app.get("/v1/evaluations/{fingerprint}/feed")
    def feed(
        fingerprint: Fingerprint,
        start: Annotated[int, Query(alias="from", ge=0, lt=1 << 31)],
        wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT)] = 0.0,
        authorization: Annotated[str, Header()] = "",
    ) -> Response:
        reader = _reader(service, fingerprint, authorization)
        page = service.feed(fingerprint, start, wait, reader)
        return _reply(Feed(tuple(EntryMessage.of(entry) for entry in page.entries), page.checkpoint))

    @app.post("/v1/evaluations/{fingerprint}/login")
    def challenge(fingerprint: Fingerprint, body: Body) -> Response:
        return _reply(Challenge(service.challenge(fingerprint, _decoded(body, LoginRequest).session)))

    @app.post("/v1/evaluations/{fingerprint}/login/answer")
    def log_in(fingerprint: Fingerprint, body: Body) -> Response:
        answer = _decoded(body, LoginAnswer)
        token = service.log_in(fingerprint, answer.session, answer.challenge, answer.signature)
        return _reply(Token(token))


def _add_blob_routes(app: FastAPI, service: CentreService) -> None:
    @app.put("/v1/evaluations/{fingerprint}/blobs/{name}")
    async def put_blob(
        fingerprint: Fingerprint, name: Name, request: Request, authorization: Annotated[str, Header()] = ""
    ) -> Response:
        await run_in_threadpool(_reader, service, fingerprint, authorization)
        upload = await run_in_threadpool(service.upload, fingerprint, name)
        if upload is not None:
            with upload:
                async for chunk in request.stream():
                    await run_in_threadpool(upload.write, chunk)
                await run_in_threadpool(upload.finish)
        return Response(status_code=204)

    @app.api_route("/v1/evaluations/{fingerprint}/blobs/{name}", methods=["GET", "HEAD"])
    def blob(
        fingerprint: Fingerprint,
        name: Name,
        authorization: Annotated[str, Header()] = "",
        wanted: Annotated[str | None, Header(alias="Range")] = None,
    ) -> Response:
        reader = _reader(service, fingerprint, authorization)
        path = service.blob(fingerprint, name, reader)
        if wanted is not None:
            _require_range(wanted, path.stat().st_size)
        return FileResponse(path, media_type="application/octet-stream")


def _reader(service: CentreService, fingerprint: str, authorization: str) -> Session:
    scheme, _, token = authorization.partition(" ")
    if scheme != "Bearer" or not token:
        raise login_needed()
    return service.reader(fingerprint, token)


def _require_range(untrusted: str, size: int) -> None:
    """``bytes=N-`` or ``bytes=N-M`` within ``size``, the one form a continued download needs; Rejected (400, 416)."""
    found = _RANGE.fullmatch(untrusted)
    if found is None or (found[2] and int(found[2]) < int(found[1])):
        raise malformed()
    if int(found[1]) >= size:
        raise Rejected(416, "所请求的部分超出文件末尾，文件已完整。", "Nothing follows there: the file ends before it.")


def _decoded(untrusted: bytes, kind: type[M]) -> M:
    try:
        return decode(untrusted, kind)
    except MessageMalformed as error:
        raise malformed() from error


def _reply(message: Message, status: int = 200) -> Response:
    return Response(encode(message), status, media_type="application/json")


async def _refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, EvalclientError):
        raise error
    status = error.status if isinstance(error, Rejected) else 400
    return _reply(Problem(error.zh, error.en), status)


async def _not_understood(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    answer = malformed()
    return _reply(Problem(answer.zh, answer.en), status)


async def _broken(_: Request, __: Exception) -> Response:
    return _reply(
        Problem(
            "评标中心内部出错，稍后自动重试；长时间如此请联系中心。",
            "The centre failed inside; it will be tried again. If it lasts, call the centre.",
        ),
        500,
    )
