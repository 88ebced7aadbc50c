"""認証情報 (credential): a password, key or token that opens something to whoever holds it.

Not personal by itself, but its leak is to be reported (施行規則 Art. 7(2): fear of damage to
property by misuse), so it is searched for and never shown, not even masked. Three kinds:

- *tokens* with a shape that only their issuer gives, private keys and hashes of passwords:
  ``scanners.recognizers.issued_tokens``.
- *labelled*: what stands behind ``password:``, ``パスワードは``, ``api_key=``, unless it is a
  placeholder (``****``, ``<password>``, ``${PASS}``), a word of prose (``required``) or code.
- *in a URL* (RFC 3986, 3.2.1): ``scheme://user:password@host``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.finding import Entity, Finding, Strength
from scanners.joined import strip
from scanners.normalize import Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.issued_tokens import BEGINS, KEY_BEGINS, TOKEN, private_keys

_URL = re.compile(
    r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/:@\"'<>]{0,64}:"
    r"(?P<secret>[^\s/@\"'<>]{3,128})@[A-Za-z0-9\[]"
)
_NAMES = (
    r"(?:[A-Za-z0-9]{1,20}[_.-]){0,3}(?:password|passwd|passwort|passphrase|pwd|passcode"
    r"|secret[_-]?access[_-]?key|secret[_-]?key|client[_-]?secret|api[_-]?secret|api[_-]?key"
    r"|access[_-]?token|refresh[_-]?token|auth[_-]?token|bearer[_-]?token|private[_-]?key"
    r"|account[_-]?key|shared[_-]?key|secret|pass|pw)"
)
_NATIVE = (
    r"パスワード|パスフレーズ|暗証番号|秘密鍵|シークレットアクセスキー|シークレットキー|シークレット"
    r"|アクセストークン|認証トークン|APIキー|apiキー|PIN番号|PW|ＰＷ|ログインPW"
)
_LABELLED = re.compile(
    rf"(?:(?<![A-Za-z0-9]){_NAMES}|{_NATIVE})(?:\([^()\n]{{0,12}}\))?[\"'`]?"
    r"[ \t]{0,3}(?:=>|:=|[:=]|は|→|(?P<prose>\bis)[ ])[ \t]{0,3}"
    r"(?P<open>[\"'`「『【\[<{(]?)(?![\"'`])(?P<secret>[!-~]{4,128})",
    re.IGNORECASE,
)
_ENDS = {"「": "」", "『": "』", "【": "】", '"': '"', "'": "'", "`": "`"}
_CUT = re.compile(r"[\"'`,;<>&|)\]}]|\\n|[.](?=\Z)")
#: What stands in the place of a secret, and what is a word of prose, a type or a piece of code.
_NO_SECRET = re.compile(
    r"(?i)[*xX#_.?•-]+|\W+|(?:null|none|nil|true|false|yes|no|on|off|undefined|required|optional|"
    r"string|str|text|varchar|char|integer|bytes|secretstr|invalid|incorrect|wrong|expired|changed|"
    r"reset|updated?|forgotten|forgot|must|should|cannot|can|will|has|was|not|your|the|this|that|"
    r"empty|hidden|masked|redacted|removed|filtered|protected|encrypted|hashed|enter|input|"
    r"placeholder|passwords?|passwd|pass|secret|tokens?|username|user|login|admin_password|"
    r"change-?me|changeit|tbd|todo|example|see|same|ask|stored|from|with|and|for|set|unset|"
    r"ok|ng|fail(?:ed|ure)?|success|error|mismatch|policy|field|"
    r"(?:your|my|the|db|user|new|old)[_-]?(?:password|passwd|secret|token|key|api_?key)[_a-z]*)"
)
_CODE = re.compile(
    r"[$%@]?[{(<\[]|\$[A-Za-z_]|%[a-zA-Z(]|[A-Za-z_][\w.]*[(\[]|(?:os|process|env|self|this|config|"
    r"settings|secrets?|args?|request|params?|data|user|var|local|vault|kwargs|opts|options|form)\."
    r"|https?://|//|/[a-z]+/"
)
_WORDY = re.compile(r"[a-z]+", re.IGNORECASE)
_PROSE = re.compile(r"[ ][A-Za-z]{2,}")
#: What somebody may have written under a heading: no blanks, no date, no yes or no.
_OPAQUE = re.compile(r"[!-~]{4,512}")
_DATED = re.compile(r"[12][0-9]{3}[-/][0-9]{1,2}[-/][0-9]{1,2}.*")


class CredentialRecognizer(Recognizer):
    """Finds ``password: Xk9#mq2L``, ``AKIA…``, ``$2b$12$…``, ``postgres://app:Xk9mq2L@db``."""

    ENTITY = Entity.CREDENTIAL
    KIND = "credential"
    STRENGTH = Strength.WEAK
    CONTEXT = (
        "パスワード",
        "暗証番号",
        "秘密鍵",
        "apiキー",
        "トークン",
        "password",
        "secret",
        "pwd",
    )
    HEADERS = (
        *(
            "パスワード",
            "ログインパスワード",
            "初期パスワード",
            "仮パスワード",
            "パスワードハッシュ",
        ),
        *("暗証番号", "パスフレーズ", "秘密鍵", "シークレット", "シークレットキー", "apiキー"),
        *("アクセストークン", "認証トークン", "アクセスキー", "秘密の質問の答え", "秘密の答え"),
        *("password", "passwd", "pwd", "passphrase", "passcode", "pass", "pw", "userpass"),
        *("loginpass", "loginpw", "passwordhash", "hashedpassword", "passwordhashed"),
        *("encryptedpassword", "passwordencrypted", "passworddigest", "passwordsalt", "pwdhash"),
        *("pwhash", "passhash", "passwdhash", "cryptedpassword", "userpassword", "apikey"),
        *("apisecret", "secret", "secretkey", "clientsecret", "accesskey", "secretaccesskey"),
        *("accesstoken", "refreshtoken", "authtoken", "apitoken", "bearertoken", "idtoken"),
        *("sessiontoken", "remembertoken", "resetpasswordtoken", "passwordresettoken"),
        *("resettoken", "privatekey", "accountkey", "sharedkey", "totpsecret", "otpsecret"),
        *("mfasecret", "pincode", "securityanswer", "webhooksecret", "signingsecret"),
        *("secretanswer", "securityquestionanswer", "authkey", "encryptionkey", "credential"),
        *("credentials", "pswd", "passwrd", "pinno", "ansho", "anshobango", "anshobangou"),
        *("anshocode", "ansyobango", "aikotoba", "himitsunokotae", "pasuwado", "暗証"),
        *("暗証コード", "暗唱番号", "合言葉", "合い言葉", "ひみつの答え", "秘密の言葉"),
        *("パスコード", "pinコード", "ピンコード", "認証キー", "認証コード", "認証情報"),
    )
    JOINS = True
    PREFILTER = (
        rf"{BEGINS}|-----BEGIN |://[^\s/@]{{0,64}}:[^\s/@]{{3,}}@"
        r"|(?i:pass|pwd|pw|secret|token|api[_-]?key|private[_-]?key|account[_-]?key"
        r"|shared[_-]?key|apiキー|pin番号)|パスワード|パスフレーズ|暗証番号|秘密鍵|シークレット|トークン"
    )

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find tokens, then passwords in URLs, then what a label names; each place once."""
        taken: list[tuple[int, int]] = []
        for start, end, score, evidence in _candidates(folded.text):
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
                yield self._found(folded, start, end, score, *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value could be a secret: opaque, and no word, date or placeholder."""
        value = value.strip()
        if self.knows(value):
            return True
        opaque = _OPAQUE.fullmatch(value) is not None and not _DATED.fullmatch(value)
        return opaque and not _NO_SECRET.fullmatch(value)

    def knows(self, value: str) -> bool:
        """Tell whether the value is a token or a hash of a password by its shape."""
        value = value.strip()
        return TOKEN.fullmatch(value) is not None or KEY_BEGINS.match(value) is not None

    def normal(self, text: str) -> str:
        """Return the folded text; a secret is never compared with another."""
        return strip(fold(text).text)


def _candidates(text: str) -> Iterator[tuple[int, int, float, tuple[str, ...]]]:
    for start, end in private_keys(text):
        yield start, end, 0.99, ("pattern",)
    for match in TOKEN.finditer(text):
        yield match.start(), match.end(), 0.98, ("pattern",)
    for pattern, score, reason in ((_URL, 0.9, "URL"), (_LABELLED, 0.85, "label")):
        for match in pattern.finditer(text):
            start, end = match.span("secret")
            end = _end(text, match) if pattern is _LABELLED else end
            prose = pattern is _LABELLED and match["prose"] and _WORDY.fullmatch(text[start:end])
            if not prose and _is_secret(text, start, end):
                yield start, end, score, ("pattern", f"context {reason}")


def _end(text: str, match: re.Match[str]) -> int:
    """Return where a labelled secret ends: at its closing quote, or where a sentence goes on."""
    start, end = match.span("secret")
    closing = _ENDS.get(match["open"])
    if closing:
        found = text.find(closing, start, end + 1)
        return found if found >= 0 else end
    cut = _CUT.search(text[start:end], 1)
    return start + cut.start() if cut else end


def _is_secret(text: str, start: int, end: int) -> bool:
    secret = text[start:end]
    if len(secret) < 4 or _NO_SECRET.fullmatch(secret) or _CODE.match(secret):  # noqa: PLR2004
        return False
    # password: correct horse ... is a sentence, unless digits or signs stand in its first word.
    return not (_WORDY.fullmatch(secret) and _PROSE.match(text, end))
