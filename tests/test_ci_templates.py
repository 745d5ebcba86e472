"""The CI files for a company's own repository: valid by the published schemas, careful with rights, and red without losing the site."""

from __future__ import annotations

import email
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from kamgen import cli
from kamgen.clock import VARIABLE
from kamgen.telephone import EMAIL

TEMPLATES = Path(__file__).parent.parent / "templates" / "ci"
GITHUB = TEMPLATES / "github.yml"
GITLAB = TEMPLATES / "gitlab.yml"
RED = "---\naccount: Acme\ntier: A\nowner: kari\n---\n"
PORTFOLIO = "title: Key accounts\ncurrency: EUR\npeople:\n  - {id: kari, name: Kari Nygaard, role: kam}\nrules: {extends: per-account}\n"
MKDOCS = "site_name: Key accounts\ndocs_dir: plans\ntheme: {name: material, font: false}\nplugins: [search, kamgen]\n"


def load(path: Path) -> Any:
    """Every scalar as text, for YAML 1.1 takes the key `on` for a truth value."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


github = load(GITHUB)
gitlab = load(GITLAB)


GITHUB_DIGEST = TEMPLATES / "github-digest.yml"
GITLAB_DIGEST = TEMPLATES / "gitlab-digest.yml"
ON_GITHUB, ON_GITLAB = ["vendor.github-workflows"], ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"]
SCHEMAS = {GITHUB: ON_GITHUB, GITLAB: ON_GITLAB, GITHUB_DIGEST: ON_GITHUB, GITLAB_DIGEST: ON_GITLAB}


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_the_file_is_valid_by_the_published_schema(path: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *SCHEMAS[path], str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def scripts() -> Iterator[str]:
    """Every shell line of both files."""
    for job in github["jobs"].values():
        yield from (step["run"] for step in job["steps"] if "run" in step)
    for job in gitlab.values():
        if isinstance(job, dict):
            yield from (*job.get("before_script", []), *job.get("script", []))


def test_every_kamgen_command_in_them_exists_with_its_options() -> None:
    lines = [line for line in scripts() if line.startswith("kamgen ")]
    assert {line.split()[1] for line in lines} == {"check", "build"}
    for line in lines:
        command = cli.cli.get_command(click.Context(cli.cli), line.split()[1])
        assert command, line
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in line.split() if word.startswith("--")} <= options, line


def test_the_day_is_never_pinned_and_versions_are() -> None:
    for path in (GITHUB, GITLAB):
        live = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
        assert VARIABLE not in "\n".join(live)
    installs = [line for line in scripts() if line.startswith("pip install")]
    assert installs
    assert all("--constraint constraints.txt" in line for line in installs)


def test_github_runs_on_pull_requests_main_every_night_and_by_hand() -> None:
    assert set(github["on"]) == {"pull_request", "push", "schedule", "workflow_dispatch"}
    assert github["on"]["push"] == {"branches": ["main"]}
    assert "kamgen check --format github" in [step.get("run") for step in github["jobs"]["check"]["steps"]]
    assert github["jobs"]["check"]["if"] == "github.event_name == 'pull_request'"


def test_github_asks_for_no_more_rights_than_it_needs() -> None:
    assert github["permissions"] == {"contents": "read"}
    assert [name for name, job in github["jobs"].items() if "permissions" in job] == ["publish"]
    assert github["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    checkouts = [step for job in github["jobs"].values() for step in job["steps"] if step.get("uses", "").startswith("actions/checkout")]
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)


def test_github_actions_are_pinned_by_major() -> None:
    uses = [step["uses"] for job in github["jobs"].values() for step in job["steps"] if "uses" in step]
    assert uses
    assert [name for name in uses if not re.fullmatch(r"actions/[a-z-]+@v\d+", name)] == []


def test_github_keeps_the_site_also_when_red_and_publishes_only_when_told() -> None:
    keep = next(step for step in github["jobs"]["site"]["steps"] if step.get("uses", "").startswith("actions/upload-artifact"))
    assert keep["if"] == "${{ !cancelled() }}"
    assert keep["with"]["path"] == "site/"
    telling = [step for step in github["jobs"]["site"]["steps"] if "pages" in step.get("uses", "")] + [github["jobs"]["publish"]]
    assert len(telling) == 2
    assert all("vars.KAMGEN_PUBLISH == 'true'" in part["if"] for part in telling)


def test_gitlab_keeps_the_site_also_when_red_and_publishes_only_when_told() -> None:
    assert gitlab["check"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert gitlab["site"]["artifacts"]["when"] == "always"
    assert gitlab["site"]["artifacts"]["paths"] == ["site/"]
    assert all('$KAMGEN_PUBLISH == "true"' in rule["if"] for rule in gitlab["pages"]["rules"])


@pytest.mark.parametrize("path", [GITHUB, GITLAB], ids=["github", "gitlab"])
def test_the_file_says_why_nothing_is_published(path: Path) -> None:
    text = " ".join(path.read_text(encoding="utf-8").replace("#", " ").split())
    assert "account plans hold opinions about people" in text


@pytest.mark.slow
@pytest.mark.parametrize("script", [github["jobs"]["site"]["steps"][3]["run"], gitlab["site"]["script"][0]], ids=["github", "gitlab"])
def test_a_red_plan_fails_the_job_and_leaves_the_site(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "acme.md").write_text(RED, encoding="utf-8")
    (tmp_path / "plans" / "portfolio.yml").write_text(PORTFOLIO, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    monkeypatch.delenv(VARIABLE, raising=False)
    command = [sys.executable, "-m", *script.split()]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "KAM201" in done.stdout
    assert (tmp_path / "site" / "index.html").is_file()


def digest_lines() -> dict[str, list[str]]:
    """The shell lines of the two that send a digest."""
    github_job, gitlab_job = load(GITHUB_DIGEST)["jobs"]["digest"], load(GITLAB_DIGEST)["digest"]
    return {"github": [step["run"] for step in github_job["steps"] if "run" in step], "gitlab": [*gitlab_job["before_script"], *gitlab_job["script"]]}


def test_nothing_is_sent_unless_told() -> None:
    assert load(GITHUB_DIGEST)["jobs"]["digest"]["if"] == "vars.KAMGEN_DIGEST == 'true'"
    assert all('$KAMGEN_DIGEST == "true"' in rule["if"] for rule in load(GITLAB_DIGEST)["digest"]["rules"])
    assert load(GITHUB_DIGEST)["permissions"] == {"contents": "read"}
    for path in (GITHUB_DIGEST, GITLAB_DIGEST):
        assert "Nothing is sent unless" in path.read_text(encoding="utf-8")
        assert not EMAIL.search(path.read_text(encoding="utf-8").replace("@v", " "))


@pytest.mark.parametrize("where", ["github", "gitlab"])
def test_the_digest_that_is_sent_is_written_by_commands_that_exist(where: str) -> None:
    lines = digest_lines()[where]
    assert "pip install --constraint constraints.txt kamgen" in lines
    command = cli.cli.get_command(click.Context(cli.cli), "digest")
    assert command
    options = {option for parameter in command.params for option in parameter.opts}
    found = [line for line in lines if line.startswith("kamgen ")]
    assert [line.split()[1] for line in found] == ["digest", "digest"]
    assert all({word for word in line.split() if word.startswith("--")} <= options for line in found)


@pytest.mark.parametrize("where", ["github", "gitlab"])
def test_the_mail_and_the_post_are_whole(where: str, tmp_path: Path) -> None:
    """The shell is played with a curl that keeps what it is given; nothing secret stands among its arguments."""
    (tmp_path / "digest.html").write_text("<p>Købmandshuse</p>", encoding="utf-8")
    (tmp_path / "digest.md").write_text('# "Købmandshuse"', encoding="utf-8")
    curl = tmp_path / "curl"
    curl.write_text('#!/bin/sh\necho "$@" >> said.txt\ncat >> config.txt\n', encoding="utf-8")
    curl.chmod(0o755)
    values = {"MAIL_URL": "smtps://m", "MAIL_TO": "to", "MAIL_FROM": "from", "MAIL_LOGIN": 'me:sec"r\\et%', "CHAT_URL": "https://c/secret"}
    python = f"{tmp_path}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    for line in [line for line in digest_lines()[where] if "curl --config" in line]:
        subprocess.run(["sh", "-e", "-c", line], cwd=tmp_path, env={"PATH": python, **values}, check=True)
        subprocess.run(["sh", "-e", "-c", line], cwd=tmp_path, env={"PATH": python}, check=True)
    mail = email.message_from_bytes((tmp_path / "mail.txt").read_bytes())
    assert (mail["To"], mail.get_content_type()) == ("to", "text/html")
    assert mail.get_payload(decode=True) == "<p>Købmandshuse</p>".encode()
    assert json.loads((tmp_path / "post.json").read_text("utf-8")) == {"text": '# "Købmandshuse"'}
    assert (tmp_path / "config.txt").read_text("utf-8") == 'user = "me:sec\\"r\\\\et%"\nurl = "https://c/secret"\n'
    assert "sec" not in (tmp_path / "said.txt").read_text("utf-8")
