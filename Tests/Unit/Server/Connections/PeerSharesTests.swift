import HTTP
import Testing

@testable import Server

@Suite struct PeerSharesTests {
    private static func peer(_ address: String) throws -> Peer {
        .address(try #require(IPAddress(parsing: address.utf8)), port: 1)
    }

    @Test(arguments: ["192.0.2.1", "2001:db8::1", "10.0.0.1"])
    func `a peer has at most a quarter of all connections`(address: String) throws {
        let shares = PeerShares(of: 8) { _ in false }
        let share = try #require(shares.share(of: Self.peer(address)))
        #expect(shares.enter(share) && shares.enter(share) && !shares.enter(share))
        let other = try #require(shares.share(of: Self.peer("192.0.2.2")))
        #expect(shares.enter(other))
        shares.leave(share)
        #expect(shares.enter(share) && !shares.enter(share))
    }

    @Test func `a peer always has at least one connection`() throws {
        let shares = PeerShares(of: 3) { _ in false }
        let share = try #require(shares.share(of: Self.peer("192.0.2.1")))
        #expect(shares.enter(share) && !shares.enter(share))
    }

    @Test func `an IPv6 peer is identified by its network of 64 bits`() throws {
        let shares = PeerShares(of: 8) { _ in false }
        let share = try shares.share(of: Self.peer("2001:db8:0:1::1"))
        #expect(try shares.share(of: Self.peer("2001:db8:0:1:ffff::2")) == share)
        #expect(try shares.share(of: Self.peer("2001:db8:0:2::1")) != share)
        #expect(
            try shares.share(of: Self.peer("::ffff:192.0.2.1"))
                == shares.share(of: Self.peer("192.0.2.1")))
    }

    @Test(arguments: ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "198.51.100.7"])
    func `local clients and trusted proxies have no share`(address: String) throws {
        let proxy = try #require(IPAddress(parsing: "198.51.100.7".utf8))
        let shares = PeerShares(of: 8) { $0 == proxy }
        #expect(try shares.share(of: Self.peer(address)) == nil)
        #expect(shares.share(of: .local(user: nil)) == nil)
    }

    @Test func `nothing is stored about a peer without connections`() throws {
        let shares = PeerShares(of: 100) { _ in false }
        let share = try #require(shares.share(of: Self.peer("192.0.2.1")))
        for _ in 0..<2 { #expect(shares.enter(share)) }
        shares.leave(share)
        #expect(shares.peers == 1)
        shares.leave(share)
        #expect(shares.peers == 0)
        shares.leave(share)
        #expect(shares.peers == 0)
    }
}

@Suite struct PeerAdmissionTests {
    private static let stranger = Peer.address(.v4(0xC000_0201), port: 7)

    /// Loops that see the same address for every client.
    private func loops(
        trusting isTrusted: @escaping @Sendable (IPAddress) -> Bool = { _ in false },
        _ listener: Listener
    ) throws -> DrivenLoops {
        try DrivenLoops(listeners: [listener], maximumConnections: 12, isTrusted: isTrusted) {
            guard case .connection(let socket, _) = AcceptResult.next(from: $0) else {
                return .drained
            }
            return .connection(socket, Self.stranger)
        }
    }

    @Test func `an untrusted peer has a quarter of the connections and may reuse closed ones`()
        throws
    {
        let listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        let driven = try loops(listener)
        let clients = (0..<5).map { _ in Client(listener.address) }
        driven.loop.acceptBatch(from: listener)
        #expect(driven.loop.clients.count == 3)
        #expect(driven.connectionLimit.count == 3)
        #expect(driven.connectionLimit.refusals == 2)
        #expect(driven.responder.refused == [.tooManyConnections, .tooManyConnections])
        #expect(clients[4].receive(until: "\r\n\r\n").contains(" 503 "))
        driven.loop.closeAll()
        #expect(driven.shares.peers == 0)
        let later = Client(listener.address)
        later.send(get("/loop"))
        driven.loop.acceptBatch(from: listener)
        driven.run(times: 2)
        #expect(later.receive(until: ">").contains(" 200 "))
    }

    @Test func `a connection refused at the overall limit does not count towards a share`() throws {
        let listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        let driven = try loops(listener)
        for _ in 0..<12 + ConnectionLimit.overshoot {
            #expect(driven.connectionLimit.enter(beyond: ConnectionLimit.overshoot))
        }
        let client = Client(listener.address)
        driven.loop.acceptBatch(from: listener)
        #expect(client.receive(until: "\r\n\r\n").contains(" 503 "))
        #expect(driven.shares.peers == 0)
    }

    @Test func `a trusted proxy may use all connections`() throws {
        let listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        let driven = try loops(trusting: { _ in true }, listener)
        let clients = (0..<12).map { _ in Client(listener.address) }
        driven.loop.acceptBatch(from: listener)
        #expect(driven.loop.clients.count == clients.count)
    }

    @Test func `connections to the admin listener do not count towards a share`() throws {
        let listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0), for: .admin)
        let driven = try loops(listener)
        let clients = (0..<5).map { _ in Client(listener.address) }
        driven.loop.acceptBatch(from: listener)
        #expect(driven.loop.clients.count == clients.count)
        #expect(driven.shares.peers == 0)
    }
}
