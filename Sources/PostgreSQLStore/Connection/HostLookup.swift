import Glibc

/// Where the name of a server leads.
enum HostLookup {
    /// One place to connect to.
    enum Endpoint: Equatable {
        /// The directory of a socket; or a name that libpq looks up itself.
        case given
        /// A numeric address that the name has.
        case address(String)
    }

    /// The places that a server is at.
    ///
    /// libpq would look names up as well, but tries all addresses of a name within one time limit: one that
    /// answers nothing would use it up.
    /// - Parameter host: A server of an address.
    /// - Returns: At least one.
    /// - Throws: `unreachable` when the name is unknown.
    static func endpoints(
        of host: DatabaseAddress.Host
    ) throws(PostgreSQLError) -> [Endpoint] {
        guard !host.isSocket else { return [.given] }
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = unsafe getaddrinfo(host.name, nil, &hints, &list)
        guard status == 0 else {
            let reason =
                unsafe gai_strerror(status).map { unsafe String(cString: $0) } ?? "\(status)"
            throw PostgreSQLError(
                kind: .unreachable, message: "the name \(host.name) is not found: \(reason)")
        }
        defer { unsafe freeaddrinfo(list) }
        var endpoints: [Endpoint] = []
        var entry = unsafe list
        while let present = unsafe entry {
            if let text = unsafe numericForm(present.pointee) { endpoints.append(.address(text)) }
            unsafe entry = present.pointee.ai_next
        }
        return endpoints.isEmpty ? [.given] : endpoints
    }

    private static func numericForm(_ entry: addrinfo) -> String? {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let status = unsafe getnameinfo(
            entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        guard status == 0 else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
