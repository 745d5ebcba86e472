"""The content security policy of a site: the theme's own inline scripts by their hash, and nothing else that runs or comes from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

HEADERS: Final = "_headers"
"""Where static hosts (Netlify, Cloudflare Pages and others) look for the headers that they send."""
HEAD: Final = "# Written by kamgen build. Other servers send the same lines for every page.\n"
SCRIPT: Final = re.compile(r"<script(\s[^>]*)?>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
LINK: Final = re.compile(r"<link\s[^>]*>", re.IGNORECASE)
ATTRIBUTE: Final = re.compile(r"""\b(src|href|rel|type)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
RUN: Final = frozenset({"", "module", "text/javascript", "application/javascript"})
"""The types of scripts that run; the others are data."""
STYLES: Final = frozenset({"stylesheet", "preconnect"})


@dataclass
class Policy:
    """What the pages of a site need: hashes of inline scripts, and the hosts that mkdocs.yml takes scripts, styles and fonts from."""

    hashes: set[str] = field(default_factory=set)
    script_hosts: set[str] = field(default_factory=set)
    style_hosts: set[str] = field(default_factory=set)

    def see(self, page: str, fragment: str = "") -> None:
        """Takes in what the theme put into a page. `fragment` is the page's own content, whose scripts are nobody's who may run one."""
        theme = page.replace(fragment, "") if fragment else page
        for script in SCRIPT.finditer(theme):
            self._script(_attributes(script[1] or ""), script[2])
        for link in LINK.finditer(theme):
            said = _attributes(link[0])
            if STYLES.intersection(said.get("rel", "").split()):
                self.style_hosts.update(_host(said.get("href", "")))

    def take(self, other: Policy) -> None:
        """Takes in what another has seen."""
        self.hashes |= other.hashes
        self.script_hosts |= other.script_hosts
        self.style_hosts |= other.style_hosts

    def _script(self, said: dict[str, str], text: str) -> None:
        if "src" in said:
            self.script_hosts.update(_host(said["src"]))
        elif said.get("type", "").lower() in RUN:
            self.hashes.add(_hash(text))

    def __str__(self) -> str:
        """The policy as a server sends it."""
        scripts, styles = sorted(self.script_hosts), sorted(self.style_hosts)
        parts = {
            "default-src": ["'none'"],
            "script-src": ["'self'", *sorted(self.hashes), *scripts],
            "style-src": ["'self'", "'unsafe-inline'", *styles],
            "img-src": ["'self'", "data:"],
            "font-src": ["'self'", "data:", *styles],
            "media-src": ["'self'"],
            "connect-src": ["'self'", *scripts],
            "worker-src": ["'self'"],
            "manifest-src": ["'self'"],
            "base-uri": ["'self'"],
            "form-action": ["'none'"],
            "frame-ancestors": ["'self'"],
        }
        return "; ".join(f"{name} {' '.join(values)}" for name, values in parts.items())

    def headers(self) -> str:
        """The file that static hosts read."""
        lines = (f"Content-Security-Policy: {self}", "X-Content-Type-Options: nosniff", "Referrer-Policy: same-origin")
        return f"{HEAD}/*\n" + "".join(f"  {line}\n" for line in lines)

    def write(self, site: Path) -> None:
        """Writes the file into a site, unless the company has one of its own there (from the theme's `custom_dir`)."""
        file = site / HEADERS
        if not file.is_file() or file.read_text(encoding="utf-8").startswith(HEAD):
            file.write_text(self.headers(), encoding="utf-8", newline="\n")


def _attributes(tag: str) -> dict[str, str]:
    return {found[1].lower(): found[2] or found[3] or found[4] or "" for found in ATTRIBUTE.finditer(tag)}


def _host(address: str) -> Iterator[str]:
    """The host of an address that is not of this site."""
    said = urlsplit(address)
    if said.netloc:
        yield f"{said.scheme or 'https'}://{said.netloc}"


@lru_cache(maxsize=256)
def _hash(text: str) -> str:
    """An inline script as a policy names it; browsers read line ends as one character."""
    digest = hashlib.sha256(text.replace("\r\n", "\n").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
