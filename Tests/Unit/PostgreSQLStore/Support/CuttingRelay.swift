import Glibc
import Synchronization
import System
import TestSupport

/// A socket before that of a server, which is cut at a COMMIT, once.
///
/// Commands are recognised by their text, which a client sends with the first of its kind on a connection.
final class CuttingRelay: Sendable {
    /// How far the COMMIT gets.
    enum Cut: Sendable {
        /// The server never sees it.
        case before
        /// The server does it, and its answer is lost.
        case after
    }

    private static let name = ".s.PGSQL.5432"

    /// The directory of the socket.
    let directory: TemporaryDirectory
    private let relay: Relay

    /// Relays to a server.
    ///
    /// - Throws: `SystemError` when the socket cannot be made.
    init(to server: PostgreSQLServer, cutting cut: Cut) throws {
        directory = try TemporaryDirectory()
        let path = "\(directory.path)/\(Self.name)"
        let listener = try UnixSocket.open(path) { bind($0, $1, $2) }
        listen(listener, 16)
        let relay = Relay(
            listener: listener, server: "\(server.directory)/\(Self.name)", cut: cut)
        self.relay = relay
        try Thread { relay.acceptAll() }.detach()
    }

    deinit {
        shutdown(relay.listener, Int32(SHUT_RDWR))
    }

    /// Whether it has cut.
    var hasCut: Bool { relay.cut.withLock { $0 == nil } }
}

/// What the threads of a relay share.
private final class Relay: Sendable {
    let listener: Int32
    let server: String
    let cut: Mutex<CuttingRelay.Cut?>

    init(listener: Int32, server: String, cut: CuttingRelay.Cut) {
        self.listener = listener
        self.server = server
        self.cut = Mutex(cut)
    }

    /// Serves clients until the listener is shut down.
    func acceptAll() {
        defer { close(listener) }
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            guard let serving = try? Thread({ self.serve(client) }) else { return }
            serving.detach()
        }
    }

    private func serve(_ client: Int32) {
        defer { close(client) }
        guard let server = try? UnixSocket.open(server, { connect($0, $1, $2) }) else { return }
        defer { close(server) }
        while true {
            SystemCall.waitReadable([client, server], until: nil)
            if SystemCall.waitReadable([server], until: 0) {
                guard pass(from: server, to: client) else { return }
            }
            if SystemCall.waitReadable([client], until: 0) {
                guard let octets = read(client) else { return }
                guard let cut = takeCut(at: octets) else {
                    guard write(octets, to: server) else { return }
                    continue
                }
                guard case .after = cut, write(octets, to: server) else { return }
                // The answer is received here, so that the server has done it for certain.
                _ = read(server)
                return
            }
        }
    }

    private func takeCut(at octets: [UInt8]) -> CuttingRelay.Cut? {
        guard String(decoding: octets, as: UTF8.self).contains("COMMIT") else { return nil }
        return cut.withLock { cut in
            defer { cut = nil }
            return cut
        }
    }

    private func pass(from source: Int32, to target: Int32) -> Bool {
        guard let octets = read(source) else { return false }
        return write(octets, to: target)
    }

    private func read(_ descriptor: Int32) -> [UInt8]? {
        var octets = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &octets, octets.count, 0)
        return count > 0 ? Array(octets.prefix(count)) : nil
    }

    private func write(_ octets: [UInt8], to descriptor: Int32) -> Bool {
        send(descriptor, octets, octets.count, Int32(MSG_NOSIGNAL)) == octets.count
    }
}
