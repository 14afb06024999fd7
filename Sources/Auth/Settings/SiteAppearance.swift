/// What the pages and mails of the site look like, and where each value comes from.
public struct SiteAppearance: Sendable, Equatable {
    /// The name; `SiteName.standard` when none was chosen.
    public let name: SiteName
    /// Where the name comes from.
    public let nameOrigin: SettingOrigin
    /// The colour; `SiteAccent.standard` when none was chosen.
    public let accent: SiteAccent
    /// Where the colour comes from.
    public let accentOrigin: SettingOrigin
    /// Where people get help; nil when no contact was named.
    public let support: SupportContact?
    /// Where the contact comes from.
    public let supportOrigin: SettingOrigin

    /// The appearance with these stored settings; the configuration goes before them.
    ///
    /// - Parameters:
    ///   - settings: What the owner chose.
    ///   - rules: What the configuration fixes.
    public init(_ settings: Settings, _ rules: SiteRules) {
        let name = Effective(rules.name, settings.siteName.map { SiteName(stored: $0) })
        self.name = name.value ?? .standard
        nameOrigin = name.origin
        let accent = Effective(rules.accent, settings.siteAccent.flatMap { SiteAccent($0) })
        self.accent = accent.value ?? .standard
        accentOrigin = accent.origin
        let support = Effective(rules.support, settings.siteSupport.flatMap { SupportContact($0) })
        self.support = support.value
        supportOrigin = support.origin
    }

    /// A value and where it comes from; nil for the default.
    private struct Effective<Value: Sendable & Equatable> {
        let value: Value?
        let origin: SettingOrigin

        init(_ fixed: FixedSetting<Value>?, _ stored: Value?) {
            value = fixed?.value ?? stored
            origin = fixed.map { .fixed($0.place) } ?? (stored == nil ? .standard : .owner)
        }
    }
}

extension AuthService {
    /// What the pages and mails of the site look like, from memory.
    public var site: SiteAppearance { context.site }
}

extension AuthContext {
    /// What the pages and mails of the site look like, from memory.
    var site: SiteAppearance { SiteAppearance(store.state.settings, rules.site) }
}
