import Auth

extension PageContext {
    /// The name of the site, as the pages show it.
    var siteName: String { service.site.name.text }

    /// Where a person gets help; nil where the site names nothing.
    var supportAddress: String? { service.site.support?.link }

    /// The colour of the site.
    var accent: SiteAccent { service.site.accent }

    /// The address of the style sheet, whose digest is in it.
    var styleSheet: String { configuration.assets.styleSheet(accent).path }

    /// The address of the script.
    var script: String { configuration.assets.script.path }

    /// The address of the script of pages where a passkey may be used.
    var passkeyScript: String { configuration.assets.passkeyScript.path }

    /// Where a person begins: the start page of this server, or the site of an operator who has pages of
    /// their own.
    var startAddress: String { configuration.isEnabled ? Pages.Path.start : "/" }

    /// The name and mark of the site, which lead to the start.
    var brand: HTML {
        brandLink(siteName, startAddress, logo: configuration.assets.logo?.path)
    }
}
