"""A hindrance: why one file can't be changed now; a value in the end, so that other files go on."""

from __future__ import annotations

import errno

from connectors.change import Why

_WHYS = {
    errno.ENOENT: (Why.GONE, "The file is gone; scan its folder again."),
    errno.EACCES: (Why.NO_RIGHT, "The account may not write this file or its folder."),
    errno.EPERM: (Why.NO_RIGHT, "The account may not write this file or its folder."),
    errno.EROFS: (Why.NO_RIGHT, "The store is mounted for reading only."),
    errno.EAGAIN: (Why.LOCKED, "Another program holds the file; try again when it is closed."),
    errno.EBUSY: (Why.LOCKED, "Another program holds the file; try again when it is closed."),
    errno.ENOSPC: (Why.UNSAFE_STORE, "There is no room for the new file beside the old one."),
    errno.EDQUOT: (Why.UNSAFE_STORE, "There is no room for the new file beside the old one."),
    errno.EFBIG: (Why.UNSAFE_STORE, "There is no room for the new file beside the old one."),
}


class Hindered(Exception):
    """A file can't be changed; ``sentence`` says why, and names no value."""

    def __init__(self, why: Why, sentence: str) -> None:
        super().__init__(sentence)
        self.why = why
        self.sentence = sentence


def changed() -> Hindered:
    """Say that a file isn't what it was."""
    return Hindered(Why.CHANGED, "The file has changed since; look at it again, then plan anew.")


def hindered(error: OSError) -> Hindered:
    """Say what the system's refusal means."""
    if isinstance(error, PermissionError):
        return Hindered(*_WHYS[errno.EACCES])
    unsafe = (Why.UNSAFE_STORE, "The store failed; see that it can be reached, and try again.")
    return Hindered(*_WHYS.get(error.errno or 0, unsafe))
