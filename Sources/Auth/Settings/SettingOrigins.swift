/// Where the effective value of each setting comes from that is stored by setup or can be fixed by
/// the configuration.
public struct SettingOrigins: Sendable, Equatable {
    /// The public origin.
    public let websiteURL: SettingOrigin
    /// When schema migrations run.
    public let migrationType: SettingOrigin
    /// How long history is kept.
    public let retentionPeriod: SettingOrigin
    /// The name of the site.
    public let siteName: SettingOrigin
    /// The colour of the site.
    public let siteAccent: SettingOrigin
    /// The support contact of the site.
    public let siteSupport: SettingOrigin
}

extension AuthService {
    /// Where the effective value of each of these settings comes from, from memory: a fixed one is
    /// read-only.
    public var settingsOrigins: SettingOrigins {
        let (record, site) = (state.setup, site)
        func origin(isStored: Bool) -> SettingOrigin { isStored ? .owner : .standard }
        return SettingOrigins(
            websiteURL: context.rules.website.place.map { .fixed($0) }
                ?? origin(isStored: record?.websiteURL != nil),
            migrationType: origin(isStored: record?.migrationType != nil),
            retentionPeriod: origin(isStored: record?.retentionPeriod != nil),
            siteName: site.nameOrigin, siteAccent: site.accentOrigin,
            siteSupport: site.supportOrigin)
    }
}

extension AuthService.Website {
    /// The variable that fixes the public origin; nil when setup may store another.
    fileprivate var place: SettingPlace? {
        switch self {
        case .fixed: .environment(variable: "LUNAUTH_WEBSITEURL")
        case .configured: nil
        }
    }
}
