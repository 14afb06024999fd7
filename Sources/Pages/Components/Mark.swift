/// The name of the site with its mark, as a link to where the person belongs.
///
/// - Parameters:
///   - name: Of the site.
///   - address: Where it leads.
///   - logo: The address of the operator's logo; nil for the mark.
/// - Returns: The link.
func brandLink(_ name: String, _ address: String, logo: String? = nil) -> HTML {
    a(address, class: "brand") {
        if let logo {
            void("img", Attribute("src", logo), Attribute("alt", ""))
        } else {
            mark()
        }
        element("span") { name }
    }
}

/// The mark of lunauth: a disc with a crescent.
func mark() -> HTML {
    element(
        "svg", .class("mark"), Attribute("viewBox", "0 0 24 24"), .aria(.hidden, "true")
    ) {
        element(
            "circle", .class("mark-disc"), Attribute("cx", "12"), Attribute("cy", "12"),
            Attribute("r", "11")
        ) {}
        element(
            "path", .class("mark-lit"),
            Attribute("d", "M5.45 7.41A8 8 0 1 1 16.59 18.55 9 9 0 0 0 5.45 7.41Z")
        ) {}
    }
}
