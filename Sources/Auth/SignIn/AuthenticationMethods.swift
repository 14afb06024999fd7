/// How the person was authenticated when a session began, or later in it.
public struct AuthenticationMethods: OptionSet, Sendable {
    /// One bit for each method.
    public let rawValue: UInt8

    /// Creates methods from bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The password of the account.
    public static let password = AuthenticationMethods(rawValue: 1)
    /// A code that is good once: of an authenticator app, or for recovery.
    public static let oneTimeCode = AuthenticationMethods(rawValue: 1 << 1)
    /// A passkey that never leaves its device.
    public static let hardwareKey = AuthenticationMethods(rawValue: 1 << 2)
    /// A passkey that is copied between devices.
    public static let softwareKey = AuthenticationMethods(rawValue: 1 << 3)
    /// The device of the passkey verified its user, by PIN or biometrics.
    public static let userVerified = AuthenticationMethods(rawValue: 1 << 4)

    /// Both kinds of passkey.
    static let passkey: AuthenticationMethods = [.hardwareKey, .softwareKey]

    /// Whether two factors were proven: a passkey whose device verified its user is possession and
    /// knowledge or biometrics; otherwise the password and something besides.
    public var hasTwoFactors: Bool {
        let hasPasskey = !isDisjoint(with: .passkey)
        return hasPasskey && contains(.userVerified)
            || contains(.password) && (hasPasskey || contains(.oneTimeCode))
    }

    /// The names of RFC 8176 §2.
    private static let known: [(name: String, method: AuthenticationMethods)] = [
        ("pwd", .password), ("otp", .oneTimeCode), ("hwk", .hardwareKey), ("swk", .softwareKey),
        ("user", .userVerified),
    ]

    /// Parses names separated by spaces; nil with an unknown name.
    public init?(names: String) {
        self = []
        for name in names.split(separator: " ") {
            guard let method = Self.known.first(where: { $0.name == name })?.method else {
                return nil
            }
            formUnion(method)
        }
    }

    /// The names of the methods.
    public var names: [String] { Self.known.filter { contains($0.method) }.map(\.name) }

    /// The claim `amr`: the names, with `mfa` for two factors (RFC 8176 §2).
    public var references: [String] { names + (hasTwoFactors ? ["mfa"] : []) }
}
