/// The words for factors that are part of the values of mails.
extension Language {
    /// A sign-in method within a mail.
    func word(for method: SignInMethod, named name: String?) -> String {
        let word =
            switch (self, method) {
            case (.en, .password): "password"
            case (.de, .password): "Passwort"
            case (.en, .totp): "authenticator app"
            case (.de, .totp): "Authenticator-App"
            case (.en, .recovery): "recovery codes"
            case (.de, .recovery): "Wiederherstellungscodes"
            case (.en, .passkey): "passkey"
            case (.de, .passkey): "Passkey"
            }
        guard let name else { return word }
        return switch self {
        case .en: "\(word) “\(name)”"
        case .de: "\(word) „\(name)“"
        }
    }

    /// What an account has besides its password; nil for nothing.
    func list(of factors: EnrolledFactors) -> String? {
        guard !factors.isEmpty else { return nil }
        var words: [String] = []
        if factors.hasTOTP { words.append(word(for: .totp, named: nil)) }
        switch factors.passkeys {
        case 0: break
        case 1: words.append(word(for: .passkey, named: nil))
        case let count: words.append("\(count) \(passkeys)")
        }
        if factors.hasRecoveryCodes { words.append(word(for: .recovery, named: nil)) }
        return words.joined(separator: ", ")
    }

    private var passkeys: String {
        switch self {
        case .en: "passkeys"
        case .de: "Passkeys"
        }
    }

    /// Why all factors of an account were removed.
    func reason(of cause: FactorsResetCause) -> String {
        switch (self, cause) {
        case (.en, .administrator): "an administrator removed them"
        case (.de, .administrator): "ein Administrator hat sie entfernt"
        case (.en, .server): "the operator of the server removed them"
        case (.de, .server): "der Betreiber des Servers hat sie entfernt"
        case (.en, .restoredBackup): "a backup was restored that the key of the server does not fit"
        case (.de, .restoredBackup):
            "eine Sicherung wurde wiederhergestellt, zu der der Schlüssel des Servers nicht passt"
        }
    }
}
