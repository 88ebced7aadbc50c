"""生体情報 (biometric data): features of a body made ready for recognising its bearer by machine.

Cabinet Order Art. 1 item 1 (イ to ト): DNA, face, iris, voice, gait, veins, finger and palm prints;
an individual identification code where it suffices to tell one person from another (Rules Art. 2,
guideline 2-2). It is no text: it is known by the name of its field and by its type. Under such a
name a list of 64 to 4096 numbers (the usual lengths of embeddings are 128 and 512), a blob, or a
template written in hexadecimal or Base64 is taken; a score, a path or a plain word is not. A plain
photograph of a face is personal data, but no code until features are taken from it.

Files that hold nothing else are known by their names: see :func:`biometric_file`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.finding import Entity, Finding, Strength
from scanners.joined import strip
from scanners.normalize import Folded, fold
from scanners.recognizers.base import Recognizer

_NUMBER = r"[-+]?(?:[0-9]{1,12}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:[eE][-+]?[0-9]{1,3})?"
_GAP = r"\s{0,40}"
_LISTED = re.compile(
    rf"[\[({{]?{_GAP}{_NUMBER}(?:(?:{_GAP}[,;]{_GAP}|\s{{1,40}}){_NUMBER}){{63,4095}}{_GAP}[\])}}]?"
)
#: Longer than any digest: a fingerprint of 32 to 128 digits is a key's or a browser's. A column of
#: bytes is written as the digest of each (``scanners.values``).
_TEMPLATE = re.compile(
    r"(?:0x|\\x)?[0-9A-Fa-f]{129,}|[A-Za-z0-9+/_-]{90,}={0,2}|bytes:[0-9a-f]{32}"
)
#: Bases of a sequence, long enough for a marker (Rules Art. 2: whole genome, exome, STR…).
_BASES = re.compile(r"[ACGTN]{40,}")
_LABEL = re.compile(
    r"(?:顔特徴量|顔認証データ|指紋データ|指紋特徴量|声紋|虹彩データ|静脈データ|歩容データ"
    r"|(?<![a-z])(?:face|iris|voice|palm|gait|finger)[_ ]?(?:print[_ ]?)?"
    r"(?:embedding|vector|template)|(?<![a-z])voiceprint)[\"']?[ :=は]{0,4}"
    rf"(?P<value>\[{_GAP}{_NUMBER}(?:{_GAP},{_GAP}{_NUMBER}){{63,4095}}{_GAP}\])",
    re.IGNORECASE,
)
#: Variant calls, aligned and raw reads, genotypes; ISO/IEC 19794 and ANSI/NIST interchange.
_FILE = re.compile(
    r"\.(?:vcf|bcf|gvcf|bam|cram|sam|fastq|fq|fast5|pod5|bgen|plink|bed\.bim|fmr|fir|iir|wsq|eft"
    r"|an2)(?:\.(?:gz|bgz|bz2|xz|zst))?\Z",
    re.IGNORECASE,
)


#: Features are what a device makes of a body: a column is named by both, and by how and what for.
_BODY = (
    r"(?:生体|顔(?:面)?|指紋|掌紋|掌形|声紋|音声|声|話者|虹彩|網膜|(?:手のひら|掌|指)?静脈|歩容|歩行"
    r"|骨格|耳介)"
)
_MADE = (
    r"(?:認証|照合|識別|登録|画像|スキャン|id|用|の)*"
    r"(?:特徴(?:量|点)?|テンプレート|ベクトル|ベクター|パターン|コード|ハッシュ|埋め?込み?"
    r"|エンベディング|(?<=証)情報|(?<=[証合別録])(?:用)?データ|(?<=特徴)情報)(?:ベクトル|データ|値)*"
)
#: Of these nothing but the features is kept.
_PRINT = (
    r"(?:指紋|掌紋|掌形|声紋|虹彩|網膜|静脈|歩容|生体)(?:認証|照合)?(?:画像|データ|情報|スキャン)?"
)
_GENES = (
    r"(?:dna|ゲノム|遺伝子|塩基|snp|str|エクソーム)(?:塩基)?(?:型|配列|多型)(?:データ|情報)?"
    r"|(?:ゲノム|遺伝子)(?:情報|データ)|バイオメトリクス|マニューシャ"
)
_LATIN_BODY = (
    r"(?:biometrics?|(?<!sur)(?<!inter)(?<!type)fac(?:e|ial)|finger(?:print)?|(?<![a-z])fp|palm|iris"
    r"|retinal?|(?<!in)voice(?:print)?|speaker|vein|gait|hand(?=geometry)|(?<![a-z])ear)"
)
_LATIN_MADE = (
    r"(?:print|net|recognition|recog|id|auth|scan|image|raw)*"
    r"(?:embeddings?|emb|vec(?:tors?)?|feat(?:ures?)?|templates?|encodings?|descriptors?|patterns?|signature|minutiae|geometry"
    r"|(?<=face)code|(?<=iris)code|hash|scan|(?<=print)data|(?<=recognition)data|(?<=biometric)data)"
    r"(?:vec(?:tors?)?|data)?"
)
_LATIN_GENES = (
    r"(?:dna|genom(?:e|ic)|genetic|snp)(?:sequence|seq|profile|genotype|data)"
    r"|str(?:profile|genotype)|(?:finger|palm)vein|(?<![a-z])[dx]vector"
)
_ROMAJI = (
    r"(?:kao|shimon|seimon|kou?sai|(?:yubi|shi|te)?jou?myaku|hoyou?|s[hy]ou?mon|seitai)"
    r"(?:ninshou?)?(?:toku(?:ch|ty)ou?(?:r[iy]+ou?)?|data|deeta|jou?hou?|vector|template|pattern"
    r"|code|ninshou?)"
    r"|shimon|seimon|jou?myaku"
)
_SAID = (_BODY + _MADE, _PRINT, _GENES, _LATIN_BODY + _LATIN_MADE, _LATIN_GENES, _ROMAJI)


class BiometricRecognizer(Recognizer):
    """Takes what stands under 顔特徴量, ``face_embedding``; in a text the lists so named."""

    ENTITY = Entity.BIOMETRIC
    KIND = "biometric"
    STRENGTH = Strength.UNIQUE
    CONTEXT = ("顔特徴量", "指紋", "声紋", "虹彩", "静脈", "face embedding", "voiceprint", "iris")
    HEADERS = (
        *(
            "生体情報",
            "生体認証",
            "生体データ",
            "顔認証",
            "顔データ",
            "指紋",
            "指静脈",
            "手のひら静脈",
        ),
        *("掌紋", "声紋", "虹彩", "静脈", "歩容", "dna", "dna配列", "塩基配列", "ゲノム"),
        *(
            "biometric",
            "biometrics",
            "faceid",
            "faceprint",
            "fingerprint",
            "palmprint",
            "voiceprint",
        ),
        *("iris", "irisdata", "gait", "gaitdata", "vein", "genome", "genotype", "snp", "minutiae"),
    )
    SAID = f"(?:{'|'.join(_SAID)})$"
    JOINS = True
    PREFILTER = (
        r"(?i)(?:顔特徴量|顔認証データ|指紋|声紋|虹彩データ|静脈データ|歩容データ|face|iris|voice"
        r"|palm|gait|finger)[^\[]{0,40}\["
    )

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find lists of numbers that a word calls features of a body."""
        for match in _LABEL.finditer(folded.text):
            start, end = match.span("value")
            yield self._found(folded, start, end, 0.9, "pattern", "context 特徴量")

    def fits(self, value: str) -> bool:
        """Tell whether the value is features or a template, not a word, a path or a score."""
        value = value.strip()
        shapes = (_LISTED, _TEMPLATE, _BASES)
        return any(shape.fullmatch(value) for shape in shapes)

    def knows(self, value: str) -> bool:
        """Tell nothing: numbers in a row are anything's where no name says more."""
        return False

    def normal(self, text: str) -> str:
        """Return the text as it stands; features are never compared as text."""
        return strip(fold(text).text)


def biometric_file(name: str) -> str:
    """Return the ending that says of a file that it holds biometric data and nothing else, or "".

    For whoever surveys a folder: such a file is BIOMETRIC as a whole, though nobody reads into it.
    A plain ``.vcf`` may also be a card of contacts, which its first line tells.

    >>> biometric_file("share/被験者/NA12878.vcf.gz"), biometric_file("顔写真.jpg")
    ('.vcf.gz', '')
    """
    match = _FILE.search(name.strip())
    return match[0].lower() if match else ""
