"""Settings: switches, name and look, address; read-only where the configuration sets them."""

from pages.visits import Visit

LOGO = ('<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">'
        '<circle cx="12" cy="12" r="9"/><script>alert(1)</script></svg>')


def tell(visit: Visit) -> None:
    """Changes settings, and sees those that are fixed."""
    logo = visit.directory / "logo.svg"
    logo.write_text(LOGO)
    visit.start_daemon(SITE_NAME="The name of the operator", SITE_LOGO=logo)
    visit.sign_in(visit.accounts.owner)
    visit.open("/auth/admin/settings")
    visit.see("settings")
    visit.check("the logo is shown", visit.browser.run(
        "return document.querySelector('.brand img')?.naturalWidth > 0"))
    visit.check("a setting of the environment is read-only, and says so",
                not visit.sees("[name=siteName]:not([readonly], [disabled])")
                and "LUNAUTH_SITE_NAME" in visit.text("main"))
    visit.tick("signup", False)
    visit.follow("form[action='/auth/config/update']:has([name=signup]) button")
    visit.see("settings-saved")
    config = visit.accounts.site.request("GET", "/auth/config").json
    visit.check("only what was changed is changed", (config["signup"], config["register"],
                config["approval"]) == (False, True, True), config)
    look = "form[action='/auth/config/update']:has([name=siteAccent])"
    visit.fill(look, siteAccent="#zzzzzz")
    visit.browser.run("document.querySelectorAll('[pattern]').forEach("
                      "(each) => each.removeAttribute('pattern'))")
    visit.follow(f"{look} button")
    visit.see("settings-invalid", 400, failed=True)
    visit.check("the colour is what is wrong", visit.is_invalid("siteAccent"))
    visit.fill(look, siteAccent="#ffff00", siteSupport="help@example.com")
    visit.follow(f"{look} button")
    visit.see("settings-look")
    visit.browser.forget()
    visit.open("/auth/login")
    visit.see("settings-look-login")
    visit.check("the support contact is on every page",
                visit.sees(".footer a[href='mailto:help@example.com']"))
    visit.sign_in(visit.accounts.member)
    visit.open("/auth/admin/settings")
    visit.see("settings-forbidden", 403)
