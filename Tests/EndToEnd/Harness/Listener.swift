import Glibc

/// A listening socket of the test that never accepts connections.
final class Listener {
    /// Its descriptor.
    let descriptor: Int32
    /// Its address.
    let address: Address

    /// Listens on a free port.
    ///
    /// - Throws: When there is none.
    init() throws {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        descriptor = socket(AF_INET, kind, 0)
        let number = descriptor
        var bound = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = Address.ipv4(port: 0).withSocketAddress { address, size in
            bind(number, address, size) == 0 && listen(number, 16) == 0
        }
        let isNamed = withUnsafeMutablePointer(to: &bound) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(number, $0, &length) == 0
            }
        }
        guard isListening, isNamed else { throw HarnessError("no listening socket") }
        address = .ipv4(port: UInt16(bigEndian: bound.sin_port))
    }

    deinit {
        close(descriptor)
    }
}
