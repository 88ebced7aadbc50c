"""Writing: files written again with all their changes at once, and put in place of the old ones.

One file is one unit: with a refusal it isn't touched, and the others go on. Whether a file is what
it was, or already what it was to become, its hash tells, never the numbers of its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from connectors.base import Work
from connectors.change import Action, Change, Intent, Outcome, Receipt, Refusal, Why
from connectors.errors import SourceError, Unsupported
from connectors.files.content import explain
from connectors.files.hashing import is_of
from connectors.files.held import Held, held
from connectors.files.hindered import Hindered, changed, hindered
from connectors.files.named import parted
from connectors.files.rewriting import Rewriting
from connectors.files.store import Store
from connectors.files.swap import Draft
from connectors.files.unit import INSIDE
from connectors.options import Options

_IN_ARCHIVE = "It lies inside an archive, dump or database; change it there by hand."
_GONE = "The file is gone; scan its folder again."


@dataclass(frozen=True, slots=True, repr=False)
class _Prepared:
    """A file that lacks only the last step."""

    draft: Draft
    receipts: list[Receipt]


class FileWork(Work):
    """Changes of files, done but for the swaps."""

    def __init__(self, store: Store, options: Options) -> None:
        self.intents: tuple[Intent, ...] = ()
        self.refused: tuple[Refusal, ...] = ()
        self._store = store
        self._options = options
        self._already: list[Receipt] = []
        self._prepared: list[_Prepared] = []

    def prepare(
        self, stack: ExitStack, path: str, changes: Sequence[Change], known: Sequence[Intent]
    ) -> None:
        """Write one file again, beside the old one."""
        try:
            self._prepare(stack, path, changes, known)
        except Hindered as error:
            self._refuse(changes, error)
        except FileNotFoundError:
            self._refuse(changes, Hindered(Why.GONE, _GONE))
        except OSError as error:
            self._refuse(changes, hindered(error))
        except Exception as error:  # noqa: BLE001  # a parser may raise anything over one bad file
            self._refuse(changes, Hindered(Why.BY_HAND, _by_hand(error)))

    def commit(self, *, purge: bool = False) -> list[Receipt]:
        """Put all new files in place; one that can't be is refused, and the others go on."""
        receipts = list(self._already)
        for each in self._prepared:
            receipts += self._swap(each, purge=purge)
        self._prepared.clear()
        return receipts

    def _prepare(
        self, stack: ExitStack, path: str, changes: Sequence[Change], known: Sequence[Intent]
    ) -> None:
        if INSIDE in path:
            raise Hindered(Why.BY_HAND, _IN_ARCHIVE)
        stored = self._store.find(path)
        if stored is None or stored.is_folder:
            raise FileNotFoundError
        with ExitStack() as inner:
            # Its state is noted before its content is looked at: no change can slip in between.
            draft = self._store.tell(lambda: inner.enter_context(self._store.draft(stored)))
            unit = self._store.unit(stored)
            with held(unit, self._options.digest_key, is_local=self._store.is_local) as old:
                here = [each.after for each in known if each.unit == path]
                if here and old.hash in here:
                    self._already += [_already(path, each, old.hash) for each in changes]
                else:
                    self._write(old, changes, draft)
            if self._prepared and self._prepared[-1].draft is draft:
                stack.push(inner.pop_all())

    def _write(self, old: Held, changes: Sequence[Change], draft: Draft) -> None:
        new = Rewriting(old, changes, self._options)
        with _unchanged(old, changes):
            refusals = new.write(draft.file)
        if refusals:
            self.refused += tuple(refusals)
            return
        self._store.tell(draft.ready)
        self.intents += (Intent(old.unit.path, old.hash, new.after, (new.count(),)),)
        self._prepared.append(_Prepared(draft, list(new.receipts())))

    def _swap(self, each: _Prepared, *, purge: bool) -> Iterator[Receipt]:
        try:
            sentence = self._store.tell(lambda: each.draft.swap(purge=purge))
        except (Hindered, OSError, SourceError) as error:
            why = error if isinstance(error, Hindered) else _unsure(error)
            self.refused += tuple(
                Refusal(one.dataset, one.record, why.why, why.sentence) for one in each.receipts
            )
            return
        yield from (_said(one, sentence) for one in each.receipts)

    def _refuse(self, changes: Sequence[Change], why: Hindered) -> None:
        self.refused += tuple(
            Refusal(each.dataset, each.record, why.why, why.sentence) for each in changes
        )


@contextmanager
def writing(
    store: Store, options: Options, changes: Sequence[Change], known: Sequence[Intent]
) -> Iterator[FileWork]:
    """Prepare changes, file by file; what isn't committed in the end is removed."""
    files: dict[str, list[Change]] = {}
    for change in changes:
        files.setdefault(parted(change.dataset, change.record)[0], []).append(change)
    with ExitStack() as stack:
        work = FileWork(store, options)
        for path, some in files.items():
            work.prepare(stack, path, some, known)
        yield work


@contextmanager
def _unchanged(old: Held, changes: Sequence[Change]) -> Iterator[None]:
    """Do something while the old file is hashed; whatever came of it, a changed one is told."""
    failure: Exception | None = None
    try:
        yield
    except Exception as error:  # noqa: BLE001  # raised again
        failure = error
    if not all(is_of(each.version, old.hash) for each in changes):
        raise changed() from None
    if failure is not None:
        raise failure


def _already(path: str, change: Change, whole: str) -> Receipt:
    after = None if change.action is Action.ERASE else f"{whole}:"
    return Receipt(
        path,
        change.dataset,
        change.record,
        change.action,
        Outcome.ALREADY,
        change.version,
        after,
    )


def _said(receipt: Receipt, sentence: str) -> Receipt:
    said = "; ".join(each for each in (receipt.sentence, sentence) if each)
    return replace(receipt, sentence=said)


def _by_hand(error: Exception) -> str:
    if isinstance(error, Unsupported | SourceError):
        return str(error)
    return f"Change it by hand, because {explain(error)[1]}."


def _unsure(error: OSError | SourceError) -> Hindered:
    """Say that nobody knows whether the last step was taken; looking at the hash tells."""
    if isinstance(error, OSError) and not isinstance(error, ConnectionError | TimeoutError):
        return hindered(error)
    sentence = "The connection was lost in the last step; run it again, which tells if it was done."
    return Hindered(Why.UNSAFE_STORE, sentence)
