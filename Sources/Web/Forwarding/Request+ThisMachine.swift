import Auth
import HTTP

extension Request {
    /// Whether the client addressed this machine as such: by `localhost` or a loopback address.
    var isAddressedToThisMachine: Bool {
        guard let authority, let host = Origin(authority: authority, isSecure: false)?.host else {
            return false
        }
        let literal = host.utf8.filter { $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") }
        return host == "localhost" || IPAddress(parsing: literal)?.isLoopback == true
    }
}

extension Peer {
    /// Whether it is a process of this machine.
    var isThisMachine: Bool {
        switch self {
        case .address(let address, _): address.isLoopback
        case .local: true
        }
    }
}
