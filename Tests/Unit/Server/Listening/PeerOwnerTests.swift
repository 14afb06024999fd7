import Glibc
import HTTP
import Testing

@testable import Server

/// The owner of the process at the other end.
@Suite struct PeerOwnerTests {
    private static let title =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    private static let peer = Peer.address(.v4(0x7F00_0001), port: 5_000)

    private static func line(
        _ local: String, state: String = "01", user: UInt32 = 1_000
    ) -> String {
        "   0: \(local) 0100007F:1F90 \(state) 00000000:00000000 00:00000000 00000000  \(user)"
            + "        0 4711 1 0000000000000000 20 4 30 10 -1\n"
    }

    private func isOwn(
        _ peer: Peer = peer, as user: UInt32 = 1_000, v4: String?, v6: String? = ""
    ) -> Bool {
        PeerOwner.isOwnUser(peer, as: user) { path in
            (path.hasSuffix("6") ? v6 : v4).map { SocketTable(Array((Self.title + $0).utf8)) }
        }
    }

    @Test func `the socket table identifies the owner of a connection`() {
        let own = Self.line("0100007F:1388")
        #expect(isOwn(v4: own))
        #expect(!isOwn(as: 1_001, v4: own), "another user's")
        #expect(!isOwn(v4: ""), "not in the table")
        #expect(!isOwn(v4: Self.line("0100007F:1389")), "another port")
        #expect(!isOwn(v4: Self.line("0200007F:1388")), "another address")
        #expect(!isOwn(v4: nil) && !isOwn(v4: own, v6: nil), "an unreadable table")
        #expect(!isOwn(v4: "   0: 0100007F:1388 0100007F:1F90 01\n"), "a truncated line")
        #expect(isOwn(as: 0, v4: Self.line("0100007F:1388", user: 0)))
    }

    @Test func `an IPv4 connection of an IPv6 socket is in the other table`() {
        let mapped = Self.line("0000000000000000FFFF00000100007F:1388")
        #expect(isOwn(v4: "", v6: mapped))
        #expect(!isOwn(v4: Self.line("0100007F:1388", user: 5), v6: mapped))
        let peer = Peer.address(.v6(high: 0, low: 1), port: 5_000)
        #expect(isOwn(peer, v4: "", v6: Self.line("00000000000000000000000001000000:1388")))
        #expect(!isOwn(peer, v4: Self.line("0100007F:1388"), v6: ""))
    }

    @Test func `when several sockets have the address all of them must belong to the user`() {
        let own = Self.line("0100007F:1388")
        #expect(!isOwn(v4: own + Self.line("0100007F:1388", user: 33)))
        #expect(!isOwn(v4: Self.line("0100007F:1388", user: 33) + own))
        #expect(isOwn(v4: own + Self.line("0100007F:1388", state: "06", user: 0)))
    }

    @Test(arguments: ["02", "04", "05", "08", "0A", "0B"])
    func `a socket that is not connected any more has no owner`(state: String) {
        // The kernel shows user 0 for a socket that its process has closed.
        #expect(!isOwn(as: 0, v4: Self.line("0100007F:1388", state: state, user: 0)))
        let own = Self.line("0100007F:1388", user: 0)
        #expect(!isOwn(as: 0, v4: own + Self.line("0100007F:1388", state: state, user: 0)))
    }

    @Test func `users that are not mapped in the namespace never match`() {
        #expect(!isOwn(as: 65_534, v4: Self.line("0100007F:1388", user: 65_534)))
        #expect(!isOwn(.local(user: 65_534), as: 65_534, v4: ""))
    }

    @Test func `a Unix socket identifies the user who connected`() throws {
        #expect(isOwn(.local(user: 1_000), v4: nil))
        #expect(!isOwn(.local(user: 33), v4: "") && !isOwn(.local(user: nil), v4: ""))
        let path = "/tmp/lunauth-test-\(getpid())-owner.sock"
        let listener = try Listener(.unix(path: path))
        let client = Client(listener.address)
        #expect(client.isConnected)
        guard case .connection(_, let peer) = AcceptResult.next(from: listener.descriptor) else {
            Issue.record("no connection")
            return
        }
        #expect(peer == .local(user: geteuid()))
    }

    @Test func `a connection over loopback belongs to its user until it is closed`() throws {
        let listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        var client: Client? = Client(listener.address)
        #expect(client?.isConnected == true)
        guard case .connection(let socket, let peer) = AcceptResult.next(from: listener.descriptor)
        else {
            Issue.record("no connection")
            return
        }
        #expect(PeerOwner.isOwnUser(peer))
        let isOthers = PeerOwner.isOwnUser(peer, as: geteuid() + 1) { SocketTable(ofFile: $0) }
        #expect(!isOthers)
        client = nil
        #expect(!PeerOwner.isOwnUser(peer))
        withExtendedLifetime(socket) {}
    }

    @Test func `a missing table is an error except the one of IPv6`() {
        #expect(SocketTable(ofFile: "/nonexistent/tcp") == nil)
        #expect(SocketTable(ofFile: "/nonexistent/tcp6")?.sockets(at: .v4(0), port: 0) == [])
        #expect(SocketTable(ofFile: "/proc/self/net/tcp") != nil)
    }
}
