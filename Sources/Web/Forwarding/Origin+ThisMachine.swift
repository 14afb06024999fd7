package import Auth
import HTTP

extension Origin {
    /// Whether its host is this machine by name or number: `localhost`, or a loopback address.
    package var isOnThisMachine: Bool {
        let literal = host.utf8.filter { $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") }
        return host == "localhost" || IPAddress(parsing: literal)?.isLoopback == true
    }
}
