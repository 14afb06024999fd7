import HTTP

@testable import Web

/// Header fields of any name: a sender cannot claim the address of another client.
enum ForwardingHarness {
    private static let proxy = IPAddress.v4(0x0A00_0001)
    private static let stranger = IPAddress.v4(0xCB00_7109)
    /// The clients of the proxy: 198.51.100.7, or 2001:db8::7.
    private static let client = IPAddress.v4(0xC633_6407)
    private static let client6 = IPAddress(high: 0x2001_0DB8_0000_0000, low: 7)

    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        let lines = input.split(separator: UInt8(ascii: "\n")).map { Array($0) }
        for fields in ProxyTrust.Fields.allCases {
            let trust = ProxyTrust(proxies: [proxy.prefix(8)], fields: fields)
            guard let request = HeadText.request(lines) else { return }
            try checkStranger(request, trust)
            try checkWalk(request, trust)
        }
        try checkAppending(to: lines)
    }

    /// An untrusted peer is the client.
    private static func checkStranger(
        _ request: Request, _ trust: ProxyTrust
    ) throws(BrokenProperty) {
        let found = Client(of: request.coming(from: stranger), trust: trust)
        try check(
            found.address == stranger && !found.isSecure, "a stranger passes for \(found)")
    }

    /// A client within the trusted networks has only trusted hops before it.
    private static func checkWalk(_ request: Request, _ trust: ProxyTrust) throws(BrokenProperty) {
        let found = Client(of: request.coming(from: proxy), trust: trust)
        let hops =
            switch trust.fields {
            case .xForwarded: XForwarded.addresses(request).reversed()
            case .forwarded: Forwarded.hops(of: request).addresses
            case .none: [IPAddress?]()
            }
        guard let address = found.address else { throw BrokenProperty("no address") }
        let others = hops.reversed().prefix { $0.map { trust.trusts($0) } ?? false }
        let next = hops.dropLast(others.count).last ?? nil
        try check(address == next ?? others.last ?? proxy, "\(address) of \(hops)")
        let text = "\(address)"
        try check(IPAddress(parsing: text.utf8) == address, "\(text) is another address")
    }

    /// What a trusted proxy adds counts, whatever its client sent before.
    private static func checkAppending(to lines: [[UInt8]]) throws(BrokenProperty) {
        for scheme in ["http", "https"] {
            let added = [
                "X-Forwarded-For: \(client)", "X-Forwarded-Proto: \(scheme)",
                "Forwarded: for=\(client);proto=\(scheme)",
            ]
            let request = HeadText.request(lines + added.map { Array($0.utf8) })
            guard let request = request?.coming(from: proxy) else { return }
            for fields in [ProxyTrust.Fields.xForwarded, .forwarded] {
                let trust = ProxyTrust(proxies: [proxy.prefix(8)], fields: fields)
                let found = Client(of: request, trust: trust)
                try check(
                    found.address == client && found.isSecure == (scheme == "https"),
                    "\(client) by \(scheme) passes for \(found)")
            }
        }
        // On the same line, where an open quotation may include it: then no client is named.
        for line in lines where line.starts(with: "Forwarded:".utf8) {
            for (element, wanted) in [
                (", for=\(client)", client), (", for=\"[\(client6)]\"", client6),
            ] {
                guard let request = HeadText.request([line + element.utf8]) else { continue }
                let found = Client(
                    of: request.coming(from: proxy),
                    trust: ProxyTrust(proxies: [proxy.prefix(8)], fields: .forwarded))
                try check(
                    found.address == wanted || found.address == proxy,
                    "\(wanted) passes for \(found)")
            }
        }
    }
}

extension Request {
    /// This request from another peer.
    fileprivate func coming(from address: IPAddress) -> Request {
        var request = self
        request.peer = .address(address, port: 4_711)
        return request
    }
}
