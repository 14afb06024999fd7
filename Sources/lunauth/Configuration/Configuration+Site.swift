import Auth

extension Configuration {
    /// What pages and mails look like; what is nil or empty is left to the owner.
    struct Site: Sendable, Equatable {
        /// The name.
        var name: SiteName?
        /// The colour.
        var accent: SiteAccent?
        /// Where people get help.
        var support: SupportContact?
        /// The file of an image, absolute; empty for none.
        var logo = ""
    }
}

extension LayeredConfiguration {
    /// What the configuration fixes of the site's appearance, and where.
    var siteRules: SiteRules {
        var rules = SiteRules()
        rules.name = fixed(values.site.name, by: "site.name")
        rules.accent = fixed(values.site.accent, by: "site.accent")
        rules.support = fixed(values.site.support, by: "site.support")
        return rules
    }

    private func fixed<Value>(_ value: Value?, by path: String) -> FixedSetting<Value>? {
        guard let value else { return nil }
        if case .environment(let variable) = sources[path] {
            return FixedSetting(value, in: .environment(variable: variable))
        }
        return FixedSetting(value, in: .file(key: path))
    }
}
