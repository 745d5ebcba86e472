"""What kamgen is measured against."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml


def compose(folder: Path) -> None:
    """PyYAML's own C composer over the front matter of every plan: no check, no record, no rule."""
    for file in sorted((folder / "plans").glob("*.md")):
        text = file.read_text(encoding="utf-8")
        yaml.compose(text[4 : text.index("\n---\n", 4)], Loader=yaml.CSafeLoader)


def markdown_site(site: Path, folder: Path) -> None:
    """The visible content of a built site as a MkDocs project: each article turned back into Markdown, a file a page, a small navigation."""
    from markdownify import markdownify  # noqa: PLC0415  (the composer beside it must start fast)

    docs = folder / "docs"
    for page in sorted(site.rglob("*.html")):
        if page.name == "404.html":
            continue
        target = docs / page.relative_to(site).with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(markdownify(article(page.read_text(encoding="utf-8")), heading_style="ATX"), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")


CONFIG = """site_name: Baseline
theme: {name: material, font: false}
plugins: [search]
nav: [index.md]
validation: {nav: {omitted_files: ignore}, links: {not_found: ignore, anchors: ignore, unrecognized_links: ignore, absolute_links: ignore}}
"""


def article(html: str) -> str:
    """The article of a page, charts left out."""
    start = html.index("<article")
    text = html[html.index(">", start) + 1 : html.rindex("</article>")]
    while (chart := text.find("<svg")) >= 0:
        text = text[:chart] + text[text.index("</svg>", chart) + 6 :]
    return text


if __name__ == "__main__":
    compose(Path(sys.argv[1]))
