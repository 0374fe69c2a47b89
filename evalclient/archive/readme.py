"""The read-me of an archive: how to check it with our command, and piece by piece with stock tools."""

from __future__ import annotations

from evalclient.core.records.acts_founding import EvaluationCreated

_TEXT = """\
评标档案 / Evaluation archive
=============================

项目 / Evaluation : {zh} / {en}
项目指纹 / Fingerprint : {fingerprint}
记录数 / Records : {records}
{practice}
一、用本系统核验
----------------
    evalclient verify ARCHIVE.zip --genesis {fingerprint}

项目指纹应取自招标（采购）公告，而不是本档案。核验不需要评标中心：逐条验签、验证书、验日志根和回执，由记录重新计算全部得分与排序，
重新生成评标报告并与签署的报告比对。退出码 0 成立，1 不成立或者未锚定，2 无法读取。

二、用通用工具核验
------------------
1. 一条记录由两个文件组成：records/NNNNNN.payload（签名的原始字节：一行类型，其后为 JSON）与 records/NNNNNN.sig。
   证书签名的记录（CMS/CAdES，分离签名）：

    openssl cms -verify -inform DER -binary -in records/000000.sig -content records/000000.payload \\
        -CAfile certificates/roots.pem -purpose any -no_check_time -out /dev/null

   席位会话签名的记录（.sig 为 64 字节的 Ed25519 签名），会话编号见 JSON 的 session 字段：

    openssl pkeyutl -verify -pubin -inkey sessions/SESSION.pem -rawin -in records/NNNNNN.payload -sigfile records/NNNNNN.sig

2. 记录编号 = {hash} (payload)；log.txt 每行依次为序号、评标中心收到时间、叶哈希、记录编号、类型。
   叶 = "evalclient-leaf/1\\n" + 收到时间 + "\\n" + payload 字节数 + "\\n" + payload + sig；叶哈希 = HASH(0x00 + 叶)，
   由此按 RFC 6962 得到的树根应等于 checkpoint.txt 第三行（base64），其签名公钥写在首条记录的 log_key。
3. 评标报告 report/report.pdf 的每个签章可用 pdfsig -nocert report/report.pdf 核验；report/revisions.txt 列出
   各次签章前后的版本：文件前若干字节的摘要。
4. 投标文件本身不在档案内；seals/ 保留其封装清单及投标人签名：

    openssl cms -verify -inform DER -binary -in seals/PACKAGE/signature.p7s -content seals/PACKAGE/ASiCManifest.xml \\
        -CAfile certificates/roots.pem -purpose any -no_check_time -out /dev/null

   seals/PACKAGE/manifest.*.p7m 是投标人签名的开标一览表（名称、报价），仍是封装时的密文，其摘要列在封装清单中；
   单独解开它的密钥（AES-256-GCM）写在开标记录的 manifest_keys 中，解不开任何投标文件。
{sm_zh}{robustness_zh}{stamps_zh}
1. With the product
-------------------
    evalclient verify ARCHIVE.zip --genesis {fingerprint}

Take the fingerprint from the announcement of the tender, not from this archive. No centre is needed: every signature,
certificate, the log's root and the receipts are checked, all scores and the ranking are computed again from the
records, and the report is rendered again and compared with what was signed. Exit code 0: it holds; 1: it does not, or is
not anchored; 2: it cannot be read.

2. With stock tools
-------------------
A record is two files: records/NNNNNN.payload (the exact bytes that were signed: a type line, then JSON) and
records/NNNNNN.sig. Records signed by a certificate are detached CMS (CAdES) signatures; those signed by a session key
are 64 bytes of Ed25519, the session's id stands in the JSON. The commands are those above. A record's id is the
{hash} of its payload. log.txt lists index, time of receipt, leaf hash, id and kind; the leaf is
"evalclient-leaf/1\\n", the time, "\\n", the payload's length, "\\n", payload and signature, and the tree of RFC 6962 over
the leaves has the root in the third line of checkpoint.txt (base64), signed by the log_key of record 0. The bids
themselves are not here; seals/ keeps their manifests with the bidders' signatures. seals/PACKAGE/manifest.*.p7m is what
a bidder signed of name and price, sealed as he handed it in and listed in his seal; the manifest_keys of the opening
record are its AES-256-GCM content keys and open no document.
{sm_en}{robustness_en}{stamps_en}"""
_SM_ZH = """\

   本项目采用国密算法。持 SM2 证书者的签名以 SM2（用户标识 1234567812345678）和 SM3 作出，结构仍为 CMS，但 openssl cms 不能核验 SM2，
   须（如 docs/check-signature-sm.sh）取出签名属性（把首字节 A0 换为 31）、签名值和证书公钥后核验，并把属性中的 messageDigest 与 openssl dgst -sm3 所得比对：

    openssl dgst -sm3 -sigopt distid:1234567812345678 -verify public.pem -signature signature.der attributes.der

   席位会话签名为 64 字节的 r 与 s，先写成 DER 再以同一命令核验（被签的是 .payload 文件，公钥为 sessions/SESSION.pem）：

    set -- $(od -An -v -tx1 -w32 records/NNNNNN.sig | tr -d ' ')
    printf 'asn1=SEQUENCE:s\\n[s]\\nr=INTEGER:0x%s\\ns=INTEGER:0x%s\\n' "$1" "$2" > rs.cnf
    openssl asn1parse -genconf rs.cnf -noout -out signature.der

   manifest.*.p7m 为 SM4-CBC：manifest_keys 的前 16 字节以 openssl cms -EncryptedData_decrypt -inform DER -secretkey 解开它。
   pdfsig 不识 SM2，会报告“Unknown Validation Failure”；其签章结构同上，亦可用 evalclient verify report/report.pdf 核验。
"""
_SM_EN = """\
This evaluation uses the SM suite. Whoever has an SM2 certificate signed with SM2 (identity 1234567812345678) and SM3 in the
same CMS structure, which "openssl cms" cannot check: take out the signed attributes (their first byte A0 replaced by 31), the
signature and the certificate's key, and use "openssl dgst" as above (docs/check-signature-sm.sh of the source does so); messageDigest among the attributes is the SM3 of the
payload. Signatures by sessions are 64 bytes, r and s, to be written as DER first. manifest.*.p7m is SM4-CBC under the first
16 bytes of its key in manifest_keys. pdfsig knows no SM2 and says so ("Unknown Validation Failure").
"""
_ROBUSTNESS_ZH = """\
5. robustness.json 是签署之后得出的稳健性分析：去掉任一评委、改用其他取舍或者去极值方式、改动任一评分时结果是否改变；
   由记录重新计算即得，不改变评标结果，其摘要写在 archive.json。
"""
_ROBUSTNESS_EN = """\
robustness.json, worked out after the signatures, says how firmly the result stands: whether it would be another without a
member, with another rounding or trimming, or with another single score. It follows from the records, changes nothing, and
archive.json holds its digest.
"""
_STAMPS_ZH = """\
{number}. *.tsr 是时间戳服务机构签发的时间戳（RFC 3161），盖在同名文件上：report/report.pdf 是签署完毕的评标报告，
   timestamps/checkpoint.txt 是评标日志结束时的状态（第二行为记录数，第三行为树根）。

    openssl ts -verify -in report/report.pdf.tsr -data report/report.pdf \\
        -CAfile certificates/roots.pem -no_check_time

   SM2 证书签发的时间戳和签章，通用工具不能核验，可单独用本系统：evalclient verify report/report.pdf --trust certificates/roots.pem
"""
_STAMPS_EN = """\
*.tsr are the stamps (RFC 3161) of a time-stamping authority over the file of the same name: report/report.pdf is the
report with all its signatures, timestamps/checkpoint.txt the state of the log at the end (records in the second line,
root in the third). What SM2 keys have stamped or signed, stock tools cannot check; the product can, file by file:
evalclient verify report/report.pdf --trust certificates/roots.pem
"""


def readme(
    fingerprint: str, records: int, founding: EvaluationCreated, *, robustness: bool, stamped: bool = False
) -> bytes:
    """The read-me as UTF-8 text, the same for the same evaluation; ``robustness``, ``stamped``: these parts are there."""
    practice = "\n*** 演示项目，不具有法律效力 / PRACTICE, without legal effect ***\n" if founding.practice else ""
    return _TEXT.format(
        zh=founding.title.zh,
        en=founding.title.en,
        fingerprint=fingerprint,
        records=records,
        practice=practice,
        robustness_zh=_ROBUSTNESS_ZH if robustness else "",
        robustness_en=_ROBUSTNESS_EN if robustness else "",
        stamps_zh=_STAMPS_ZH.format(number=6 if robustness else 5) if stamped else "",
        stamps_en=_STAMPS_EN if stamped else "",
        sm_zh=_SM_ZH if founding.suite == "sm" else "",
        sm_en=_SM_EN if founding.suite == "sm" else "",
        hash="SHA-256" if founding.hash == "sha256" else "SM3",
    ).encode()
