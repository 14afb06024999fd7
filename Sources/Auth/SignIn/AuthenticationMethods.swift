/// By what somebody showed who they are when a session began, or later in it.
public struct AuthenticationMethods: OptionSet, Sendable {
    /// One bit a method.
    public let rawValue: UInt8

    /// Methods from their bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The password of the account.
    public static let password = AuthenticationMethods(rawValue: 1)

    /// As RFC 8176 §2 calls them.
    private static let known: [(name: String, method: AuthenticationMethods)] = [("pwd", .password)]

    /// Methods from their names, separated by spaces; nil with a name that is unknown.
    public init?(names: String) {
        self = []
        for name in names.split(separator: " ") {
            guard let method = Self.known.first(where: { $0.name == name })?.method else {
                return nil
            }
            formUnion(method)
        }
    }

    /// Their names.
    public var names: [String] { Self.known.filter { contains($0.method) }.map(\.name) }
}
