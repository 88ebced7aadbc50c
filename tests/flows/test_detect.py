"""``shozai detect``: a text, a file, standard input, or line by line."""

from __future__ import annotations

import json
import time

import pytest

from tests.flows.command import Command, start

TEXT = "担当の山田太郎です。メールは taro@example.jp、生年月日は1985年4月1日。"


def test_a_text_is_answered_with_offsets_of_the_text_as_given(command: Command) -> None:
    """``text[start:end]`` is what was found, in full width and beyond the BMP too."""
    text = "𠮷野花子様　ＴＥＬ：０９０－１２３４－５６７８　" + TEXT
    ended = command("detect", text, "--json")
    assert ended.code == 0, ended.err
    found = json.loads(ended.out)["findings"]
    assert {one["entity"] for one in found} >= {"PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS"}
    assert [one["text"] for one in found] == [text[one["start"] : one["end"]] for one in found]


@pytest.mark.parametrize("where", ["argument", "file", "stdin", "stdin as file", "no argument"])
def test_a_text_may_come_from_anywhere(command: Command, where: str) -> None:
    """An argument, a file with a byte order mark, and standard input give the same answer."""
    (command.folder / "text.txt").write_text(TEXT, encoding="utf-8-sig")
    words = {
        "argument": (TEXT,),
        "file": ("--file", "text.txt"),
        "stdin": ("-",),
        "stdin as file": ("--file", "-"),
        "no argument": (),
    }
    ended = command("detect", *words[where], "--json", stdin=TEXT)
    assert ended.code == 0, ended.err
    assert [(one["entity"], one["text"]) for one in json.loads(ended.out)["findings"]] == [
        ("PERSON", "山田太郎"),
        ("EMAIL_ADDRESS", "taro@example.jp"),
        ("DATE_OF_BIRTH", "1985年4月1日"),
    ]


def test_nothing_found_is_no(command: Command) -> None:
    """A text without personal data is answered with nothing, and the exit code 1."""
    ended = command("detect", "商品番号は123456789012です", "--json")
    assert (ended.code, json.loads(ended.out)) == (1, {"findings": []})
    assert "見つかりませんでした" in command("detect", "商品番号です").out


def test_a_file_that_is_not_utf8_is_told(command: Command) -> None:
    """Other encodings are what `scan` is for."""
    (command.folder / "sjis.txt").write_bytes("山田太郎".encode("cp932"))
    ended = command("detect", "--file", "sjis.txt")
    assert ended.code == 2
    assert "is not UTF-8: `shozai scan sjis.txt`" in ended.err


def test_lines_are_answered_one_by_one_and_a_bad_one_stops_nothing(command: Command) -> None:
    """The id given in is given back, of bad lines too; empty lines are left out."""
    (command.folder / "lines.jsonl").write_bytes(
        '{"id": [1, "a"], "text": "山田太郎です"}\n{"id": 2}\n\n'.encode()
        + b'{"id": 3, "text": 5}\nnonsense\n[1]\n\xff\n{"text": ""}\n'
    )
    ended = command("detect", "--jsonl", "--file", "lines.jsonl")
    assert ended.code == 3, ended.err
    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert [one.get("id") for one in answers] == [[1, "a"], 2, 3, None, None, None, None]
    assert ["error" in one for one in answers] == [False, True, True, True, True, True, False]
    assert answers[0]["findings"][0]["text"] == "山田太郎"


@pytest.mark.slow
def test_a_line_is_answered_before_the_next_is_given(command: Command) -> None:
    """Whoever writes a line may wait for its answer: nothing is held back."""
    process = start(command.folder, "detect", "--jsonl", stdin=True)
    assert process.stdin
    assert process.stdout
    for number in range(2):
        process.stdin.write(json.dumps({"id": number, "text": "taro@example.jp"}) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == number
    begun = time.monotonic()
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert time.monotonic() - begun < 30
