import Auth
import HTTP

extension Request {
    /// Whether the client addressed this machine as such: by `localhost` or a loopback address.
    var isAddressedToThisMachine: Bool {
        guard let authority else { return false }
        return Origin(authority: authority, isSecure: false)?.isOnThisMachine == true
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
