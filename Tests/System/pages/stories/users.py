"""The list of accounts: searched, filtered, sorted and paged by its address."""

from harness.population import fill
from pages.visits import Visit

COUNT = 120


def tell(visit: Visit) -> None:
    """Finds accounts in every way."""
    accounts = visit.accounts
    fill(visit.daemon, COUNT, 1000)
    accounts.change(accounts.customer, f"name = '{'W' * 100}'")
    accounts.change(accounts.pending, f"name = '{'اسم ' * 25}'")
    visit.sign_in(accounts.owner)
    visit.open("/auth/admin/users")
    visit.see("users")
    visit.fill("form[role=search]", query="customer")
    visit.follow("form[role=search] button")
    visit.see("users-found")
    visit.check("the search is in the address", "customer" in visit.path, visit.path)
    visit.check("only what was searched for is shown", "customer@example.com" in visit.text("main")
                and "pending@example.com" not in visit.text("main"))
    visit.fill("form[role=search]", query="<script>nothing like this</script>")
    visit.follow("form[role=search] button")
    visit.see("users-none")
    visit.open("/auth/admin/users")
    visit.follow(".filters a[href*='status=pending'], .filters a[href*='pending']")
    visit.see("users-filtered")
    visit.check("only those that wait are shown", "pending@example.com" in visit.text("table")
                and "customer@example.com" not in visit.text("table"))
    visit.open("/auth/admin/users")
    visit.follow(".filters a[href*='sort=name']")
    visit.see("users-sorted")
    visit.follow(".pagination a")
    visit.see("users-next")
    visit.browser.back()
    visit.browser.back()
    visit.check("going back shows the list before", visit.path == "/auth/admin/users", visit.path)
    visit.follow("table a[href^='/auth/admin/users/']")
    visit.check("a row leads to its account", visit.path.startswith("/auth/admin/users/"),
                visit.path)
