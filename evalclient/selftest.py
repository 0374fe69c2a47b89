"""``evalclient --selftest``: does this installation work? Imports everything, shows a page, verifies the sample."""

from __future__ import annotations

import importlib
import io
import pkgutil
import sys
from datetime import datetime

import evalclient
from evalclient.cli.console import FAILED, OK, complain, say
from evalclient.core.errors import EvalclientError

#: what only runs where the centre is installed too
_LEFT_OUT = ("evalclient.demo", "evalclient.__main__")


def run() -> int:
    """0 where everything works; each failure is a line."""
    try:
        count = _import_everything()
        _show_a_page()
        verified = _verify_the_sample()
    except (EvalclientError, ImportError, OSError) as error:
        if isinstance(error, EvalclientError):
            complain(error)
        else:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return FAILED
    sample = (
        ("样例档案核验成立", "the sample archive holds") if verified else ("未附样例档案", "no sample archive here")
    )
    say(f"自检通过：{count} 个模块，页面渲染正常，{sample[0]}。", f"Self-test passed: {count} modules, {sample[1]}.")
    return OK


def _import_everything() -> int:
    names = [
        module.name
        for module in pkgutil.walk_packages(evalclient.__path__, "evalclient.")
        if not module.name.startswith(_LEFT_OUT)
    ]
    for name in names:
        importlib.import_module(name)
    return len(names)


def _show_a_page() -> None:
    from reportlab.pdfgen.canvas import Canvas

    from evalclient.ui.documents.process import RendererProcess

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(200, 200))
    canvas.drawString(20, 100, "self-test")
    canvas.save()
    renderer = RendererProcess()
    try:
        renderer.render(renderer.open(file).number, 0, 1.0)
    finally:
        renderer.stop()


def _verify_the_sample() -> bool:
    """False where no sample came with the installation; raises where it does not hold."""
    from evalclient.archive import verify
    from evalclient.assets import asset
    from evalclient.core.errors import DocumentMalformed
    from evalclient.desk.clock import SystemClock

    try:
        archive, genesis = asset("sample/archive.zip"), asset("sample/genesis.txt").read_text("utf-8").strip()
    except FileNotFoundError:
        return False
    report = verify(archive, genesis, None, datetime.fromisoformat(SystemClock().now()))
    if report.exit_code:
        raise DocumentMalformed("样例档案核验不成立，请重新安装。", "The sample archive does not hold; install again.")
    return True
