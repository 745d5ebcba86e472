"""What a plan answers about its own parts."""

from __future__ import annotations

import pytest

from kamgen.model.commerce import Offer
from kamgen.model.plan import Plan


@pytest.mark.parametrize(("named", "found"), [("spring", "Spring range"), ("autumn", None), (None, None), ("", None)])
def test_an_offer_is_found_by_its_id_alone(named: str | None, found: str | None) -> None:
    plan = Plan(account="Acme", tier="A", owner="kari", offers=(Offer(text="Nameless"), Offer(text="Spring range", id="spring")))
    offer = plan.offer(named)
    assert (offer.text if offer else None) == found
