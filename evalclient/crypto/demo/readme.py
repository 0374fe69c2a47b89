"""What stands in the folder of demonstration authorities beside the keys: its README, and OpenSSL's settings for stamps."""

from __future__ import annotations

from datetime import datetime

TSA_CONFIGURATION = """# DEMO time stamping authority, for "openssl ts" run in this folder
[tsa]
default_tsa = demo

[demo]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key.pem
certs = chain.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def readme(seed: str, at: datetime) -> str:
    """The folder's README, Chinese and English."""
    return f"""# 演示证书 · DEMO certificates

**仅供演示和练习。** 知道种子的人即知道这里的全部私钥。每个名称都带有“演示 DEMO”标记；只有练习项目（practice）认可这些机构。

**For demonstration and practice alone.** Whoever knows the seed knows every key here. Every name is marked “演示 DEMO”; only practice
evaluations accept these authorities.

Made by `evalclient demo-pki FOLDER --seed {seed} --at {at:%Y-%m-%dT%H:%M:%SZ}`; the same words give the same bytes.

| folder | 内容 | what |
|---|---|---|
| `roots` | 四个根证书；`all.pem` 为全部 | the roots; `all.pem` holds all of them |
| `authorities/nanling` (RSA), `donghu` (EC), `beiyuan` (SM2) | 签发证书、交叉证书、吊销列表、OCSP 应答者及其索引 | issuing and cross-certificates, revocation lists, the OCSP responder and its index |
| `people` | 评委、投标人、场地、组织方、监督、保管方的密钥文件和证书，清单及口令见 `people.csv` | key files and certificates of experts, bidders, rooms, organiser, supervisor, custodians; list and PINs in `people.csv` |
| `event-authority` | 当日证书机构（口令 `demo-event`），`issuing.pem` 列入首条记录的 `event_authority` | the authority of the day, for who has no usable certificate (PIN `demo-event`); record 0 names `issuing.pem` as `event_authority` |
| `time-stamping` | 时间戳服务 | the time stamping authority |
| `centre` | 中心服务器证书（localhost） | the centre's TLS certificate (localhost) |

`expert-revoked` 的证书已列入 `authorities/donghu/issuing.crl`；`expert-expired` 的证书已过期。两张证书的人，签名证书为 `.cer`，加密证书为
`-encryption.cer`，两把私钥在同一 `.p12` 中。

`expert-revoked` is on the list `authorities/donghu/issuing.crl`, `expert-expired` has expired. Who has two certificates signs by the one in
`.cer` and is encrypted to by `-encryption.cer`; both keys lie in one `.p12`.

## With stock tools

    openssl verify -CAfile roots/nanling.pem -untrusted authorities/nanling/issuing.pem people/expert-1.cer
    openssl verify -crl_check -CRLfile authorities/donghu/lists.pem -CAfile roots/donghu.pem \\
        -untrusted authorities/donghu/issuing.pem people/expert-revoked.cer            # revoked
    openssl verify -vfyopt distid:1234567812345678 -CAfile roots/beiyuan.pem authorities/beiyuan/issuing.pem     # SM2:
    openssl verify -vfyopt distid:1234567812345678 -partial_chain \\
        -trusted authorities/beiyuan/issuing.pem people/expert-3.cer                   # one step at a time

    evalclient one-day issue REQUEST --key event-authority/authority.p12 -o CERT       # the authority of the day

    cd authorities/donghu && openssl ocsp -index index.txt -CA issuing.pem -rsigner ocsp.pem -rkey ocsp.key.pem -port 2560

    cd time-stamping
    openssl ts -query -data FILE -sha256 -cert -out FILE.tsq
    openssl ts -reply -config openssl.cnf -queryfile FILE.tsq -out FILE.tsr
    openssl ts -verify -data FILE -in FILE.tsr -CAfile ../roots/nanling.pem -untrusted chain.pem

A list holds for thirty days from its making; what is older is judged by the tender's rule.
"""
