"""What has to be true of every page."""

import json
import pathlib
import re
import time

import html5lib
from html5lib.html5parser import ParseError
from pages.browser import Browser
from pages.environment import AXE

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE_SCRIPT = AXE.read_text()
# Timers do not run where scripts do not.
NO_TIMERS = "window.setTimeout = (act, after) => { if (!(after > 100)) Promise.resolve().then(act) };"
STRUCTURE = pathlib.Path(__file__).with_name("structure.js").read_text()
# The rules of axe for autocomplete are older than the current HTML standard, which allows the address
# of an account to be its user name.
USER_NAME = re.compile(r'(?=[^>]*type="email")(?=[^>]*autocomplete="username( webauthn)?")')
# What Chromium writes when it is too busy to fade from one page to the next, or leaves it at once.
SKIPPED = "DOMException: Transition was "
# What Chromium writes of pages over http on another machine, and where the focus is right already.
HARMLESS = (SKIPPED, "The Cross-Origin-Opener-Policy header has been ignored",
            "Autofocus processing was blocked")
POLICY = {
    "default-src": "'none'", "style-src": "'self'", "script-src": "'self'",
    "img-src": "'self' data:", "frame-ancestors": "'none'", "base-uri": "'none'"}
FIELDS = {
    "content-type": "text/html; charset=utf-8", "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin", "x-content-type-options": "nosniff"}


def accessibility_faults(browser: Browser) -> list[str]:
    """What axe-core finds."""
    browser.run(("" if browser.way.has_scripts else NO_TIMERS) + AXE_SCRIPT + ";window.axe = axe")
    result = browser.driver.execute_async_script(
        "const [tags, done] = arguments;"
        "axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'],"
        " preload: false}).then((result) => done(result.violations))", TAGS)
    return [f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
            for rule in result for node in rule["nodes"]
            if not (rule["id"] == "autocomplete-valid" and USER_NAME.search(node["html"]))]


def markup_faults(body: bytes) -> list[str]:
    """What a strict parser of the HTML standard refuses, and what no page may contain."""
    try:
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(body)
    except ParseError as error:
        return [f"no valid HTML: {error}"]
    faults = []
    for element in tree.iter():
        tag = str(element.tag)
        names = [str(name) for name in element.attrib]
        if tag == "style" or "style" in names:
            faults.append(f"inline style: {tag}")
        if tag == "script" and not element.get("src"):
            faults.append("inline script")
        faults += [f"inline handler: {tag} {name}" for name in names if name.startswith("on")]
        faults += [f"script address: {tag}" for name in ("href", "action", "src")
                   if (element.get(name) or "").strip().lower().startswith("javascript:")]
    return faults


def field_faults(fields: dict[str, str]) -> list[str]:
    """What is wrong with the header fields of a page."""
    faults = [f"{name}: {fields.get(name)}" for name, wanted in FIELDS.items()
              if fields.get(name) != wanted]
    if "accept" not in re.split(r"\s*,\s*", fields.get("vary", "").lower()):
        faults.append(f"vary: {fields.get('vary')}")
    if "permissions-policy" not in fields:
        faults.append("no permissions-policy")
    policy = dict((*part.split(None, 1), "")[:2] for part in
                  fields.get("content-security-policy", "").split(";") if part.strip())
    faults += [f"{name} {policy.get(name)}" for name, wanted in POLICY.items()
               if policy.get(name) != wanted]
    if not policy.get("form-action", "").startswith("'self'"):
        faults.append(f"form-action {policy.get('form-action')}")
    return faults


def structure_faults(browser: Browser, is_failed_form: bool) -> list[str]:
    """What is wrong with headings, labels, descriptions, focus and width.

    `autofocus` acts with the first frame, which may come after the load.
    """
    faults = browser.run(STRUCTURE, browser.way.language, is_failed_form)
    if any(each.startswith("the focus") for each in faults):
        time.sleep(1)
        faults = browser.run(STRUCTURE, browser.way.language, is_failed_form)
    return faults


def console_faults(browser: Browser) -> list[str]:
    """What Chromium has written into its console, but for pages that are an error by their status."""
    errors = {f"{each.address.split('#')[0]} - Failed to load resource: the server responded with a "
              f"status of {each.status} " for each in browser.traffic.documents
              if each.status >= 400}
    return [json.dumps(each) for each in browser.console()
            if each["message"].split("(")[0] not in errors
            and not any(text in each["message"] for text in HARMLESS)]
