import ArgumentParser
import Auth

/// A setting that can be changed while the server runs, as the command line calls it.
enum SettingName: String, CaseIterable {
    case nativeSignin, register, signup, approval, requireEmailVerification
    case websiteURL = "websiteUrl"
    case migrationType, retentionPeriod, siteName, siteAccent, siteSupport

    /// All names, for a person.
    static let list = allCases.map(\.rawValue).joined(separator: ", ")

    /// Reads a name from the command line.
    ///
    /// - Throws: `ValidationError`, with the names there are.
    init(argument: String) throws {
        guard let name = SettingName(rawValue: argument) else {
            throw ValidationError("expected one of: \(Self.list)")
        }
        self = name
    }

    /// Puts a value into a change.
    ///
    /// - Throws: `ValidationError` for what is no boolean where one is expected.
    func set(_ value: String, in change: inout SettingsChange) throws {
        switch self {
        case .websiteURL: change.websiteURL = .text(value)
        case .migrationType: change.migrationType = .text(value)
        case .retentionPeriod: change.retentionPeriod = .text(value)
        case .siteName: change.siteName = .text(value)
        case .siteAccent: change.siteAccent = .text(value)
        case .siteSupport: change.siteSupport = .text(value)
        case .nativeSignin: change.nativeSignin = try Self.flag(value)
        case .register: change.register = try Self.flag(value)
        case .signup: change.signup = try Self.flag(value)
        case .approval: change.approval = try Self.flag(value)
        case .requireEmailVerification: change.requireEmailVerification = try Self.flag(value)
        }
    }

    /// The settings that can be unset, for a person.
    static let removable =
        "websiteUrl, migrationType, retentionPeriod, siteName, siteAccent or siteSupport"

    /// Puts the removal of a value into a change: the configuration or the default counts again.
    ///
    /// - Throws: `ValidationError` for a switch, which is on or off.
    func unset(in change: inout SettingsChange) throws {
        switch self {
        case .websiteURL: change.forgotten = [.websiteURL]
        case .migrationType: change.forgotten = [.migrationType]
        case .retentionPeriod: change.forgotten = [.retentionPeriod]
        case .siteName: change.siteName = .cleared
        case .siteAccent: change.siteAccent = .cleared
        case .siteSupport: change.siteSupport = .cleared
        case .nativeSignin, .register, .signup, .approval, .requireEmailVerification:
            throw ValidationError("expected \(Self.removable)")
        }
    }

    private static func flag(_ text: String) throws -> Bool {
        guard let flag = Bool(text) else { throw ValidationError("expected true or false") }
        return flag
    }
}

/// A setting with its value and where that comes from.
struct EffectiveSetting: CustomStringConvertible {
    let name: String
    let value: String
    let source: String

    /// As `lunauth check` prints it.
    var description: String { "\(name) = \(value) (\(source))" }
}

extension LoadedConfiguration {
    /// What setup stores and no key of the configuration decides.
    var storedSettings: [EffectiveSetting] {
        let (migration, retention) = (setup?.migrationType, setup?.retentionPeriod)
        let place = "\(layers.setupPlace)"
        return [
            EffectiveSetting(
                name: "migrationType", value: (migration ?? .automatic).rawValue,
                source: migration == nil ? "default" : place),
            EffectiveSetting(
                name: "retentionPeriod", value: (retention ?? .standardRetention).text,
                source: retention == nil ? "default" : place),
        ]
    }

    /// All settings that can be changed while the server runs.
    ///
    /// - Parameter settings: What an administrator switched.
    /// - Returns: In the order of `SettingName`.
    func settings(_ settings: Settings) -> [EffectiveSetting] {
        let switches = [
            ("nativeSignin", settings.nativeSignin), ("register", settings.register),
            ("signup", settings.signup), ("approval", settings.approval),
            ("requireEmailVerification", settings.requireEmailVerification),
        ].map { EffectiveSetting(name: $0, value: "\($1)", source: "database") }
        let website = EffectiveSetting(
            name: "websiteUrl", value: "\(values.websiteURL)",
            source: layers.sourceText(of: "websiteUrl"))
        return switches + [website] + storedSettings + siteSettings(settings)
    }

    /// What the site looks like.
    private func siteSettings(_ settings: Settings) -> [EffectiveSetting] {
        let site = SiteAppearance(settings, rules.site)
        let values = [
            (SettingName.siteName, "site.name", site.name.text, site.nameOrigin),
            (.siteAccent, "site.accent", site.accent.hex, site.accentOrigin),
            (.siteSupport, "site.support", site.support?.description ?? "", site.supportOrigin),
        ]
        return values.map { name, key, value, origin in
            EffectiveSetting(
                name: name.rawValue, value: value,
                source: origin == .owner ? "database" : layers.sourceText(of: key))
        }
    }
}
