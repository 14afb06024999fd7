import Auth
import HTTP

/// What an operator is shown of a configuration.
extension LayeredConfiguration {
    /// What an operator should know though it does not stop the start, one sentence each.
    var warnings: [String] { notes.map(\.text) }

    /// The same, each with its subject.
    var notes: [ConfigurationNote] {
        var notes = conflicts.map { ConfigurationNote(subject: .conflict, text: $0) }
        notes += retired.map { ConfigurationNote(subject: .retiredKey, text: $0) }
        notes += secrets.warnings.map { ConfigurationNote(subject: .exposedSecret, text: $0) }
        if let code = secrets[.setupCode]?.text, (1..<16).contains(code.count) {
            notes.append(
                .init(
                    subject: .setupCode,
                    text:
                        "LUNAUTH_SETUP_CODE has \(code.count) characters, fewer than the advised 16: a "
                        + "client that guesses it can create the owner"))
        }
        let everybody = values.trustedProxies.filter(\.isEverybody).map(\.description)
        if !everybody.isEmpty {
            notes.append(
                .init(
                    subject: .trustedProxies,
                    text:
                        "trustedProxies has \(everybody.joined(separator: ", ")): any client can claim any "
                        + "address, and limits by address have no effect"))
        }
        if values.password.iterations < 600_000 {
            let found = values.password.iterations
            notes.append(
                .init(
                    subject: .passwordRules,
                    text: "password.iterations is \(found), fewer than the advised 600000"))
        }
        if values.password.minimumLength < 8 {
            let found = values.password.minimumLength
            notes.append(
                .init(
                    subject: .passwordRules,
                    text: "password.minimumLength is \(found), shorter than the advised 8"))
        }
        return notes
    }

    /// Every key with its value and where that comes from, a line each, for `lunauth check`.
    ///
    /// - Parameter settings: What the owner chose: it counts where the configuration leaves the
    ///   appearance of the site open.
    /// - Returns: The lines, in the order of the documentation.
    func report(with settings: Settings = Settings()) -> String {
        let chosen = [
            "site.name": settings.siteName, "site.accent": settings.siteAccent,
            "site.support": settings.siteSupport,
        ].compactMapValues(\.self)
        return ConfigurationKey.all.map { key in
            let value = key.shown(values)
            guard value.isEmpty, let stored = chosen[key.path] else {
                return "\(key.path) = \(value) (\(source(of: key)))"
            }
            return "\(key.path) = \(stored) (database)"
        }.joined(separator: "\n")
    }

    /// Whether the environment decides a key, so that nothing stored replaces it.
    func isFixed(_ path: String) -> Bool {
        if case .environment = sources[path] { return true }
        return false
    }

    /// Where the value of a key comes from, for a person.
    func sourceText(of path: String) -> String { "\(sources[path] ?? .standard)" }
}

extension AddressPrefix {
    /// Whether it contains so many addresses that it names no proxy in particular: more than the largest
    /// networks that an operator can own or use privately (10.0.0.0/8, fc00::/7).
    fileprivate var isEverybody: Bool {
        switch network {
        case .v4: length < 8
        case .v6: length < 7
        }
    }
}
