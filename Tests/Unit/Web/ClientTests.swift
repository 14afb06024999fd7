import Auth
import HTTP
import TestSupport
import Testing

@testable import Web

/// Who a request comes from, seen through the proxies in front.
struct ClientTests {
    struct Hop: Sendable, CustomTestStringConvertible {
        let fields: [String]
        let expected: String
        var peer = Peer.loopback
        var testDescription: String { "\(fields) is \(expected)" }

        init(_ fields: String..., is expected: String, from peer: Peer = .loopback) {
            self.fields = fields
            self.expected = expected
            self.peer = peer
        }
    }

    private func client(
        _ fields: [String], from peer: Peer, reading family: ProxyTrust.Fields
    ) throws -> Client {
        let proxies = try ["127.0.0.1/32", "::1/128", "10.0.0.0/8", "2001:db8:ff::/48"].map {
            try #require(AddressPrefix(parsing: $0.utf8))
        }
        let request = try Request(
            wire: "GET / HTTP/1.1\nHost: a\n" + fields.map { $0 + "\n" }.joined() + "\n", from: peer
        )
        return Client(of: request, trust: ProxyTrust(proxies: proxies, fields: family))
    }

    private static let proxy = Peer.address(.v4(0x0A00_0001), port: 1)

    @Test(arguments: [
        Hop(is: "127.0.0.1"),
        Hop("X-Forwarded-For: 192.0.2.1", is: "192.0.2.1"),
        Hop("x-forwarded-for: 192.0.2.1", is: "192.0.2.1", from: proxy),
        Hop("X-Forwarded-For: 192.0.2.1", is: "192.0.2.1", from: .local(user: nil)),
        Hop("X-Forwarded-For: 192.0.2.1", is: "203.0.113.9", from: .remote),
        // What stands left of the right-most untrusted address, the client wrote.
        Hop("X-Forwarded-For: 198.51.100.7, 192.0.2.1", is: "192.0.2.1"),
        Hop("X-Forwarded-For: 127.0.0.1, 192.0.2.1, 10.9.9.9", is: "192.0.2.1"),
        Hop("X-Forwarded-For: garbage, 192.0.2.1", is: "192.0.2.1"),
        Hop("X-Forwarded-For: 10.0.0.2,10.0.0.3", is: "10.0.0.2"),
        Hop("X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 10.0.0.2", is: "192.0.2.1"),
        Hop("X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 198.51.100.7", is: "198.51.100.7"),
        // A malformed element ends the walk at the proxy that passed it on.
        Hop("X-Forwarded-For: 192.0.2.1, garbage", is: "127.0.0.1"),
        Hop("X-Forwarded-For: 192.0.2.1, unknown, 10.0.0.2", is: "10.0.0.2"),
        Hop("X-Forwarded-For: 192.0.2.1,", is: "127.0.0.1"),
        Hop("X-Forwarded-For:", is: "127.0.0.1"),
        Hop("X-Forwarded-For: 192.0.2.01", is: "127.0.0.1"),
        Hop("X-Forwarded-For: 192.0.2.1 198.51.100.7", is: "127.0.0.1"),
        Hop("X-Forwarded-For: garbage", is: "local", from: .local(user: nil)),
        // Ports and IPv6.
        Hop("X-Forwarded-For: 192.0.2.1:4711", is: "192.0.2.1"),
        Hop("X-Forwarded-For: 192.0.2.1:", is: "127.0.0.1"),
        Hop("X-Forwarded-For: 192.0.2.1:x", is: "127.0.0.1"),
        Hop("X-Forwarded-For: 192.0.2.1:123456", is: "127.0.0.1"),
        Hop("X-Forwarded-For: 2001:DB8::1", is: "2001:db8::1"),
        Hop("X-Forwarded-For: [2001:db8::1]", is: "2001:db8::1"),
        Hop("X-Forwarded-For: [2001:db8::1]:443", is: "2001:db8::1"),
        Hop("X-Forwarded-For: [2001:db8::1]443", is: "127.0.0.1"),
        Hop("X-Forwarded-For: [2001:db8::1", is: "127.0.0.1"),
        Hop("X-Forwarded-For: [192.0.2.1]", is: "127.0.0.1"),
        Hop("X-Forwarded-For: []", is: "127.0.0.1"),
        Hop("X-Forwarded-For: [", is: "127.0.0.1"),
        Hop("X-Forwarded-For: ::ffff:192.0.2.1", is: "192.0.2.1"),
        Hop("X-Forwarded-For: fe80::1%eth0", is: "127.0.0.1"),
        Hop("X-Forwarded-For: 192.0.2.1, 2001:db8:ff::5", is: "192.0.2.1"),
        // The other family is ignored.
        Hop("Forwarded: for=192.0.2.1", is: "127.0.0.1"),
        Hop("Forwarded: for=192.0.2.1", "X-Forwarded-For: 198.51.100.7", is: "198.51.100.7"),
    ])
    func `X-Forwarded-For is walked from the right`(hop: Hop) throws {
        let client = try client(hop.fields, from: hop.peer, reading: .xForwarded)
        #expect((client.address?.description ?? "local") == hop.expected)
    }

    @Test(arguments: [
        Hop("Forwarded: for=192.0.2.1", is: "192.0.2.1"),
        Hop("Forwarded: For=192.0.2.1;Proto=https;By=10.0.0.1;Host=a", is: "192.0.2.1"),
        Hop("Forwarded: for=198.51.100.7, for=192.0.2.1", is: "192.0.2.1"),
        Hop("Forwarded: for=192.0.2.1, for=10.0.0.2", is: "192.0.2.1"),
        Hop("Forwarded: for=192.0.2.1", "Forwarded: for=10.0.0.2", is: "192.0.2.1"),
        Hop(#"Forwarded: for="192.0.2.1:4711""#, is: "192.0.2.1"),
        Hop(#"Forwarded: for="[2001:db8::1]""#, is: "2001:db8::1"),
        Hop(#"Forwarded: for="[2001:db8::1]:443" ; proto=http"#, is: "2001:db8::1"),
        Hop(#"Forwarded: for="192.0.2\.1""#, is: "192.0.2.1"),
        Hop(#"Forwarded: host="a,for=198.51.100.7";for=192.0.2.1"#, is: "192.0.2.1"),
        Hop(#"Forwarded: host="a\",for=1.1.1.1";for=192.0.2.1"#, is: "192.0.2.1"),
        Hop("Forwarded: ;for=192.0.2.1;", is: "192.0.2.1"),
        // Withheld or malformed: the walk ends at the proxy that passed it on.
        Hop("Forwarded: for=unknown", is: "127.0.0.1"),
        Hop("Forwarded: for=_hidden, for=10.0.0.2", is: "10.0.0.2"),
        Hop("Forwarded: proto=https", is: "127.0.0.1"),
        Hop("Forwarded: for=192.0.2.1;for=198.51.100.7", is: "127.0.0.1"),
        Hop("Forwarded: for=192.0.2.1;FOR=198.51.100.7", is: "127.0.0.1"),
        Hop("Forwarded: for", is: "127.0.0.1"), Hop("Forwarded: for=", is: "127.0.0.1"),
        Hop(#"Forwarded: for="192.0.2.1"#, is: "127.0.0.1"),
        Hop(#"Forwarded: for="192.0.2.1\""#, is: "127.0.0.1"),
        Hop(#"Forwarded: for=192.0.2.1""#, is: "127.0.0.1"),
        Hop(#"Forwarded: for="1"92.0.2.1""#, is: "127.0.0.1"),
        Hop(#"Forwarded: for=""#, is: "127.0.0.1"),
        // A quotation that swallows what the proxy appends.
        Hop(#"Forwarded: for=192.0.2.1;x"=y, for=198.51.100.7"#, is: "127.0.0.1"),
        Hop(#"Forwarded: for=192.0.2.1;x="y, for=198.51.100.7"#, is: "127.0.0.1"),
        Hop("Forwarded: 192.0.2.1", is: "127.0.0.1"),
        // Not trusted, or of the other family.
        Hop("Forwarded: for=192.0.2.1", is: "203.0.113.9", from: .remote),
        Hop("X-Forwarded-For: 192.0.2.1", is: "127.0.0.1"),
    ])
    func `Forwarded is walked from the right`(hop: Hop) throws {
        let client = try client(hop.fields, from: hop.peer, reading: .forwarded)
        #expect((client.address?.description ?? "local") == hop.expected)
    }

    @Test func `where none is configured none is read`() throws {
        let fields = [
            "X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1;proto=https",
            "X-Forwarded-Proto: https",
        ]
        let client = try client(fields, from: .loopback, reading: .none)
        #expect(client.address?.description == "127.0.0.1" && !client.isSecure)
    }

    @Test(arguments: [
        (["X-Forwarded-Proto: https"], true), (["X-Forwarded-Proto: HTTPS"], true),
        (["X-Forwarded-Proto: http,https"], true), (["X-Forwarded-Proto: https, http"], false),
        (["X-Forwarded-Proto: http", "X-Forwarded-Proto: https"], true),
        (["X-Forwarded-Proto: https", "X-Forwarded-Proto: http"], false),
        (["X-Forwarded-Proto: httpss"], false), (["X-Forwarded-Proto:"], false),
        (["X-Forwarded-Proto: https,"], false), (["X-Forwarded-Ssl: on"], false), ([], false),
    ])
    func `the scheme is the right-most`(fields: [String], isSecure: Bool) throws {
        #expect(try client(fields, from: .loopback, reading: .xForwarded).isSecure == isSecure)
        #expect(try !client(fields, from: .remote, reading: .xForwarded).isSecure)
    }

    @Test(arguments: [
        ("for=192.0.2.1;proto=https", true), ("for=192.0.2.1;proto=\"HTTPS\"", true),
        ("proto=https, for=192.0.2.1", false), ("proto=http, proto=https", true),
        ("proto=https;proto=https", false),
    ])
    func `the scheme of Forwarded is the right-most`(value: String, isSecure: Bool) throws {
        let client = try client(["Forwarded: \(value)"], from: .loopback, reading: .forwarded)
        #expect(client.isSecure == isSecure)
    }

    @Test func `a network is an IPv4 address or an IPv6 prefix of 64 bits`() throws {
        func network(_ address: String) throws -> Throttle.Network {
            try client(["X-Forwarded-For: \(address)"], from: .loopback, reading: .xForwarded)
                .network
        }
        #expect(try network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9"))
        #expect(try network("2001:db8:1:2::1") != network("2001:db8:1:3::1"))
        #expect(try network("192.0.2.1") != network("192.0.2.2"))
        #expect(try network("192.0.2.1") == network("::ffff:192.0.2.1"))
        #expect(try client([], from: .local(user: nil), reading: .xForwarded).network == .local)
    }
}
