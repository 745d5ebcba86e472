"""The pages of the site, a file per sort; importing this registers them, in the order of the navigation."""

from kamgen.pages import account, handbook, health, home, kam, overdue, portfolio, rules

__all__ = ["account", "handbook", "health", "home", "kam", "overdue", "portfolio", "rules"]
