public import HTTP

extension Request {
    /// Parses a request as received.
    ///
    /// - Parameters:
    ///   - text: The head with `\n` for line ends, an empty line, the body.
    ///   - peer: The peer that sends it.
    ///   - listener: The listener that accepted it.
    /// - Throws: `MessageError` for a malformed head, `IncompleteHead` for an incomplete one.
    public init(
        wire text: String, from peer: Peer = .remote, through listener: ListenerRole = .public
    ) throws {
        let parts = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let headLines = parts.prefix { !$0.isEmpty }
        let head: [UInt8] = (headLines.map { Array($0) } + [[]]).flatMap { $0 + [0x0D, 0x0A] }
        var parser = HeadParser()
        guard var request = try parser.parse(head.span)?.request else { throw IncompleteHead() }
        request.body = Array(parts.dropFirst(headLines.count + 1).joined(separator: [0x0A]))
        request.peer = peer
        request.listener = listener
        self = request
    }
}

extension Peer {
    /// A client on the internet.
    public static let remote = Peer.address(.v4(0xCB00_7109), port: 4_711)
    /// A client on this machine, or the proxy in front of the server.
    public static let loopback = Peer.address(.v4(0x7F00_0001), port: 4_711)
}

/// The text of a request ends within its head.
private struct IncompleteHead: Error {}
