"""Makes a portfolio of N plans: 5-6 KB of front matter, 3-10 contacts, 8-40 activities, half a page of text each."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen.rule import REGISTRY

AS_OF: Final = dt.date(2026, 5, 6)
FRONT_MATTER: Final = 5_600
"""Characters of front matter that a plan is filled up to."""
PEOPLE: Final = tuple(f"person-{n:02}" for n in range(1, 41))
PRODUCTS: Final = ("beverages", "condiments", "confections", "dairy", "grains", "meat", "produce", "seafood")
SEGMENTS: Final = ("retail", "restaurant", "wholesale")
REGIONS: Final = ("north", "south", "east", "west")
FUNCTIONS: Final = ("ceo", "sales-marketing", "department", "product", "procurement", "other")
TYPES: Final = ("contact", "proactive-sales-meeting", "lunch", "status-meeting", "kam-meeting", "management-meeting")
WORDS: Final = [
    "autumn",
    "assortment",
    "price",
    "delivery",
    "store",
    "chain",
    "campaign",
    "margin",
    "order",
    "volume",
    "forecast",
    "buyer",
    "category",
    "shelf",
    "range",
    "quality",
    "complaint",
    "agreement",
    "season",
    "launch",
    "logistics",
    "stock",
    "invoice",
    "budget",
    "review",
    "growth",
    "promotion",
    "packaging",
    "supplier",
    "tender",
]
SETTINGS: Final = """title: Benchmark
currency: EUR
time_zone: UTC
today: 2026-05-06
people:
{people}
products:
{products}
segments: [{segments}]
regions: [{regions}]
rules: {{extends: per-person, revised: 2026-02-01{severities}}}
"""


FIRST: Final = frozenset({"201", "202", "203", "204", "301", "302", "303", "309"})
"""The rules of plans that there were before all the others, beside those of files and references."""


def write(folder: Path, count: int, *, few_rules: bool = False) -> None:
    """The portfolio in `folder`: the same bytes for the same count, on every machine. With `few_rules`, all but the first ones are off."""
    plans = folder / "plans"
    plans.mkdir(parents=True)
    (plans / "portfolio.yml").write_text(settings(few_rules), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for index in range(count):
        (plans / f"account-{index:05}.md").write_text(plan(index), encoding="utf-8")


def change(folder: Path, potential: int) -> None:
    """One number in one plan of a portfolio that `write` made."""
    file = folder / "plans" / "account-00003.md"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(f"potential: {potential}\n" if line.startswith("potential: ") else line for line in lines), encoding="utf-8")


CONFIG: Final = """site_name: Benchmark
docs_dir: plans
theme: {name: material, font: false}
plugins: [search, kamgen]
"""


def settings(few_rules: bool = False) -> str:
    """The portfolio file."""
    later = [found.name for found in REGISTRY.values() if found.waivable and found.code[3:] not in FIRST] if few_rules else []
    off = f"{{{', '.join(f'{name}: off' for name in later)}}}"
    severities = f", severities: {off}, tiers: {{B: {{severities: {off}}}, C: {{severities: {off}}}}}" if later else ""
    people = "\n".join(f"  - {{id: {person}, name: {person.title()}, role: {'leader' if person in PEOPLE[:4] else 'kam'}}}" for person in PEOPLE)
    products = "\n".join(f"  - {{id: {product}, label: {product.title()}}}" for product in PRODUCTS)
    return SETTINGS.format(people=people, products=products, segments=", ".join(SEGMENTS), regions=", ".join(REGIONS), severities=severities)


def plan(index: int) -> str:
    """One plan; which tier, how many contacts and activities follow from the index."""
    chance = random.Random(index)
    contacts, activities = chance.randint(3, 10), chance.randint(8, 40)
    head = "\n".join(_head(index, chance))
    people = "\n".join(_contact(number, chance) for number in range(contacts))
    fixed = f"{head}\ncontacts:\n{people}\nactivities:\n"
    room = max((FRONT_MATTER - len(fixed)) // activities - 88, 0)
    done = "\n".join(_activity(number, contacts, room, chance) for number in range(activities))
    return f"---\n{fixed}{done}\n---\n\n{_body(chance)}"


def _head(index: int, chance: random.Random) -> Iterator[str]:
    tier = "VIP" if index % 50 == 0 else "A" if index % 10 == 0 else "B" if index % 3 == 0 else "C"
    yield f"account: Account {index:05} {chance.choice(WORDS).title()}"
    yield f"tier: {tier}"
    yield f"owner: {PEOPLE[index % len(PEOPLE)]}"
    yield f"segment: {chance.choice(SEGMENTS)}"
    yield f"region: {chance.choice(REGIONS)}"
    yield f"since: {AS_OF - dt.timedelta(days=chance.randint(400, 3000))}"
    yield f"potential: {chance.randint(20, 900)}000"
    yield "meetings: {kam_meetings_per_year: 2}"
    yield f"company: {{city: Town {index % 97}, country: Denmark, turnover: {chance.randint(1, 900)}000000, employees: {chance.randint(5, 900)}}}"
    yield "sales:"
    for product in chance.sample(PRODUCTS, 3):
        years = ", ".join(f"{year}: {chance.randint(5, 90)}{chance.randint(100, 999)}.50" for year in (2024, 2025, 2026))
        yield f"  - {{product: {product}, status: owned, actual: {{{years}}}, spend: {chance.randint(100, 900)}000}}"


def _contact(number: int, chance: random.Random) -> str:
    work = "" if number < 2 else ", work: occasional"
    name = f"{chance.choice(WORDS).title()} {chance.choice(WORDS).title()}-{number}"
    about = f"title: Head of {chance.choice(WORDS)}, function: {chance.choice(FUNCTIONS)}"
    known = f'relationship: {chance.randint(0, 5)}, wanted: 4, phone: "+45 {chance.randint(10**7, 10**8 - 1)}"'
    return f"  - {{id: c{number}, name: {name}, {about}, {known}{work}}}"


def _activity(number: int, contacts: int, room: int, chance: random.Random) -> str:
    day = AS_OF + dt.timedelta(days=chance.randint(-480, 200))
    status = "held" if day < AS_OF else "planned"
    lines = [
        f"  - id: a{number}",
        f"    date: {day}",
        f"    type: {chance.choice(TYPES)}",
        f"    status: {status}",
        f"    contacts: [c{chance.randrange(contacts)}]",
    ]
    if room > 20:
        lines.append(f"    {'note' if status == 'held' else 'subject'}: {_words(room - 12, chance)}")
    return "\n".join(lines)


def _words(characters: int, chance: random.Random) -> str:
    text = ""
    while len(text) < characters:
        text += f"{chance.choice(WORDS)} "
    return text.strip().capitalize()


def _body(chance: random.Random) -> str:
    paragraphs = "\n\n".join(_words(400, chance) + "." for _ in range(3))
    return f"## Strategy\n\n{paragraphs}\n\n## What do they buy from us?\n\n{_words(200, chance)}.\n"
