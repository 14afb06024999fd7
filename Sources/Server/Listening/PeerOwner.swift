import CLinux
import Glibc
public import HTTP
import System

/// The user who owns the process at the other end of a local connection.
public enum PeerOwner {
    /// Whether the other end belongs to the user that this process runs as.
    ///
    /// A proxy on this machine runs as another user, and nothing that it sends distinguishes it from a
    /// client. An owner that cannot be determined counts as another user. The result is of the present
    /// moment: a client that has closed the connection since counts as another user too.
    public static func isOwnUser(_ peer: Peer) -> Bool {
        isOwnUser(peer, as: geteuid()) { SocketTable(ofFile: $0) }
    }

    /// As `isOwnUser(_:)`.
    ///
    /// - Parameters:
    ///   - peer: The peer.
    ///   - user: The user that this process runs as.
    ///   - table: Reads one of the kernel's socket tables; nil when that fails.
    /// - Returns: Whether it is the same user.
    static func isOwnUser(
        _ peer: Peer, as user: UInt32, readingTable table: (String) -> SocketTable?
    ) -> Bool {
        guard user != unknownUser else { return false }
        switch peer {
        case .local(let owner): return owner == user
        case .address(let address, let port):
            // An IPv6 socket may have an IPv4-mapped address: both tables are read.
            guard let v4 = table("/proc/self/net/tcp"), let v6 = table("/proc/self/net/tcp6") else {
                return false
            }
            let sockets = v4.sockets(at: address, port: port) + v6.sockets(at: address, port: port)
            // Several sockets may have the address, each connected to another one. All of them have to
            // belong to the user, since it is unknown which of them is the peer.
            return !sockets.isEmpty && sockets.allSatisfy { $0.isConnected && $0.user == user }
        }
    }

    /// The user at the other end of a Unix-domain socket; nil when the kernel does not report it.
    static func user(connectedTo descriptor: Int32) -> UInt32? {
        UInt32(exactly: clinux_peer_user(descriptor))
    }

    /// The user id for all users that are not mapped in a user namespace (user_namespaces(7)).
    private static let unknownUser: UInt32 = 65_534
}
