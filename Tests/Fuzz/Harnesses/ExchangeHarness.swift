import HTTP

/// A complete request, from a client on the internet, from a trusted proxy, and on the admin
/// listener.
enum ExchangeHarness {
    private static let proxy = Peer.address(.v4(0x7F00_0001), port: 4_711)
    private static let client = Peer.address(.v4(0xCB00_7109), port: 4_711)

    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        try FuzzedSite.run { (site) throws(BrokenProperty) in
            let entrances: [(Peer, ListenerRole)] = [
                (client, .public), (proxy, .public), (client, .admin),
            ]
            for (peer, listener) in entrances {
                site.begin()
                guard var request = try site.request(site.filled(input)) else { return }
                request.peer = peer
                request.listener = listener
                try site.answer(request)
            }
        }
    }
}

extension FuzzedSite {
    /// Parses the first request; nil when it is refused, which is answered, or incomplete.
    func request(_ wire: [UInt8]) throws(BrokenProperty) -> Request? {
        do throws(MessageError) {
            var parser = HeadParser()
            guard let head = try parser.parse(wire.span) else { return nil }
            var request = head.request
            var decoder = try BodyDecoder(framing: head.framing, limit: 65_536)
            _ = try decoder.decode(wire.span.extracting(head.length...), into: &request.body)
            return decoder.isComplete ? request : nil
        } catch {
            try refuse(error)
            return nil
        }
    }

    /// Parses a head and adds a body.
    func request(_ head: [UInt8], body: [UInt8]) throws(BrokenProperty) -> Request? {
        var request = try request(head)
        request?.body = body
        request?.peer = .address(.v4(0x7F00_0001), port: 4_711)
        return request
    }
}
