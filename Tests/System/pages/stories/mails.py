"""The queue of mails: what failed and why, sent again or dropped."""

from pages.visits import Visit


def tell(visit: Visit) -> None:
    """Sees a mail that cannot be sent, tries again, drops it, and sends a test."""
    visit.daemon.mails.program.chmod(0o600)
    visit.sign_in(visit.accounts.owner)
    visit.open("/auth/admin/mails")
    visit.see("mails")
    visit.check("the queue has mails", visit.sees("form[action$='/retry']"))
    visit.follow("form[action$='/retry'] button")
    visit.see("mails-retried")
    visit.follow("form[action$='/drop'] button, form[action$='/delete'] button")
    visit.see("mails-dropped")
    visit.daemon.mails.program.chmod(0o700)
    visit.follow("form[action$='/test'] button")
    visit.see("mails-test")
