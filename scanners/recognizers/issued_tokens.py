"""発行されたトークン (issued tokens): keys and hashes whose shape only who issues them gives.

Private keys (RFC 7468), AWS, GitHub, GitLab, Slack, Stripe, Google, OpenAI, SendGrid, npm, JSON web
tokens (RFC 7519), and hashes of passwords (bcrypt, Argon2, scrypt, PBKDF2, crypt). The issuers' own
pages give prefix and length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKENS = (
    r"(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])",
    r"gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255}",
    r"glpat-[A-Za-z0-9_-]{20,64}",
    r"xox[abeoprs]-[A-Za-z0-9-]{10,250}|xapp-[0-9]-[A-Za-z0-9-]{10,250}",
    r"https://hooks\.slack\.com/services/T[A-Z0-9]{6,14}/B[A-Z0-9]{6,14}/[A-Za-z0-9]{16,32}",
    r"[sr]k_(?:live|test)_[A-Za-z0-9]{16,247}|whsec_[A-Za-z0-9]{24,64}",
    r"AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])|GOCSPX-[A-Za-z0-9_-]{28}|ya29\.[A-Za-z0-9_-]{20,250}",
    r"sk-(?:proj-|ant-|svcacct-)?[A-Za-z0-9_-]{32,200}",
    r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}|npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{40,250}",
    r"eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{16,1000}",
    r"\$2[abxy]?\$[0-9]{2}\$[./A-Za-z0-9]{53}",
    r"\$argon2(?:id|i|d)\$[A-Za-z0-9=,$+/.-]{20,300}",
    r"\$(?:scrypt|7|y|gy|5|6|1|pbkdf2(?:-sha[0-9]+)?)\$[A-Za-z0-9=,$+/.-]{20,300}",
    r"pbkdf2_sha(?:1|256)\$[0-9]{3,8}\$[A-Za-z0-9+/=]{4,64}\$[A-Za-z0-9+/=]{20,100}",
    r"(?:scrypt|pbkdf2):[a-z0-9:]{3,24}\$[A-Za-z0-9]{4,64}\$[0-9a-f]{32,256}",
    r"\{(?:S?SHA(?:256|512)?|S?MD5|CRYPT)\}[A-Za-z0-9+/=$.]{20,200}",
)
TOKEN = re.compile(rf"(?<![A-Za-z0-9_-])(?:{'|'.join(_TOKENS)})")
#: What such tokens begin with, for a glance over a whole column.
BEGINS = (
    r"(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z2-7]{16}|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-"
    r"|xapp-|hooks\.slack|[sr]k_(?:live|test)_|whsec_|AIza|GOCSPX-|ya29\.|sk-|SG\.|npm_|pypi-|eyJ"
    r"|\$2[abxy]?\$|\$argon2|\$(?:scrypt|7|y|gy|5|6|1|pbkdf2)|pbkdf2_sha|scrypt:|pbkdf2:"
    r"|\{(?:S?SHA|S?MD5|CRYPT)"
)
KEY_BEGINS = re.compile(r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_KEY_ENDS, _LONGEST_KEY = "-----END ", 8192


def private_keys(text: str) -> Iterator[tuple[int, int]]:
    """Find private keys, from the first line of each to its last."""
    done = 0
    for match in KEY_BEGINS.finditer(text):
        if match.start() < done:
            continue
        last = text.find(_KEY_ENDS, match.end(), match.end() + _LONGEST_KEY)
        line = text.find("-----", last + len(_KEY_ENDS)) if last >= 0 else -1
        near = 0 <= line <= last + 80
        done = line + 5 if near else match.end()
        yield match.start(), done
