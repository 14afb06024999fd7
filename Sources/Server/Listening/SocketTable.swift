import Glibc
import HTTP
import System

/// The kernel's list of TCP sockets, as `/proc/self/net/tcp` and `tcp6` show it (proc_net_tcp).
struct SocketTable {
    /// A socket with an address.
    struct Socket: Equatable {
        /// Whether it is connected, and neither end has closed its output.
        let isConnected: Bool
        /// Its owner; 0 also for a socket that no process has any more.
        let user: UInt32
    }

    /// More than the table of a machine with a hundred thousand connections.
    private static let maximumBytes = 32 << 20

    private let text: [UInt8]

    /// Creates a table from its text.
    init(_ text: [UInt8]) {
        self.text = text
    }

    /// Reads a table; nil when it cannot be read, or is too large.
    ///
    /// - Parameter path: The table of IPv6 may not exist and is then empty.
    init?(ofFile path: String) {
        let number: Int32
        switch SystemCall.retrying({ Int(unsafe open(path, O_RDONLY | O_CLOEXEC)) }) {
        case .done(let result): number = Int32(truncatingIfNeeded: result)
        case .failed(ENOENT) where path.hasSuffix("6"):
            self.init([])
            return
        case .wouldBlock, .failed: return nil
        }
        let file = FileDescriptor(owning: number)
        var text: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 64 << 10)
        while text.count <= Self.maximumBytes {
            let outcome = SystemCall.retrying {
                unsafe part.withUnsafeMutableBytes {
                    unsafe read(file.number, $0.baseAddress, $0.count)
                }
            }
            guard case .done(let count) = outcome else { return nil }
            guard count > 0 else {
                self.init(text)
                return
            }
            text += part[..<count]
        }
        return nil
    }

    /// The sockets with this local address, except those in TIME_WAIT, which belong to no process.
    func sockets(at address: IPAddress, port: UInt16) -> [Socket] {
        text.split(separator: UInt8(ascii: "\n")).dropFirst().compactMap { line in
            let columns = line.split(separator: UInt8(ascii: " "), maxSplits: 8)
            guard columns.count > Column.user,
                Self.isEndpoint(columns[Column.local], address, port),
                let state = Self.number(columns[Column.state], radix: 16), state != Self.timeWait
            else { return nil }
            // An unreadable owner counts as unknown.
            let user = Self.number(columns[Column.user], radix: 10) ?? .max
            return Socket(isConnected: state == Self.established, user: user)
        }
    }

    private enum Column {
        static let local = 1
        static let state = 3
        static let user = 7
    }

    // From include/net/tcp_states.h.
    private static let established: UInt32 = 1
    private static let timeWait: UInt32 = 6

    /// Whether `0100007F:1F90` is this address and port: each word of the address in the byte order of
    /// the machine, the port as a number.
    private static func isEndpoint(
        _ text: ArraySlice<UInt8>, _ address: IPAddress, _ port: UInt16
    ) -> Bool {
        let parts = text.split(separator: UInt8(ascii: ":"))
        guard parts.count == 2, number(parts[1], radix: 16) == UInt32(port) else { return false }
        let words = stride(from: parts[0].startIndex, to: parts[0].endIndex, by: 8).map { start in
            number(parts[0][start..<min(start + 8, parts[0].endIndex)], radix: 16)
                .map(UInt32.init(bigEndian:)) ?? 0
        }
        switch words.count {
        case 1: return address == .v4(words[0])
        case 4:
            return address
                == IPAddress(
                    high: UInt64(words[0]) << 32 | UInt64(words[1]),
                    low: UInt64(words[2]) << 32 | UInt64(words[3]))
        default: return false
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>, radix: Int) -> UInt32? {
        UInt32(String(decoding: digits, as: UTF8.self), radix: radix)
    }
}
