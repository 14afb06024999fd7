extension PageContext {
    /// The name of the site, as the pages show it.
    var siteName: String { "lunauth" }

    /// Where a person gets help; nil where the site names nothing.
    var supportAddress: String? { nil }

    /// The address of the style sheet, whose digest is in it.
    var styleSheet: String { "/auth/assets/lunauth.css" }

    /// The address of the script.
    var script: String { "/auth/assets/lunauth.js" }

    /// Where a person begins: the start page of this server, or the site of an operator who has pages of
    /// their own.
    var startAddress: String { configuration.isEnabled ? Pages.Path.start : "/" }

    /// The name and mark of the site, which lead to the start.
    var brand: HTML {
        a(startAddress, class: "brand") { element("span") { siteName } }
    }
}
