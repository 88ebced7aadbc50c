"""合成番号 (compounds): codes whose parts stand in several columns of one row.

An insurer's number, a symbol and a number name an insured person only together (see
``recognizers.jp_health_insurance``). Here they are joined for a whole batch at once, into the
normal form of what the recognizers find in a text, so that both are one value.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from scanners.accounts import joined_accounts
from scanners.finding import Entity
from scanners.normalize import fold_values
from scanners.recognizers.insurance import care_insurer, insurer, is_elderly
from scanners.values import PLACEHOLDER, as_text

_LETTER = r"0-9A-Za-zァ-ヺー々〆ヶぁ-ん\p{Han}"
_EDABAN = r"(?:\s*-\s*0[0-9]|\s*\([0-9]{2}\)|[\s,(]*枝番(?:号)?[\s:)]*[0-9]{1,2}\)?)?"
_NUMBER = rf"^\s*(?:第|(?i:no\.?))?\s*0*([0-9]{{1,9}})号?{_EDABAN}\s*$"
_PAIR = (
    rf"^\s*(?:記号)?[:\s]*([{_LETTER}](?:[{_LETTER}・.\-]*?[{_LETTER}])??)"
    rf"\s*(?:[-‐‑–—―−─ー/・,、\s]|番号[:\s]*)\s*0*([0-9]{{1,9}}){_EDABAN}\s*$"
)
_JOINTS = r"[-‐‑‒–—―−─ー・.\s]"
#: Digits of the number that is a person's by itself, and how many are left at least.
_ALONE = {Entity.JP_CARE_INSURANCE: (10, 4), Entity.JP_ELDERLY_MEDICAL_INSURANCE: (8, 3)}


def compound(batch: pa.RecordBatch, fields: Sequence[str], entity: Entity) -> pa.StringArray | None:
    """Join the fields of each row: insurer, symbol and number; or insurer and what holds the rest.

    Null where a part is missing or isn't what it should be; but numbers of the elderly and of care
    insurance are kept alone, unless another scheme insures. ``None`` where a field can't be read.
    """
    if entity is Entity.JP_BANK_ACCOUNT:
        return joined_accounts(batch, fields)
    texts = [as_text(batch.column(name)) for name in fields]
    if any(text is None for text in texts):
        return None
    who, *parts = [fold_values(text) for text in texts]
    if entity in _ALONE:
        number = _alone(parts[-1], entity)
        others = pc.is_valid(_insurers(who, Entity.JP_HEALTH_INSURANCE))
        alone = pc.if_else(others, None, number)
        return pc.coalesce(_hyphened(_insurers(who, entity), number), alone)
    if len(parts) == 1:
        parts = [
            pc.replace_substring_regex(_if(parts[0], _PAIR), _PAIR, rf"\{at}") for at in (1, 2)
        ]
    return _hyphened(_insurers(who, entity), _symbols(parts[0]), _numbers(parts[1]))


def _hyphened(*parts: pa.StringArray) -> pa.StringArray:
    return pc.binary_join_element_wise(*parts, "-", null_handling="emit_null")


def _if(texts: pa.StringArray, pattern: str) -> pa.StringArray:
    """Keep the texts that match."""
    return pc.if_else(pc.match_substring_regex(texts, pattern), texts, None)


def _insurers(texts: pa.StringArray, entity: Entity) -> pa.StringArray:
    """Verify insurers' numbers, of which there are few."""
    encoded = texts.dictionary_encode()
    verified = [_insurer(text, entity) or None for text in encoded.dictionary.to_pylist()]
    return pa.array(verified, pa.string()).take(encoded.indices)


def _insurer(text: str, entity: Entity) -> str:
    if entity is Entity.JP_CARE_INSURANCE:
        return care_insurer(text)
    number = insurer(text)
    return number if is_elderly(number) is (entity in _ALONE) else ""


def _symbols(texts: pa.StringArray) -> pa.StringArray:
    said = pc.if_else(pc.match_substring_regex(texts, PLACEHOLDER), None, texts)
    bare = pc.utf8_upper(pc.replace_substring_regex(said, _JOINTS, ""))
    bare = pc.replace_substring_regex(bare, "^0*([0-9]+)$", r"\1")
    return _if(bare, f"^[{_LETTER}]{{1,20}}$")


def _numbers(texts: pa.StringArray) -> pa.StringArray:
    return pc.replace_substring_regex(_if(texts, _NUMBER), _NUMBER, r"\1")


def _alone(texts: pa.StringArray, entity: Entity) -> pa.StringArray:
    length, least = _ALONE[entity]
    bare = pc.utf8_upper(pc.replace_substring_regex(texts, _JOINTS, ""))
    if entity is Entity.JP_CARE_INSURANCE:
        bare = _if(bare, f"^(?:H[0-9]{{9}}|[0-9]{{{least},{length}}})$")
    else:
        bare = _if(bare, f"^[0-9]{{{least},{length}}}$")
    return pc.utf8_lpad(bare, length, "0")
