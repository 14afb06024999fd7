/// How the person was authenticated when a session began, or later in it.
public struct AuthenticationMethods: OptionSet, Sendable {
    /// One bit for each method.
    public let rawValue: UInt8

    /// Creates methods from bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The password of the account.
    public static let password = AuthenticationMethods(rawValue: 1)

    /// The names of RFC 8176 §2.
    private static let known: [(name: String, method: AuthenticationMethods)] = [("pwd", .password)]

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
}
