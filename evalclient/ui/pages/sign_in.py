"""Signing in: which evaluation, whose certificate, which seat."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QLineEdit, QProgressBar, QSizePolicy, QWidget

from evalclient.ui.pages.door import Choice, Door, Offer
from evalclient.ui.pages.offer_list import OfferList
from evalclient.ui.texts import Say, said
from evalclient.ui.theme import theme
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.key_field import TOKEN, KeyField
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import STRETCH, box, column, row, scrolled
from evalclient.ui.widgets.pin_field import PinField
from evalclient.ui.widgets.roomy import Roomy

if TYPE_CHECKING:
    from evalclient.core.records.fields import Bilingual

WIDEST: Final = 1060
#: what a window of 768 lines has room for
TALLEST: Final = 660
FORM_PX: Final = 420
GROUPS_PER_LINE: Final = 8


class SignInPage(QWidget):
    """``centre-url genesis-path offer-… publish-new key-… pin seat-name set-aside sign-in``; what is wrong stands above the button.

    ``set-aside`` is shown once the seat's data was found damaged, and only then.
    """

    def __init__(self, door: Door, centre: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._door = door
        self._busy = False
        self._told: Say = ""
        choosing, self._side = self._choosing(), self._form()
        self._card = box(row(choosing, self._side, gap=0), role="card", name="sign-in-card")
        self._card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        holder = row(STRETCH, self._card, STRETCH, gap=0)
        holder.setStretch(1, 1000)
        layout = column(STRETCH, holder, STRETCH, gap=0, margins=(28, 24))
        layout.setStretch(1, 1000)
        self.setLayout(column(Roomy(layout), gap=0))
        theme().changed.connect(self._restyle)
        self._restyle()
        self.centre.setText(centre)
        self._retranslate()
        self._judge()

    # -- parts -----------------------------------------------------------------------------------------------------

    def _choosing(self) -> QWidget:
        self.centre = _line("centre-url")
        self.refresh = Button(lambda: self.tr("刷新"), icon="refresh-cw", on=self.ask)
        self.refresh.setObjectName("refresh-offers")
        self.genesis = _line("genesis-path")
        self.browse_genesis = Button(lambda: self.tr("选择…"), icon="folder", on=self._browse_genesis)
        self.browse_genesis.setObjectName("browse-genesis")
        self.list = OfferList()
        self._empty = Label("", "secondary", wrap=True)
        self._empty.setObjectName("offers-note")
        offers = QWidget()
        offers.setLayout(column(self._empty, self.list, gap=8))
        self.list.changed.connect(self._judge)
        self.centre.returnPressed.connect(self.ask)
        self.genesis.editingFinished.connect(self._read_genesis)
        address = row(self.centre, self.refresh, gap=8)
        file = row(self.genesis, self.browse_genesis, gap=8)
        self.publish = Button(lambda: self.tr("组织方：发布新项目…"), icon="send", kind="ghost")
        self.publish.setObjectName("publish-new")
        layout = column(
            Label(lambda: self.tr("选择评标项目"), "heading"),
            address,
            scrolled(offers),
            Label(lambda: self.tr("或打开公告中的项目文件："), "caption"),
            file,
            row(self.publish, STRETCH, gap=0),
            gap=10,
            margins=(24, 22),
        )
        layout.setStretch(2, 1)
        panel = QFrame()
        panel.setLayout(layout)
        return panel

    def _form(self) -> QWidget:
        self.key = KeyField("key")
        self.pin = PinField()
        self.pin.setObjectName("pin")
        self.seat = _line("seat-name")
        self.button = Button(lambda: self.tr("登录"), icon="log-in", kind="primary", on=self._enter)
        self.button.setObjectName("sign-in")
        self._fingerprint = Label("", "caption", wrap=True)
        self._fingerprint.setObjectName("fingerprint")
        self._what = Label("", wrap=True)
        self._note = Label("", "hint", wrap=True)
        self._note.setObjectName("sign-in-note")
        self._problem = Label("", tone="bad", wrap=True)
        self._problem.setObjectName("sign-in-problem")
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.hide()
        self._problem.hide()
        self.set_aside = QCheckBox()
        self.set_aside.setObjectName("set-aside")
        self.set_aside.hide()
        self._door.damaged.connect(self.set_aside.show)
        self.list.changed.connect(self._withdraw_set_aside)
        for field in (self.seat, self.pin):
            field.textChanged.connect(self._judge)
            field.returnPressed.connect(self._enter)
        self.key.changed.connect(self._judge)
        self.key.entered.connect(self._enter)
        self.key.tokens_wanted.connect(self._ask_tokens)
        chosen = box(column(self._what, self._fingerprint, gap=4, margins=(12, 10)), role="inset")
        self._labels = [
            Label(lambda: self.tr("证书")),
            Label(lambda: self.tr("证书 PIN 码")),
            Label(lambda: self.tr("席位号")),
        ]
        layout = column(
            row(
                Icon("badge-check", colour="primary_text", size=22),
                Label(lambda: self.tr("证书登录"), "heading"),
                STRETCH,
            ),
            chosen,
            column(self._labels[0], self.key, gap=4),
            column(self._labels[1], self.pin, gap=4),
            column(self._labels[2], self.seat, gap=4),
            STRETCH,
            self._problem,
            self.set_aside,
            self._note,
            self._progress,
            self.button,
            gap=12,
            margins=(24, 22),
        )
        return box(layout, role="form-side")

    @Slot()
    def _restyle(self) -> None:
        look = theme()
        self._side.setFixedWidth(look.px(FORM_PX))
        self._card.setMaximumSize(look.px(WIDEST), look.px(TALLEST))

    def _withdraw_set_aside(self) -> None:
        """It was offered for the data of another evaluation."""
        self.set_aside.setChecked(False)
        self.set_aside.hide()

    # -- asking the door -------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask the centre for its list, and this machine for what it knows."""
        self._empty.say(lambda: self.tr("正在查询评标中心…"))
        self._empty.show()
        self._door.offers(self.centre.text().strip(), self._offered, self._not_offered)

    def prefill(self, *, genesis: Path | None, key: str, seat: str) -> None:
        """What the command line has named."""
        if key:
            self.key.set_address(key)
        self.seat.setText(seat)
        if genesis is not None:
            self.genesis.setText(str(genesis))
            self._read_genesis()

    def say(self, progress: Bilingual) -> None:
        """How far signing in is."""
        self._busy = True
        self._told = progress
        self._problem.hide()
        self._judge()

    def fail(self, sentence: Bilingual) -> None:
        """Why signing in has failed, and what to do."""
        self._busy = False
        self._problem.say(sentence)
        self._problem.show()
        self._judge()
        self.pin.setFocus()
        if self.key.kind == TOKEN:
            self.key.ask()  # how many tries are left now, or whether it is still there

    @Slot()
    def _ask_tokens(self) -> None:
        self._door.tokens(self.key.show_tokens)

    def _offered(self, offers: tuple[Offer, ...]) -> None:
        kept = [offer for offer in self.list.offers() if offer.fingerprint not in {new.fingerprint for new in offers}]
        self.list.set_offers([*offers, *kept])
        if self._not_listed is None:
            self._empty.setVisible(not offers)
            self._empty.say(lambda: self.tr("没有可登录的项目。请填写评标中心地址后刷新，或打开公告中的项目文件。"))
        self._not_listed = None

    _not_listed: Bilingual | None = None

    def _not_offered(self, sentence: Bilingual) -> None:
        self._not_listed = sentence
        self._empty.say(sentence)
        self._empty.show()

    def _read_genesis(self) -> None:
        path = self.genesis.text().strip()
        if path:
            self._door.announcement(Path(path), self.announce, self.fail)

    def announce(self, offer: Offer) -> None:
        """Put an evaluation at the head of the list and choose it."""
        others = [other for other in self.list.offers() if other.fingerprint != offer.fingerprint]
        self._empty.hide()
        self._problem.hide()
        self.list.set_offers([offer, *others])
        self.list.choose(offer.fingerprint)

    def _enter(self) -> None:
        offer = self.list.chosen
        if self._missing() is not None or offer is None or self._busy:
            return
        choice = Choice(
            offer.fingerprint, self.centre.text().strip(), self.key.address, self.pin.take(),
            self.seat.text().strip(), self.set_aside.isChecked(),
        )  # fmt: skip
        from evalclient.core.records.fields import Bilingual  # records are not needed for the first paint

        self.say(Bilingual("正在登录…", "Signing in …"))
        self._door.enter(choice, self.say, self.fail)

    # -- state -----------------------------------------------------------------------------------------------------

    def _missing(self) -> Say | None:
        if self.list.chosen is None:
            return lambda: self.tr("请先选择评标项目。")
        if not self.centre.text().strip():
            return lambda: self.tr("请填写评标中心地址。")
        without_key = self.key.missing()
        if without_key is not None:
            return without_key
        if not self.pin.text():
            return lambda: self.tr("请输入证书 PIN 码。")
        return None

    def _judge(self) -> None:
        offer = self.list.chosen
        self._what.say(offer.title if offer else (lambda: self.tr("尚未选择项目")))
        self._fingerprint.setVisible(offer is not None)
        if offer is not None:
            print_ = offer.fingerprint
            self._fingerprint.say(
                lambda: self.tr("项目指纹（请与公告核对）：\n{groups}").format(groups=_groups(print_))
            )
        missing = self._missing()
        for widget in (
            self.key,
            self.pin,
            self.seat,
            self.genesis,
            self.browse_genesis,
            self.list,
            self.publish,
        ):
            widget.setEnabled(not self._busy)
        self._progress.setVisible(self._busy)
        self._note.say(self._told if self._busy else (missing or ""))
        self._note.setVisible(bool(said(self._told if self._busy else (missing or ""))))
        self.button.setEnabled(missing is None and not self._busy)

    def _browse_genesis(self) -> None:
        self._browse(self.tr("选择项目文件"), self.tr("项目文件 (*.json *.genesis)"), self.genesis)

    def _browse(self, title: str, kinds: str, field: QLineEdit) -> None:
        dialog = QFileDialog(self, title, str(Path(field.text()).parent if field.text() else Path.home()))
        dialog.setNameFilters([kinds, self.tr("所有文件 (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(field.setText)
        dialog.fileSelected.connect(self._chosen_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen_file(self) -> None:
        QTimer.singleShot(0, self, self._read_genesis)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        for field, name, hint in (
            (self.centre, self.tr("评标中心地址"), "https://"),
            (self.genesis, self.tr("项目文件"), self.tr("公告所附的项目文件（genesis）")),
            (self.pin, self.tr("证书 PIN 码"), self.tr("请输入证书 PIN 码")),
            (self.seat, self.tr("席位号"), self.tr("席位标签上的编号，可不填")),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(hint)
        self.set_aside.setText(self.tr("移开损坏的数据（原样保留）"))


def _line(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    return field


def _groups(fingerprint: str) -> str:
    groups = [fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4)]
    lines = (groups[at : at + GROUPS_PER_LINE] for at in range(0, len(groups), GROUPS_PER_LINE))
    return "\n".join(" ".join(line) for line in lines)
