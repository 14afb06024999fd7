"""Sign-out: by the button, by the address, and by a link on another site."""

from harness.accounts import Person
from pages.elsewhere import Elsewhere
from pages.visits import Visit


def tell(visit: Visit) -> None:
    """Signs out in every way."""
    visit.sign_in(visit.accounts.member)
    visit.open("/auth/account")
    visit.submit("/auth/logout")
    visit.check("the button leads to sign-in", visit.path.startswith("/auth/login"), visit.path)
    visit.see("signed-out")
    check_signed_out(visit)
    visit.sign_in(session(visit))
    visit.open("/auth/logout")
    visit.check("the address bar signs out", visit.path.startswith("/auth/login"), visit.path)
    check_signed_out(visit)
    visit.sign_in(session(visit))
    with Elsewhere(f'<a href="{visit.origin}/auth/logout">x</a>') as elsewhere:
        visit.browser.open(elsewhere.address)
        visit.follow("a")
        visit.see("asked")
        visit.submit("/auth/logout")
        check_signed_out(visit)


def session(visit: Visit) -> Person:
    """Another session of the member."""
    return Person(visit.accounts.log_in("member"))


def check_signed_out(visit: Visit) -> None:
    """The account is not shown any more."""
    visit.open("/auth/account")
    visit.check("one is signed out", visit.path.startswith("/auth/login"), visit.path)
