"""``evalclient --selftest [FOLDER]``: does this installation work? Imports everything, shows window and page, verifies.

With FOLDER the two pictures are left there to look at.
"""

from __future__ import annotations

import importlib
import io
import os
import pkgutil
import sys
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import evalclient
from evalclient.cli.console import FAILED, OK, complain, say
from evalclient.core.errors import EvalclientError
from evalclient.core.records.fields import Bilingual

#: what only runs where the centre is installed too
_LEFT_OUT = ("evalclient.demo", "evalclient.__main__")
#: a picture with fewer colours is taken for a blank one
_LEAST_COLOURS = 8
#: seconds for an answer of the token process
_PATIENCE = 30.0


class InstallationBroken(EvalclientError):
    """Something of the installation is missing or does not work."""


def run(arguments: Sequence[str] = ()) -> int:
    """0 where everything works; what does not is said in a line."""
    folder = Path(arguments[0]) if arguments else None
    try:
        count = _modules()
        _ask_the_token_process()
        _show_the_window(folder)
        pages = _show_a_page(folder)
        _verify_the_sample()
        sm = _try_the_sm_suite()
    except (EvalclientError, ImportError, OSError) as error:
        if isinstance(error, EvalclientError):
            complain(error)
        else:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return FAILED
    say(
        f"自检通过：{count} 个模块已载入，登录窗口已绘出，样例评标报告（{pages} 页）可显示，样例档案核验成立。",
        f"Self-test passed: {count} modules load, the sign-in window paints, the sample report ({pages} pages) shows, "
        "the sample archive holds.",
    )
    say(sm.zh, sm.en)
    return OK


def _try_the_sm_suite() -> Bilingual:
    """Whether SM2 works here. A machine without it serves every evaluation but those of the SM suite."""
    from evalclient.crypto.errors import SuiteMissing
    from evalclient.crypto.primitives import sm2

    try:
        key = sm2.generate()
        key.public_key().verify(key.sign(b"selftest"), b"selftest")
    except SuiteMissing as error:
        return Bilingual(error.zh, error.en)
    return Bilingual("国密算法 SM2 可用。", "SM2 is available.")


def _modules() -> int:
    from evalclient.cli.app import raise_for_libraries

    try:
        return _import_everything()
    except ImportError as error:
        raise_for_libraries(error)
        raise


def _import_everything() -> int:
    names = [
        module.name
        for module in pkgutil.walk_packages(evalclient.__path__, "evalclient.")
        if not module.name.startswith(_LEFT_OUT)
    ]
    for name in names:
        importlib.import_module(name)
    return len(names)


def _ask_the_token_process() -> None:
    """The process that talks to tokens starts, and says of a driver that is not there that it is not there."""
    from evalclient.crypto.keys.messages import Failed, ListTokens, Place
    from evalclient.crypto.keys.process import TokenProcess

    helper = TokenProcess()
    try:
        answer = helper.ask(ListTokens(Place("pkcs11", "no-driver")), _PATIENCE)
    finally:
        helper.end()
    if not (isinstance(answer, Failed) and answer.reason == "library"):
        raise InstallationBroken(
            "证书介质辅助进程不能工作，请重新安装。",
            "The helper process for tokens does not work; please install again.",
        )


def _sample(name: str) -> Path:
    from evalclient.assets import ROOT

    path = ROOT / "docs" / "sample" / name
    if not path.is_file():
        raise InstallationBroken(
            f"缺少样例文件 {path}，请重新安装。", f"The sample {path} is missing; please install again."
        )
    return path


def _show_the_window(folder: Path | None) -> None:
    """The real window at its sign-in page; without a display it is painted off screen."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from evalclient.app.start import Start
    from evalclient.app.window import come_to_rest, open_window
    from evalclient.settings import Settings

    application, window = open_window(Start(settings=Settings(language="zh")))
    try:
        come_to_rest(application)
        picture = window.grab().toImage()
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            picture.save(str(folder / "sign-in.png"))
        step = range(0, min(picture.width(), picture.height()), 3)
        colours = {picture.pixel(x, y) for x in step for y in step}
    finally:
        window.close()
    _require_colours(len(colours), "登录窗口", "sign-in window")


def _show_a_page(folder: Path | None) -> int:
    """The first page of the sample report, by the renderer in its own process; how many pages the report has."""
    from evalclient.ui.documents.process import RendererProcess

    with zipfile.ZipFile(_sample("archive.zip")) as archive:
        report = io.BytesIO(archive.read("report/report.pdf"))
    renderer = RendererProcess()
    try:
        document = renderer.open(report)
        page = renderer.render(document.number, 0, 1.0)
    finally:
        renderer.stop()
    if folder is not None:
        _save(page.pixels, (page.width, page.height), page.stride, folder / "report-page-1.png")
    pixels = memoryview(page.pixels).cast("I")
    _require_colours(len(set(pixels)), "评标报告页面", "page of the report")
    return len(document.sizes)


def _save(pixels: bytes, size: tuple[int, int], stride: int, path: Path) -> None:
    from PIL import Image

    Image.frombuffer("RGB", size, pixels, "raw", "BGRX", stride, 1).save(path)


def _require_colours(found: int, zh: str, en: str) -> None:
    if found < _LEAST_COLOURS:
        raise InstallationBroken(
            f"{zh}未能绘出，请检查系统图形库与字体后重新安装。",
            f"The {en} came out blank; check the system's graphics libraries and fonts, then install again.",
        )


def _verify_the_sample() -> None:
    """Raises where the archive that came with the installation does not hold."""
    from evalclient.archive import verify
    from evalclient.desk.clock import SystemClock

    genesis = _sample("fingerprint.txt").read_text("utf-8").strip()
    report = verify(_sample("archive.zip"), genesis, None, datetime.fromisoformat(SystemClock().now()))
    if report.exit_code:
        raise InstallationBroken(
            f"样例档案核验不成立，请重新安装。{report.problems[0].line('zh')}",
            f"The sample archive does not hold; please install again. {report.problems[0].line('en')}",
        )
