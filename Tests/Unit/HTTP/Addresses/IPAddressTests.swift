import Testing

@testable import HTTP

/// RFC 4291 §2.2, RFC 5952, RFC 4632 §3.1.
struct IPAddressTests {
    static func address(_ text: String) -> IPAddress? { IPAddress(parsing: Array(text.utf8)) }
    static func prefix(_ text: String) -> AddressPrefix? { AddressPrefix(parsing: text.utf8) }

    @Test(
        arguments: [
            ("0.0.0.0", .v4(0)), ("127.0.0.1", .v4(0x7F00_0001)), ("1.2.3.4", .v4(0x0102_0304)),
            ("255.255.255.255", .v4(.max)),
            ("::", .v6(high: 0, low: 0)), ("::1", .v6(high: 0, low: 1)),
            ("1::", .v6(high: 0x0001_0000_0000_0000, low: 0)),
            ("2001:db8::1", .v6(high: 0x2001_0DB8_0000_0000, low: 1)),
            ("2001:DB8::1", .v6(high: 0x2001_0DB8_0000_0000, low: 1)),
            ("1:2:3:4:5:6:7:8", .v6(high: 0x0001_0002_0003_0004, low: 0x0005_0006_0007_0008)),
            ("1:2:3:4:5:6:7::", .v6(high: 0x0001_0002_0003_0004, low: 0x0005_0006_0007_0000)),
            ("::2:3:4:5:6:7:8", .v6(high: 0x0000_0002_0003_0004, low: 0x0005_0006_0007_0008)),
            ("1:2::7:8", .v6(high: 0x0001_0002_0000_0000, low: 0x0000_0000_0007_0008)),
            ("0001:0:0:0:0:0:0:0", .v6(high: 0x0001_0000_0000_0000, low: 0)),
            ("64:ff9b::192.0.2.33", .v6(high: 0x0064_FF9B_0000_0000, low: 0xC000_0221)),
            ("1:2:3:4:5:6:1.2.3.4", .v6(high: 0x0001_0002_0003_0004, low: 0x0005_0006_0102_0304)),
            ("::1.2.3.4", .v6(high: 0, low: 0x0102_0304)),
            ("::ffff:1.2.3.4", .v4(0x0102_0304)), ("::FFFF:102:304", .v4(0x0102_0304)),
            ("0:0:0:0:0:ffff:1.2.3.4", .v4(0x0102_0304)),
            ("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", .v6(high: .max, low: .max)),
        ] as [(String, IPAddress)])
    func `an address is parsed in every form`(text: String, expected: IPAddress) {
        #expect(Self.address(text) == expected)
    }

    @Test(arguments: [
        "", " ", "1", "1.2.3", "1.2.3.", ".1.2.3", "1.2.3.4.", "1.2.3.4.5", "1..3.4", "256.1.1.1",
        "1.2.3.256", "01.2.3.4", "1.2.3.00", "1.2.3.04", "1.2.3.4 ", " 1.2.3.4", "0x1.2.3.4",
        "1.2.3.-4", "+1.2.3.4", "1.2.3.a", "1000.1.1.1", "2130706433", "1,2,3,4", "1.2.3.4/32",
        ":", ":::", "::::", ":1", "1:", "1::2::3", "1:::2", ":1::", "::1:", "12345::", "g::",
        "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8",
        "1:2:3:4::5:6:7:8", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "::1.2.3.256", "::01.2.3.4",
        "1.2.3.4::", "::1.2.3.4:5", "1.2.3.4:5:6:7:8:9:a:b", "fe80::1%eth0", "::1%0", "[::1]",
        "::1/128", "::1 ", "0x1::", "::-1", "::\u{661}", "::ffff:1.2.3.4.5",
        "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.2555",
        "0000000000000000000000000000000000000000000000000001::",
    ])
    func `text that is not an address is rejected`(text: String) {
        #expect(Self.address(text) == nil)
    }

    /// RFC 5952 §4.
    @Test(arguments: [
        ("1.2.3.4", "1.2.3.4"), ("255.0.0.1", "255.0.0.1"), ("::", "::"), ("::1", "::1"),
        ("1::", "1::"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("2001:0db8::0001", "2001:db8::1"),
        ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("0:0:1::", "0:0:1::"), ("1:0:0:2:3:4:5:6", "1::2:3:4:5:6"),
        ("1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"), ("1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7:0"),
        ("::ffff:1.2.3.4", "1.2.3.4"), ("::1.2.3.4", "::102:304"),
    ])
    func `an address is formatted canonically`(text: String, canonical: String) throws {
        let address = try #require(Self.address(text))
        #expect(address.description == canonical)
        #expect(Self.address(canonical) == address)
    }

    @Test
    func `a mapped address is its IPv4 address`() {
        #expect(IPAddress(high: 0, low: 0xFFFF_0102_0304) == .v4(0x0102_0304))
        #expect(IPAddress(high: 1, low: 0xFFFF_0102_0304) == .v6(high: 1, low: 0xFFFF_0102_0304))
        #expect(
            IPAddress(high: 0, low: 0x1_FFFF_0102_0304) == .v6(high: 0, low: 0x1_FFFF_0102_0304))
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.255.255.255", true), ("::1", true), ("::ffff:127.0.0.1", true),
        ("126.255.255.255", false), ("128.0.0.0", false), ("0.0.0.0", false), ("::", false),
        ("::2", false), ("1::1", false), ("::127.0.0.1", false),
    ])
    func `only loopback addresses are loopback`(text: String, isLoopback: Bool) {
        #expect(Self.address(text)?.isLoopback == isLoopback)
    }

    @Test(arguments: [
        ("1.2.3.4", 32, "1.2.3.4/32"), ("1.2.3.4", 24, "1.2.3.0/24"), ("1.2.3.4", 0, "0.0.0.0/0"),
        ("1.2.3.4", 128, "1.2.3.4/32"), ("1.2.3.4", -1, "0.0.0.0/0"), ("1.2.3.4", 31, "1.2.3.4/31"),
        ("2001:db8:1:2:3:4:5:6", 64, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:3:4:5:6", 48, "2001:db8:1::/48"), ("ffff::1", 0, "::/0"),
        ("2001:db8:1:2:ffff:4:5:6", 65, "2001:db8:1:2:8000::/65"),
        ("2001:db8::1", 128, "2001:db8::1/128"), ("2001:db8::1", .max, "2001:db8::1/128"),
        ("2001:db8::1", .min, "::/0"),
    ])
    func `a prefix is the network of the first bits`(text: String, bits: Int, network: String)
        throws
    {
        let prefix = try #require(Self.address(text)).prefix(bits)
        #expect(prefix.description == network)
        #expect(Self.prefix(network) == prefix)
        #expect(prefix.contains(try #require(Self.address(text))))
    }

    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1/32"), ("::1", "::1/128"), ("10.0.0.0/8", "10.0.0.0/8"),
        ("0.0.0.0/0", "0.0.0.0/0"), ("::/0", "::/0"), ("fd00::/8", "fd00::/8"),
        ("::ffff:10.0.0.0/104", "10.0.0.0/8"), ("::ffff:10.0.0.1", "10.0.0.1/32"),
        ("::ffff:0.0.0.0/96", "0.0.0.0/0"),
    ])
    func `a network is parsed with its length`(text: String, network: String) {
        #expect(Self.prefix(text)?.description == network)
    }

    @Test(arguments: [
        "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08",
        "10.0.0.0/8 ", "10.0.0.0/8/8", "10.0.0.0/a", "10.0.0.0/1000", "10.0.0.1/8",
        "10.0.0.0/99999999999999999999", "10.0.0/8", "::1/129", "::1/127", "fd00::1/8",
        "::ffff:10.0.0.0/95", "::ffff:10.0.0.0/8", "::ffff:10.0.0.0/129", "10.0.0.0\\8",
        "10.0.0.0/255.0.0.0",
    ])
    func `text that is not a network is rejected`(text: String) {
        #expect(Self.prefix(text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("10.0.0.0/8", "9.255.255.255", false), ("10.0.0.0/8", "::ffff:10.1.2.3", true),
        ("0.0.0.0/0", "255.255.255.255", true), ("0.0.0.0/0", "::1", false),
        ("::/0", "::1", true), ("::/0", "1.2.3.4", false), ("::1/128", "::1", true),
        ("::1/128", "::2", false), ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe00::1", false),
        ("2001:db8::/64", "2001:db8::ffff:ffff:ffff:ffff", true),
        ("2001:db8::/64", "2001:db8:0:1::", false), ("127.0.0.1/32", "127.0.0.2", false),
    ])
    func `a network contains the addresses with its prefix`(
        network: String, text: String, expected: Bool
    ) throws {
        let prefix = try #require(Self.prefix(network))
        #expect(prefix.contains(try #require(Self.address(text))) == expected)
    }
}
