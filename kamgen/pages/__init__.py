"""The pages of the site, a file per sort; importing this registers them, in the order of the navigation."""

from kamgen.pages import account, calendars, finance, handbook, health, home, kam, matrices, overdue, portfolio, rules, service, watch

__all__ = ["account", "calendars", "finance", "handbook", "health", "home", "kam", "matrices", "overdue", "portfolio", "rules", "service", "watch"]
