/// Where the effective value of a setting comes from.
public enum SettingOrigin: Sendable, Equatable {
    /// The default, or a value of the configuration file that the owner's would replace.
    case standard
    /// The owner chose it, at setup or later.
    case owner
    /// The configuration fixes it: no request changes it.
    case fixed(SettingPlace)

    /// The place that fixes the setting; nil when the owner may change it.
    public var fixedBy: SettingPlace? {
        guard case .fixed(let place) = self else { return nil }
        return place
    }
}

/// The place of the configuration that sets a value, for people to find it.
public enum SettingPlace: Sendable, Equatable, CustomStringConvertible {
    /// The configuration file, under this key: `site.name`.
    case file(key: String)
    /// A variable in the environment of the server: `LUNAUTH_SITE_NAME`.
    case environment(variable: String)

    /// The place with its name, to end a sentence.
    public var description: String {
        switch self {
        case .file(let key): "the configuration file (\(key))"
        case .environment(let variable): "the environment of the server (\(variable))"
        }
    }
}

/// A value that the configuration fixes, and where it does.
public struct FixedSetting<Value: Sendable & Equatable>: Sendable, Equatable {
    /// The value.
    public let value: Value
    /// Where it is set.
    public let place: SettingPlace

    /// Creates a fixed value.
    public init(_ value: Value, in place: SettingPlace) {
        self.value = value
        self.place = place
    }
}

/// What the configuration fixes of the site's appearance; nil leaves it to the owner.
public struct SiteRules: Sendable, Equatable {
    /// The name.
    public var name: FixedSetting<SiteName>?
    /// The colour.
    public var accent: FixedSetting<SiteAccent>?
    /// Where people get help.
    public var support: FixedSetting<SupportContact>?

    /// Creates rules that fix nothing.
    public init() {}
}
