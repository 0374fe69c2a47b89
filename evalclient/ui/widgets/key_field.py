"""Whose key: a key file, a token that is plugged in, or a signing service; one address for all three."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from evalclient.ui.texts import Say
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.choice import Choice
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column, row
from evalclient.ui.widgets.line_field import LineField
from evalclient.ui.widgets.option_buttons import Option, OptionButtons
from evalclient.ui.widgets.path_field import PathField

FILE: Final = "file"
TOKEN: Final = "token"  # noqa: S105 - a kind of key
SERVICE: Final = "service"
_TAIL: Final = 4


@dataclass(frozen=True, slots=True)
class TokenOffer:
    """A token that is plugged in. ``tries`` left before its PIN locks: 0 when it has, None where it does not tell."""

    address: str
    label: str
    holder: str
    serial: str
    tries: int | None = None


class KeyField(QWidget):
    """``NAME-kind`` chooses between ``NAME-path``, ``NAME-token`` (with ``NAME-refresh``) and ``NAME-service``.

    ``changed()`` when the address may be another; ``entered()`` on Enter; ``tokens_wanted()`` when it has to be asked
    what is plugged in: answer with ``show_tokens``.
    """

    changed = Signal()
    entered = Signal()
    tokens_wanted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asking = False
        self._offers: dict[str, TokenOffer] = {}
        self.kinds = OptionButtons(
            (
                Option(FILE, lambda: self.tr("证书文件")),
                Option(TOKEN, lambda: self.tr("证书介质")),
                Option(SERVICE, lambda: self.tr("手机签名")),
            )
        )
        for kind in (FILE, TOKEN, SERVICE):
            self.kinds.button(kind).setObjectName(f"{name}-{kind}-kind")
        self.kinds.set_value(FILE)
        self.file = PathField(
            f"{name}-path", lambda: self.tr("本人的 .p12 或 .pfx 文件"), lambda: self.tr("证书文件 (*.p12 *.pfx)")
        )
        self.tokens = Choice(f"{name}-token", lambda: self.tr("证书介质"))
        self.refresh = Button(lambda: self.tr("刷新"), icon="refresh-cw", on=self.ask)
        self.refresh.setObjectName(f"{name}-refresh")
        self.service = LineField(f"{name}-service", lambda: self.tr("签名服务地址，https://"))
        self._token_row = QWidget()
        choosing = row(self.tokens, self.refresh, gap=8)
        choosing.setStretch(0, 1)
        self._token_row.setLayout(choosing)
        self._state = Label("", "caption", wrap=True)
        self._state.setObjectName(f"{name}-state")
        self.setLayout(column(self.kinds, self.file, self._token_row, self.service, self._state, gap=6))
        self.kinds.chosen.connect(self._show_kind)
        self.tokens.currentIndexChanged.connect(self._token_chosen)
        for field in (self.file.field, self.service):
            field.textChanged.connect(self.changed)
            field.returnPressed.connect(self.entered)
        self._arrange()

    @property
    def kind(self) -> str:
        """FILE, TOKEN or SERVICE."""
        return self.kinds.value

    @property
    def address(self) -> str:
        """Where the key is, as ``open_key`` has it; "" while nothing is chosen."""
        if self.kind == FILE:
            return str(self.file.path or "")
        return self.tokens.value if self.kind == TOKEN else self.service.value

    def set_address(self, address: str) -> None:
        """A key that is known already, of whatever kind."""
        scheme = address.partition(":")[0].lower()
        if scheme in ("pkcs11", "skf"):
            self._offers.setdefault(address, TokenOffer(address, address, "", ""))
            self._offer()
            self.tokens.choose(address)
            self._set_kind(TOKEN)
        elif scheme in ("http", "https"):
            self.service.setText(address)
            self._set_kind(SERVICE)
        else:
            self.file.field.setText(address)
            self._set_kind(FILE)

    @Slot()
    def ask(self) -> None:
        """Have it asked which tokens are plugged in."""
        self._asking = True
        self._say()
        self.tokens_wanted.emit()

    def show_tokens(self, offers: Sequence[TokenOffer]) -> None:
        """What is plugged in now."""
        self._asking = False
        self._offers = {offer.address: offer for offer in offers}
        self._offer()
        self._say()
        self.changed.emit()

    def missing(self) -> Say | None:
        """What is to be done before there is an address; None when there is one."""
        if self.kind == TOKEN:
            offer = self._offers.get(self.tokens.value)
            if offer is None:
                return lambda: self.tr("请插入证书介质后刷新，并选择介质。")
            return (lambda: self.tr("介质的 PIN 码已锁定，请换用其他介质。")) if offer.tries == 0 else None
        if self.address:
            return None
        if self.kind == SERVICE:
            return lambda: self.tr("请填写签名服务地址。")
        return lambda: self.tr("请选择证书文件（.p12 或 .pfx）。")

    def _offer(self) -> None:
        self.tokens.offer([(offer.address, _text(offer)) for offer in self._offers.values()])

    def _set_kind(self, kind: str) -> None:
        self.kinds.set_value(kind)
        self._arrange()
        self.changed.emit()

    @Slot(str)
    def _show_kind(self, kind: str) -> None:
        self._arrange()
        if kind == TOKEN:
            self.ask()
        self.changed.emit()

    @Slot()
    def _token_chosen(self) -> None:
        self._say()
        self.changed.emit()

    def _arrange(self) -> None:
        self.file.setVisible(self.kind == FILE)
        self._token_row.setVisible(self.kind == TOKEN)
        self.service.setVisible(self.kind == SERVICE)
        self._say()

    def _say(self) -> None:
        told: Say = ""
        if self.kind == SERVICE:
            told = lambda: self.tr("登录和签名时请在手机上确认。")  # noqa: E731 - a text that follows the language
        elif self.kind == TOKEN:
            told = self._token_state()
        self._state.say(told)
        few = self.kind == TOKEN and not self._asking and self._tries() in (0, 1)
        self._state.set_tone("bad" if few else "neutral")
        self._state.setVisible(bool(told))
        self.tokens.setEnabled(bool(self._offers))
        self.refresh.setEnabled(not self._asking)

    def _tries(self) -> int | None:
        offer = self._offers.get(self.tokens.value)
        return offer.tries if offer is not None else None

    def _token_state(self) -> Say:
        if self._asking:
            return lambda: self.tr("正在查找证书介质…")
        offer = self._offers.get(self.tokens.value)
        if offer is None:
            return lambda: self.tr("未发现证书介质。请插好介质并安装驱动后刷新。")
        if offer.tries == 0:
            return lambda: self.tr("PIN 码已锁定：请到发证机构解锁，或申请当日证书。")
        if offer.tries == 1:
            return lambda: self.tr("PIN 码只剩最后 1 次机会，再输错即被锁定。")
        if offer.tries is not None:
            tries = offer.tries
            return lambda: self.tr("PIN 码还可输错 %n 次。", None, tries)
        return ""


def _text(offer: TokenOffer) -> str:
    """Holder, name of the token and the end of its serial number, as far as they are known."""
    tail = f"…{offer.serial[-_TAIL:]}" if offer.serial else ""
    return " · ".join(filter(None, (offer.holder, offer.label, tail)))
