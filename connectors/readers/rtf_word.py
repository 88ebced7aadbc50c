"""RTF's control words: which are characters, which end a paragraph, which open what (RTF 1.9.1).

Windows's numbers of character sets stand for its code pages.
"""

from __future__ import annotations

CHARSETS = {
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "hyphen": "-",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "cell": "\t",
    "nestcell": "\t",
    "nestrow": "\n",
}
ENDS = frozenset(("par", "sect", "page", "row"))
BESIDE = frozenset(
    (
        *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"),
        *("footnote", "annotation", "shptxt"),
    )
)
PROPERTIES = {
    "author": "Author",
    "operator": "LastModifiedBy",
    "title": "Title",
    "subject": "Subject",
    "keywords": "Keywords",
    "doccomm": "Description",
    "category": "Category",
    "manager": "Manager",
    "company": "Company",
    "atnauthor": "ChangedBy",
    "revtbl": "ChangedBy",
}
SILENT = frozenset(
    (
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "nonesttables", "sp"),
        *("listtext", "shprslt"),
    )
)
#: Groups within groups that are passed over, of which the inner still says something.
THROUGH = frozenset(("shpinst", "shp", "shptxt", "annotation", "object"))
