"""Family 0: the file and its format. What the reader and the parser met, as findings."""

from __future__ import annotations

from kamgen.rule import Problems, Yield, rule


@rule("KAM001")
def not_a_plan(problems: Problems) -> Yield:
    """The file has no front matter, or it is never closed.

    Why: a plan is Markdown with its facts on top, between two lines `---`. Without them nothing can be read or judged.

    Help: write `---` as the very first line, then the keys, then `---` on a line of its own.
    """
    return problems.of("not-a-plan")


@rule("KAM002")
def not_utf8(problems: Problems) -> Yield:
    """The file is not plain UTF-8 text.

    Why: another encoding shows names wrong; control characters and direction overrides can make a line say something else than it shows.

    Help: save the file as UTF-8, and delete the character that is named.
    """
    return problems.of("not-utf8")


@rule("KAM003")
def invalid_yaml(problems: Problems) -> Yield:
    """The front matter cannot be read: a mistake in its syntax.

    Why: behind the mistake nothing can be understood, so nothing of the plan is judged.

    Help: mend the line that is named. Text with `: `, ` #` or quotes is safest in block style, on its own lines after `|`.
    """
    return problems.of("invalid-yaml")


@rule("KAM004")
def duplicate_key(problems: Problems) -> Yield:
    """A key stands twice in the same place.

    Why: only one of the two values can count, and a reader cannot see which; usually one of them was meant for another place.

    Help: keep one of the two lines, or move the second to where it belongs.
    """
    return problems.of("duplicate-key")


@rule("KAM005")
def forbidden_yaml(problems: Problems) -> Yield:
    """The front matter uses YAML that plans do without: anchors, aliases, merge keys, tags, a second document.

    Why: they make a text mean something else than it says, and a few lines of them can fill a computer's memory.

    Help: write the value out in full; put text that begins with `&`, `*` or `!` in quotes.
    """
    return problems.of("forbidden-yaml")


@rule("KAM006")
def too_large(problems: Problems) -> Yield:
    """The file is over 1 MB, or its lists are nested deeper than 20.

    Why: a plan that long is read by nobody, and such files are usually something else saved under the wrong name.

    Help: keep minutes and presentations where they are, and link them under `documents:`.
    """
    return problems.of("too-large")


@rule("KAM007")
def conflict_marker(problems: Problems) -> Yield:
    """Two versions of the plan were merged, and the clash was left in the file.

    Why: the file holds both versions, and neither counts until somebody decides.

    Help: keep the lines that are right, and delete the marker lines `<<<<<<<`, `=======` and `>>>>>>>`.
    """
    return problems.of("conflict-marker")


@rule("KAM008")
def unknown_key(problems: Problems) -> Yield:
    """A key that kamgen does not know.

    Why: a misspelt key is a fact that nobody sees: it feeds no figure, no rule and no page.

    Help: correct the key; a key of the company's own begins with `x_`.
    """
    return problems.of("unknown-key")


@rule("KAM009")
def wrong_value(problems: Problems) -> Yield:
    """A value does not fit its key: not a date, not one of the words, out of range.

    Why: a value that cannot be understood counts for nothing, in figures as in rules.

    Help: write it in the form that is shown.
    """
    return problems.of("wrong-value")


@rule("KAM010")
def missing_key(problems: Problems) -> Yield:
    """A key that must be there is not.

    Why: without the account's name, tier and owner nobody can be asked; without its date an activity cannot be placed.

    Help: add the key.
    """
    return problems.of("missing-key")


@rule("KAM011")
def bad_file_name(problems: Problems) -> Yield:
    """The file's name cannot be an account's id, or two names look the same.

    Why: the name is the account's address on the site and in every link and calendar; it is never changed.

    Help: use small letters a-z, digits and single `-` between words, at most 64 characters, and `.md` at the end.
    """
    return problems.of("bad-file-name")


@rule("KAM012")
def symlink(problems: Problems) -> Yield:
    """A link stands where a plan, the portfolio file or something of the handbook should be.

    Why: a link can lead out of the repository, and what it shows is not what was reviewed. It is never followed: nothing of it is read or published.

    Help: put the file itself in its place.
    """
    return problems.of("symlink")


@rule("KAM013")
def doubtful_text(problems: Problems) -> Yield:
    """A value is read in another way than it was probably meant.

    Why: the comma, the `#` or the colon in a text is part of YAML's grammar, and what follows it is lost or read as something else.

    Help: put the text in quotes, or in block style on its own line after `|`.
    """
    return problems.of("doubtful-text")
