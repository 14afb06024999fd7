import ArgumentParser
import Auth

/// A setting that can be changed while the server runs, as the command line calls it.
enum SettingName: String, CaseIterable {
    case nativeSignin, register, signup, approval, requireEmailVerification
    case websiteURL = "websiteUrl"
    case migrationType, retentionPeriod

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
        case .nativeSignin: change.nativeSignin = try Self.flag(value)
        case .register: change.register = try Self.flag(value)
        case .signup: change.signup = try Self.flag(value)
        case .approval: change.approval = try Self.flag(value)
        case .requireEmailVerification: change.requireEmailVerification = try Self.flag(value)
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
        return [
            EffectiveSetting(
                name: "migrationType", value: (migration ?? .automatic).rawValue,
                source: migration == nil ? "default" : "setup.json"),
            EffectiveSetting(
                name: "retentionPeriod", value: (retention ?? .standardRetention).text,
                source: retention == nil ? "default" : "setup.json"),
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
        return switches + [website] + storedSettings
    }
}
