import Bytes

extension DatabaseAddress {
    /// The port of a server that names none.
    static let standardPort: UInt16 = 5_432

    /// Whether a text is meant as the address of a PostgreSQL database.
    public static func isMeant(by text: String) -> Bool { withoutScheme(text) != nil }

    /// Reads an address.
    ///
    /// - Parameter text: `postgres://[user@][host[:port][,…]]/name[?parameter=value[&…]]`, with
    ///   percent-encoding in every part.
    /// - Throws: What is wrong with it.
    public init(parsing text: String) throws(AddressError) {
        guard let rest = Self.withoutScheme(text) else { throw .notPostgreSQL }
        let (hierarchy, query) = rest.divided(at: "?")
        let (authority, path) = hierarchy.divided(at: "/")
        // A raw @ further on: a password with a raw / or ? in it, which no message may quote.
        guard !(path ?? "").contains("@"), !(query ?? "").contains("@") else { throw .password }
        var parameters = try Self.parameters(query)
        // The last one: a user's name may contain a raw @, a host's never does.
        let (user, servers) = authority.dividedAtLast("@")
        guard !user.utf8.contains(UInt8(ascii: ":")) else { throw .password }
        guard let path, !path.isEmpty else { throw .noDatabase }

        let hosts = try Self.hosts(
            servers, socket: parameters.removeValue(forKey: .host),
            port: parameters.removeValue(forKey: .port))
        let isVerifyCA = parameters[.sslmode] == TLSMode.verifyCA.rawValue
        guard !isVerifyCA || parameters[.sslrootcert] != nil else { throw .noAuthority }
        self.init(
            hosts: hosts, user: user.isEmpty ? nil : try Self.decoded(user),
            database: try Self.decoded(path), parameters: parameters, text: text)
    }

    private static func withoutScheme(_ text: String) -> Substring? {
        for scheme in ["postgres://", "postgresql://"] where text.hasPrefix(scheme) {
            return text.dropFirst(scheme.count)
        }
        return nil
    }

    private static func hosts(
        _ servers: Substring, socket: String?, port: String?
    ) throws(AddressError) -> [Host] {
        let common = try port.map { (port) throws(AddressError) in try number(port[...]) }
        if let socket {
            guard servers.isEmpty else { throw .repeated(.host) }
            guard !socket.contains(",") else { throw .host }
            return [Host(name: socket, port: common ?? standardPort)]
        }
        guard !servers.isEmpty else { return [Host(name: "", port: common ?? standardPort)] }
        return try servers.split(separator: ",", omittingEmptySubsequences: false).map {
            (server) throws(AddressError) in
            let (name, port) = try nameAndPort(server)
            guard common == nil || port == nil else { throw .repeated(.port) }
            return Host(name: name, port: try port.map(number) ?? common ?? standardPort)
        }
    }

    /// Divides `host:port` and `[address]:port`.
    private static func nameAndPort(
        _ server: Substring
    ) throws(AddressError) -> (name: String, port: Substring?) {
        guard server.first == "[" else {
            let (name, port) = server.divided(at: ":")
            let decoded = try decoded(name)
            // A relative path would be a name to look up; libpq divides names at commas.
            guard !decoded.isEmpty, decoded.hasPrefix("/") || !decoded.contains("/"),
                !decoded.contains(",")
            else { throw .host }
            return (decoded, port)
        }
        let (address, rest) = server.dropFirst().divided(at: "]")
        guard let rest, address.contains(":") else { throw .host }
        guard !rest.isEmpty else { return (String(address), nil) }
        guard rest.first == ":" else { throw .host }
        return (String(address), rest.dropFirst())
    }

    private static func number(_ digits: Substring) throws(AddressError) -> UInt16 {
        guard
            let number = Decimal.parse(digits.utf8, maximumDigits: 5, leadingZeros: .refused),
            let port = UInt16(exactly: number), port > 0
        else { throw .host }
        return port
    }

    private static func parameters(
        _ query: Substring?
    ) throws(AddressError) -> [AddressParameter: String] {
        var parameters: [AddressParameter: String] = [:]
        for pair in (query ?? "").split(separator: "&") {
            let (name, value) = pair.divided(at: "=")
            let decodedName = try decoded(name)
            guard let parameter = AddressParameter(rawValue: decodedName) else {
                throw secretNames.contains(decodedName)
                    ? .password : .unknownParameter(decodedName)
            }
            let decodedValue = try decoded(value ?? "")
            guard parameter.accepts(decodedValue) else { throw .value(parameter) }
            guard parameters.updateValue(decodedValue, forKey: parameter) == nil else {
                throw .repeated(parameter)
            }
        }
        return parameters
    }

    /// Parameters of libpq whose values are secrets.
    private static let secretNames = ["password", "sslpassword"]

    /// Text without its percent-encoding; a NUL would end it early in libpq.
    private static func decoded(_ text: Substring) throws(AddressError) -> String {
        guard let octets = PercentEncoding.decoded(text.utf8), !octets.contains(0),
            let decoded = String(validating: octets, as: UTF8.self)
        else { throw .escape }
        return decoded
    }
}

extension Substring {
    /// What is before and after the first separator; nil after it where there is none.
    fileprivate func divided(at separator: Character) -> (Substring, Substring?) {
        guard let place = firstIndex(of: separator) else { return (self, nil) }
        return (self[..<place], self[index(after: place)...])
    }

    /// What is before and after the last separator; all is after it where there is none.
    fileprivate func dividedAtLast(_ separator: Character) -> (Substring, Substring) {
        guard let place = lastIndex(of: separator) else { return ("", self) }
        return (self[..<place], self[index(after: place)...])
    }
}
