import CLinux
import Glibc
public import HTTP
import System

/// Whose process is at the other end of a connection from this machine.
public enum PeerOwner {
    /// Whether the other end belongs to the user that this process runs as.
    ///
    /// A proxy of this machine runs as another user, and nothing that it sends tells it from a client.
    /// What cannot be read or found belongs to another. The answer is of the present moment: whoever
    /// sent the request and closed the connection since is another, too.
    public static func isOwnUser(_ peer: Peer) -> Bool {
        isOwnUser(peer, as: geteuid()) { SocketTable(ofFile: $0) }
    }

    /// As `isOwnUser(_:)`.
    ///
    /// - Parameters:
    ///   - peer: The other end.
    ///   - user: Who this process runs as.
    ///   - table: Reads one of the kernel's tables of sockets; nil where that fails.
    /// - Returns: Whether it is the same user.
    static func isOwnUser(
        _ peer: Peer, as user: UInt32, readingTable table: (String) -> SocketTable?
    ) -> Bool {
        guard user != unknownUser else { return false }
        switch peer {
        case .local(let owner): return owner == user
        case .address(let address, let port):
            // A socket of IPv6 may be at an IPv4-mapped address: both tables count.
            guard let v4 = table("/proc/self/net/tcp"), let v6 = table("/proc/self/net/tcp6") else {
                return false
            }
            let sockets = v4.sockets(at: address, port: port) + v6.sockets(at: address, port: port)
            // Several may have one address, each connected to another: all of them have to be good,
            // since which of them is the peer is not known here.
            return !sockets.isEmpty && sockets.allSatisfy { $0.isConnected && $0.user == user }
        }
    }

    /// The user at the other end of a Unix-domain socket; nil where the kernel does not say.
    static func user(connectedTo descriptor: Int32) -> UInt32? {
        UInt32(exactly: clinux_peer_user(descriptor))
    }

    /// Stands for all users that a user namespace does not know (user_namespaces(7)).
    private static let unknownUser: UInt32 = 65_534
}
