// What is wrong with the structure of this page: a list of sentences. Arguments: the language it has to
// be in, and whether it may be the response to a form that failed.
const [language, failed] = arguments
const faults = []
const all = (selector, root = document) => [...root.querySelectorAll(selector)]
const name = (element) => `${element.localName}#${element.id}[${element.getAttribute("name") ?? ""}]`
const isShown = (element) => element.checkVisibility({ visibilityProperty: true })
    && !element.closest("[aria-hidden=true]")

if (document.documentElement.lang !== language) {
    faults.push(`lang is ${document.documentElement.lang}`)
}
if (!document.title.trim()) faults.push("no title")
if (document.compatMode !== "CSS1Compat") faults.push("quirks mode")

const root = document.scrollingElement
if (root.scrollWidth > root.clientWidth) {
    const wide = all("body *").filter((each) => isShown(each)
        && each.getBoundingClientRect().right > root.clientWidth + 1).map(name)
    faults.push(`scrolls to ${root.scrollWidth} of ${root.clientWidth} px: ${wide.slice(-4)}`)
}

const headings = all("h1, h2, h3, h4, h5, h6").filter(isShown)
if (all("h1").length !== 1) faults.push(`${all("h1").length} h1`)
if (headings[0]?.localName !== "h1") faults.push(`the first heading is ${headings[0]?.localName}`)
headings.forEach((each, index) => {
    const [level, before] = [each, headings[index - 1] ?? each].map((it) => Number(it.localName[1]))
    if (level > before + 1) faults.push(`${each.localName} "${each.textContent}" follows h${before}`)
})
if (all("main").length !== 1) faults.push(`${all("main").length} main`)

for (const each of all("input:not([type=hidden]), select, textarea")) {
    if (each.closest("[aria-hidden=true]")) continue
    const labels = [...each.labels].map((label) => label.textContent.trim()).join("")
    if (!labels && !each.ariaLabel && !each.getAttribute("aria-labelledby")) {
        faults.push(`no label: ${name(each)}`)
    }
}
for (const each of all("button, a[href], summary").filter(isShown)) {
    if (!each.textContent.trim() && !each.ariaLabel) faults.push(`no text: ${each.outerHTML}`)
}
for (const each of all("[aria-describedby], [aria-labelledby], [aria-controls]")) {
    for (const attribute of ["aria-describedby", "aria-labelledby", "aria-controls"]) {
        for (const id of (each.getAttribute(attribute) ?? "").split(/\s+/).filter(Boolean)) {
            if (!document.getElementById(id)) faults.push(`${attribute} of ${name(each)}: no #${id}`)
        }
    }
}
const ids = all("[id]").map((each) => each.id)
for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) {
    faults.push(`two elements #${id}`)
}

for (const each of all(".field-error, [id$=-error]")) {
    const fields = all("[aria-describedby]").filter((field) =>
        field.getAttribute("aria-describedby").split(/\s+/).includes(each.id))
    if (!each.id || !fields.length) faults.push(`no field has the error "${each.textContent.trim()}"`)
    if (!fields.every((field) => field.ariaInvalid === "true")) {
        faults.push(`the field of #${each.id} is not aria-invalid`)
    }
}
for (const each of all("input[type=password]")) {
    if (each.getAttribute("value")) faults.push(`${name(each)} has a value`)
}
for (const each of all("form")) {
    // A field of the name "method" hides the property.
    const method = each.getAttribute("method") ?? "get"
    if (!["get", "post"].includes(method)) faults.push(`method ${method}`)
    // The script of passkeys submits what it was given.
    const button = all(each.matches("[data-passkey]") ? "[data-passkey-start]"
        : "button:not([type=button]), input[type=submit]", each)
    if (!button.length) faults.push(`no button in the form to ${each.getAttribute("action")}`)
}
const outcome = document.querySelector("[role=alert][autofocus], [role=status][autofocus]")
if (outcome && document.activeElement !== outcome) {
    faults.push(`the focus is not at what happened but at ${name(document.activeElement)}`)
}
if (failed) {
    const active = document.activeElement
    if (!active.matches("[role=alert], [role=status]")) {
        faults.push(`the focus is not at the summary but at ${name(active)}`)
    }
}
const image = all("img").find((each) => each.complete && !each.naturalWidth)
if (image) faults.push(`broken image ${image.src}`)
return faults
