import Auth
import HTTP
import Web

/// The query of `/auth/verify` in the configuration of a proxy, written by the operator.
///
/// A typo must never admit a client: only known names with known values are accepted, each once,
/// compared byte for byte.
struct VerifyQuery: Equatable {
    private(set) var role: Account.Role?
    private(set) var tier: Account.Tier?
    private(set) var user: Naming?
    private(set) var keys: Keys?
    private(set) var redirect: Redirect?
    private(set) var factors: Factors?

    /// What the application identifies accounts by.
    enum Naming: String, CaseIterable {
        case id, email
    }

    /// Whether API keys are admitted.
    enum Keys: String, CaseIterable {
        case allow
    }

    /// How a proxy that passes on no redirect, and no body of a refusal, receives the login page.
    enum Redirect: String, CaseIterable {
        case unauthorized = "401"
    }

    /// How many factors must have been proven in the session.
    enum Factors: String, CaseIterable {
        case one = "1"
        case two = "2"
    }

    /// Reads the query of a request; without one the defaults hold.
    ///
    /// Caddy keeps the query of its client where its `uri` has none: the client could require less. So a
    /// query that is also that of `X-Forwarded-Uri`, from any peer, must not be lenient.
    /// - Throws: `invalidInput`, which names everything that is not understood.
    init(of request: Request) throws(RequestError) {
        let query = request.query ?? []
        try self.init(query)
        let mayBeClients =
            isLenient
            && request.values(of: .xForwardedURI).contains { uri in
                let question = uri.firstIndex(of: UInt8(ascii: "?")) ?? uri.endIndex
                return uri[question...].dropFirst().elementsEqual(query)
            }
        guard !mayBeClients else {
            throw .domain(
                .invalidInput([
                    InvalidInput(
                        "query", .other("must not be the client's: give the proxy's uri its own"))
                ]))
        }
    }

    /// Reads a query.
    ///
    /// - Throws: `invalidInput`, which names everything that is not understood.
    init(_ text: ArraySlice<UInt8>) throws(RequestError) {
        var objections: [InvalidInput] = []
        var rest = text
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "&")) ?? rest.endIndex
            read(rest[..<end], &objections)
            rest = rest[end...].dropFirst()
        }
        guard objections.isEmpty else { throw .domain(.invalidInput(objections)) }
    }

    private mutating func read(_ pair: ArraySlice<UInt8>, _ objections: inout [InvalidInput]) {
        let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
        let name = pair[..<equals]
        let value = pair[equals...].dropFirst()
        switch name {
        case _ where name.equals("role"): Self.set(&role, "role", value, &objections)
        case _ where name.equals("tier"): Self.set(&tier, "tier", value, &objections)
        case _ where name.equals("user"): Self.set(&user, "user", value, &objections)
        case _ where name.equals("keys"): Self.set(&keys, "keys", value, &objections)
        case _ where name.equals("redirect"):
            Self.set(&redirect, "redirect", value, &objections)
        case _ where name.equals("factors"): Self.set(&factors, "factors", value, &objections)
        default:
            objections.append(
                InvalidInput(
                    "query", .other("takes role, tier, factors, user, keys and redirect alone")))
        }
    }

    private static func set<Value: CaseIterable & RawRepresentable<String>>(
        _ present: inout Value?, _ name: String, _ text: ArraySlice<UInt8>,
        _ objections: inout [InvalidInput]
    ) {
        if present != nil { objections.append(InvalidInput(name, .other("must stand once"))) }
        present = Value.allCases.first { text.equals($0.rawValue) }
        if present == nil {
            objections.append(InvalidInput(name, .notOneOf(Value.allCases.map(\.rawValue))))
        }
    }
}

extension VerifyQuery {
    /// Whether a query, be it understood or not, is of a proxy that discards the body of a refusal:
    /// one that hands on no redirect.
    static func discardsRefusals(_ text: ArraySlice<UInt8>) -> Bool {
        text.split(separator: UInt8(ascii: "&")).contains { pair in
            Redirect.allCases.contains { pair.equals("redirect=\($0.rawValue)") }
        }
    }

    /// Whether it admits or identifies an account where the defaults would not.
    private var isLenient: Bool { role == .user || keys != nil || user == .email }

    /// What the sender of a request has to meet.
    ///
    /// - Parameter original: Evaluated only if the query admits API keys.
    /// - Returns: The requirement.
    func requirement(of original: @autoclosure () -> OriginalRequest) -> Requirement {
        Requirement(
            role: role ?? .member, tier: tier ?? .free, confirmedEmail: user == .email,
            scopes: keys.map { _ in original().scopes }, twoFactors: factors == .two)
    }
}
