"""What a token's or a service's refusal is to the person: one sentence each."""

from __future__ import annotations

from typing import Final

from evalclient.core.errors import EvalclientError
from evalclient.crypto.cms.auth_enveloped import damaged
from evalclient.crypto.errors import CryptoError, KeyAbsent, KeyAddressRefused, KeyUnusable, PinLocked, WrongPin
from evalclient.crypto.keys.messages import Reason

_SENTENCES: Final[dict[Reason, tuple[type[CryptoError], str, str]]] = {
    "locked": (
        PinLocked,
        "证书介质的 PIN 码已锁定，请携带介质到发证机构解锁；今天的评标可申请当日证书。",
        "The token's PIN is locked; the authority that issued it can unlock it. For today ask for a one-day certificate.",
    ),
    "absent": (
        KeyAbsent,
        "未找到证书介质，或介质已被拔出；请插好介质，锁定屏幕后输入 PIN 码再试。",
        "The token is not plugged in, or was pulled out; plug it in, then lock the screen and enter the PIN.",
    ),
    "empty": (
        KeyUnusable,
        "证书介质中没有可用的证书和私钥（须为 RSA、EC 或 SM2），请换用评标所用的介质。",
        "The token holds no usable certificate with its key (RSA, EC or SM2); use the one meant for evaluations.",
    ),
    "library": (
        KeyUnusable,
        "证书介质的驱动无法使用，请重新安装驱动，或核对设置文件中驱动库的路径。",
        "The token's driver does not work; install it again, or check its path in the settings file.",
    ),
    "unready": (
        KeyAbsent,
        "驱动访问不到证书介质：介质可能未插好，或驱动没有正常启动；请插好介质再试，仍不行请重新安装驱动。",
        "The driver does not reach the token, which may not be plugged in; plug it in and try again, or else install the "
        "driver again.",
    ),
    "again": (
        KeyUnusable,
        "证书介质要求重新输入 PIN 码，请锁定屏幕后输入 PIN 码再试。",
        "The token asks for its PIN again; lock the screen, enter the PIN, and try again.",
    ),
    "refused": (
        KeyUnusable,
        "证书介质拒绝了本次操作，请重新插入介质，锁定屏幕后输入 PIN 码再试；仍不行请联系发证机构。",
        "The token refuses the operation; plug it in again, lock the screen, enter the PIN and retry, or ask its authority.",
    ),
    "unable": (
        KeyUnusable,
        "该证书介质的接口不能打开这种加密内容，请换用其他证书，或请对方按该证书的算法重新加密。",
        "This token's interface cannot open content encrypted in this way; use another certificate, or have it encrypted "
        "again by the algorithms of this one.",
    ),
    "unreachable": (
        KeyAbsent,
        "签名服务无法连接，请检查网络和服务地址后重试，或换用证书文件、证书介质。",
        "The signing service is out of reach; check network and address and try again, or use a key file or a token.",
    ),
    "insecure": (
        KeyAddressRefused,
        "签名服务的地址须以 https:// 开头，请向服务方核对。",
        "The address of a signing service must begin with https://; ask its operator.",
    ),
    "cancelled": (
        KeyUnusable,
        "您在手机上取消了本次操作，未签署任何内容；需要时请重新提交。",
        "You cancelled on the phone, nothing was signed; hand it in again if you mean to.",
    ),
    "expired": (
        KeyUnusable,
        "未在规定时间内于手机上确认，未签署任何内容；请重新提交并及时确认。",
        "Nobody confirmed on the phone in time, nothing was signed; hand it in again and confirm.",
    ),
}


def failure(reason: Reason, tries: int | None = None) -> EvalclientError:
    """The error for a reason; ``tries`` before the PIN locks, where known."""
    if reason == "pin":
        return _wrong_pin(tries)
    if reason == "damaged":
        return damaged()
    kind, zh, en = _SENTENCES[reason]
    return kind(zh, en)


def _wrong_pin(tries: int | None) -> WrongPin:
    if tries is None:
        return WrongPin(
            "PIN 码不正确，请核对后重新输入；连续输错会锁定介质。",
            "The PIN is wrong; check it and enter it again. Too many wrong ones lock the token.",
        )
    if tries == 1:
        return WrongPin(
            "PIN 码不正确，只剩最后 1 次机会，再输错介质即被锁定；没有把握请先联系发证机构。",
            "The PIN is wrong and one try is left before the token locks; if you are not sure, ask its authority first.",
            1,
        )
    return WrongPin(
        f"PIN 码不正确，还可再试 {tries} 次，请核对后重新输入。",
        f"The PIN is wrong, {tries} tries are left; check it and enter it again.",
        tries,
    )
