"""What templates were compiled to: kept in the process, and beside all repositories in the user's own folder of caches.

It is code that runs, so it is read from nowhere that a repository could write to.
"""

from __future__ import annotations

from typing import Final

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from kamgen.cache import Cache, Nothing
from kamgen.stamp import digest


class Compiled(BytecodeCache):
    """What templates were compiled to, by name and text: who builds again, under `serve` say, compiles once."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}
        self.remember(Nothing(), "")

    def remember(self, cache: Cache, stamp: str) -> None:
        """What was not compiled in this process is looked for in a cache, and kept there; `stamp` says what it was compiled by."""
        self._cache, self._stamp = cache, stamp

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills the bucket where the same text was compiled before."""
        key = self._key(bucket)
        kept = self._kept.get(key) or self._cache.load(key)
        if kept:
            self._kept[key] = kept
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        key = self._key(bucket)
        self._kept[key] = bucket.bytecode_to_string()
        self._cache.keep(key, self._kept[key])

    def settle(self) -> None:
        """At the end of a build: what is old goes."""
        self._cache.settle()

    def _key(self, bucket: Bucket) -> str:
        return digest(("template", self._stamp, bucket.key, bucket.checksum, _settings(bucket.environment)))


def _settings(environment: Environment) -> str:
    """What of an environment decides what a text is compiled to."""
    names = (sorted(some) for some in (environment.extensions, environment.filters, environment.tests))
    return repr((environment.autoescape, environment.trim_blocks, environment.lstrip_blocks, environment.undefined.__name__, *names))


COMPILED: Final = Compiled()
