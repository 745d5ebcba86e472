"""The content security policy: which scripts of a page may run, and that none of its content ever does."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from kamgen.policy import HEADERS, Policy
from tests.sites import CONFIG, PLAN, build, write


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def parts(policy: Policy) -> dict[str, list[str]]:
    return {name: values.split() for name, _, values in (part.partition(" ") for part in str(policy).split("; "))}


def test_inline_scripts_are_named_by_their_hash() -> None:
    policy = Policy()
    policy.see("<script>one()</script><SCRIPT type=module>two()</SCRIPT ><script\ntype='text/javascript'>a\r\nb</script>")
    assert policy.hashes == {hashed("one()"), hashed("two()"), hashed("a\nb")}
    assert "'unsafe-inline'" not in parts(policy)["script-src"]


def test_data_and_files_are_no_inline_scripts() -> None:
    policy = Policy()
    policy.see('<script type="application/json">{"a": 1}</script><script src="../x.js"></script><script type="module" src=y.js></script>')
    assert policy.hashes == set()
    assert parts(policy)["script-src"] == ["'self'"]


def test_what_a_page_tells_is_never_allowed_to_run() -> None:
    policy, fragment = Policy(), "<p><script>alert(1)</script></p>"
    policy.see(f"<body><script>theme()</script>{fragment}</body>", fragment)
    assert policy.hashes == {hashed("theme()")}


def test_hosts_of_the_company_s_own_are_allowed() -> None:
    policy = Policy()
    policy.see('<script src="https://a.example/x.js"></script><script src=//b.example/y.js></script>')
    policy.see('<link rel="stylesheet" href="https://c.example/x.css"><link rel="canonical" href="https://d.example/"><link rel=icon href=i.png>')
    said = parts(policy)
    assert said["script-src"] == ["'self'", "https://a.example", "https://b.example"]
    assert said["connect-src"] == said["script-src"]
    assert said["style-src"][2:] == said["font-src"][2:] == ["https://c.example"]
    assert "d.example" not in str(policy)


def test_the_file_is_ours_or_the_company_s(tmp_path: Path) -> None:
    policy = Policy({"'sha256-x'"})
    policy.write(tmp_path)
    said = (tmp_path / HEADERS).read_text("utf-8")
    assert said.splitlines()[1:3] == ["/*", f"  Content-Security-Policy: {policy}"]
    Policy().write(tmp_path)
    assert "sha256-x" not in (tmp_path / HEADERS).read_text("utf-8")
    (tmp_path / HEADERS).write_text("/*\n  X-Own: yes\n")
    policy.write(tmp_path)
    assert (tmp_path / HEADERS).read_text("utf-8") == "/*\n  X-Own: yes\n"


def test_names_change_nothing_in_the_policy_of_a_site(tmp_path: Path) -> None:
    names = {"plain": "Acme", "hostile": "'</title><script>alert(1)</script>'"}
    said = [
        (build(write(tmp_path / word, {"acme.md": PLAN.replace("Acme", name)}, config=CONFIG)) / HEADERS).read_text("utf-8")
        for word, name in names.items()
    ]
    assert said[0] == said[1]
    assert said[0].count("'sha256-") > 1
