"""Choosing whose key: one address for files, tokens and services, and what is still missing."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from evalclient.ui.texts import said
from evalclient.ui.widgets.key_field import FILE, SERVICE, TOKEN, KeyField, TokenOffer

FIRST = TokenOffer("pkcs11:token=a", "评标卡", "欧阳建国", "b58dbff5e9ee5e9a")
SECOND = TokenOffer("skf:device=b", "SOFTKEY 01", "王芳", "0123456789", 6)


@pytest.fixture
def field(qtbot: QtBot) -> KeyField:
    made = KeyField("key")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/media/usb/key.p12", FILE),
        ("pkcs11:token=a", TOKEN),
        ("skf:device=b", TOKEN),
        ("https://sign.example/card", SERVICE),
    ],
)
def test_a_key_that_is_known_is_shown_as_what_it_is(address: str, kind: str, field: KeyField) -> None:
    field.set_address(address)
    assert (field.kind, field.address, field.missing()) == (kind, address, None)


def test_choosing_tokens_asks_what_is_plugged_in(field: KeyField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.tokens_wanted):
        field.kinds.button(TOKEN).click()
    assert not field.refresh.isEnabled()
    assert said(field.missing() or "") == "请插入证书介质后刷新，并选择介质。"
    field.show_tokens((FIRST, SECOND))
    assert field.address == FIRST.address
    assert [field.tokens.itemText(at) for at in range(2)] == ["欧阳建国 · 评标卡 · …5e9a", "王芳 · SOFTKEY 01 · …6789"]
    field.tokens.choose(SECOND.address)
    assert field.address == SECOND.address
    field.show_tokens((SECOND,))
    assert field.address == SECOND.address
    field.show_tokens(())
    assert field.address == ""


def test_a_token_that_has_locked_is_no_key(field: KeyField) -> None:
    field.kinds.button(TOKEN).click()
    field.show_tokens((TokenOffer("skf:device=b", "SOFTKEY 01", "王芳", "0123456789", 0),))
    assert "已锁定" in said(field.missing() or "")


def test_each_kind_says_what_it_lacks(field: KeyField) -> None:
    assert "证书文件" in said(field.missing() or "")
    field.kinds.button(SERVICE).click()
    assert "服务地址" in said(field.missing() or "")
