"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from klimatgraph.errors import InputError
from klimatgraph.files import read_text, write_bytes, write_text


def test_replaces_a_file_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    target = tmp_path / "å ä ö.txt"
    target.write_text("gammalt")
    write_text(target, "nytt: åäö\n")
    assert target.read_bytes() == "nytt: åäö\n".encode()
    assert os.listdir(tmp_path) == ["å ä ö.txt"]


def test_a_missing_folder_is_one_line_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot write") as caught:
        write_bytes(tmp_path / "no" / "a.txt", b"x")
    assert "\n" not in str(caught.value)
    assert os.listdir(tmp_path) == []


def test_a_folder_in_the_way_is_not_harmed(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    with pytest.raises(InputError):
        write_bytes(tmp_path / "here", b"x")
    assert os.listdir(tmp_path) == ["here"]


def test_a_new_file_can_be_read_by_others_as_the_mask_allows(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_text(tmp_path / "a", "x")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path) -> None:
    private = tmp_path / "a"
    private.write_text("old")
    private.chmod(0o600)
    write_text(private, "new")
    assert private.read_text() == "new" and private.stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link, real = tmp_path / "link", tmp_path / "real" / "a"
    real.write_text("old")
    link.symlink_to(real)
    write_text(link, "new")
    assert link.is_symlink() and real.read_text() == "new"
    assert os.listdir(tmp_path / "real") == ["a"]


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_text(pipe, "klimat")
    assert os.read(reader, 100) == b"klimat" and pipe.is_fifo()
    os.close(reader)


@pytest.mark.parametrize(
    ("content", "said"), [(b"\xff\xfe\x00", "not UTF-8"), (b"x" * 50, "larger than 40 bytes")]
)
def test_reading_refuses_what_is_no_small_text(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "q.rq").write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_text(tmp_path / "q.rq", limit=40)


def test_reading_drops_a_byte_order_mark_and_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes("\ufeffASK {}".encode())
    assert read_text(tmp_path / "q.rq") == "ASK {}"
    with pytest.raises(InputError, match="cannot read"):
        read_text(tmp_path / "none.rq")
