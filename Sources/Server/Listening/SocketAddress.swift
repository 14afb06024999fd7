import Glibc
import HTTP

extension IPAddress {
    /// Converts the kernel's form of an address; an IPv4-mapped address becomes an IPv4 address.
    init(_ address: in6_addr) {
        let (high, low) = unsafe withUnsafeBytes(of: address) { bytes in
            unsafe (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        if high == 0, low >> 32 == 0xFFFF {
            self = .v4(UInt32(truncatingIfNeeded: low))
        } else {
            self = .v6(high: high, low: low)
        }
    }
}

extension in6_addr {
    /// Converts an address to the kernel's form.
    init(high: UInt64, low: UInt64) {
        self.init()
        unsafe withUnsafeMutableBytes(of: &self) { bytes in
            unsafe bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
            unsafe bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
    }
}

/// A socket address in the kernel's form.
struct SocketAddress {
    /// The bytes, large enough for every family.
    var storage = sockaddr_storage()
    /// The number of bytes in use.
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// Creates space for an address that the kernel fills in.
    init() {}

    /// Creates the address of a TCP port.
    init(_ address: IPAddress, port: UInt16) {
        switch address {
        case .v4(let bits):
            var value = sockaddr_in()
            value.sin_family = sa_family_t(AF_INET)
            value.sin_port = port.bigEndian
            value.sin_addr.s_addr = bits.bigEndian
            set(value)
        case .v6(let high, let low):
            var value = sockaddr_in6()
            value.sin6_family = sa_family_t(AF_INET6)
            value.sin6_port = port.bigEndian
            value.sin6_addr = in6_addr(high: high, low: low)
            set(value)
        }
    }

    /// Creates the address of a Unix-domain socket; nil when the path is too long or contains a NUL.
    init?(path: String) {
        let bytes = Array(path.utf8)
        guard bytes.count <= ListenAddress.longestPath, !bytes.contains(0) else { return nil }
        var value = sockaddr_un()
        value.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &value.sun_path) { unsafe $0.copyBytes(from: bytes) }
        set(value)
    }

    /// The peer of a TCP connection with this address; nil for another family.
    var peer: Peer? {
        switch Int32(storage.ss_family) {
        case AF_INET:
            let value = get(sockaddr_in.self)
            let address = IPAddress.v4(UInt32(bigEndian: value.sin_addr.s_addr))
            return .address(address, port: UInt16(bigEndian: value.sin_port))
        case AF_INET6:
            let value = get(sockaddr_in6.self)
            return .address(IPAddress(value.sin6_addr), port: UInt16(bigEndian: value.sin6_port))
        default: return nil
        }
    }

    /// The path of a Unix-domain socket; empty for another family or an unnamed one.
    var path: String {
        guard Int32(storage.ss_family) == AF_UNIX else { return "" }
        let value = get(sockaddr_un.self)
        let bytes = unsafe withUnsafeBytes(of: value.sun_path) {
            unsafe Array($0.prefix { $0 != 0 })
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Passes the address to a call that reads it.
    func withPointer<Result>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        unsafe withUnsafeBytes(of: storage) { bytes in
            unsafe body(
                bytes.assumingMemoryBound(to: sockaddr.self).baseAddress.unsafelyUnwrapped, length)
        }
    }

    /// Passes the address to a call that fills it in.
    mutating func withMutablePointer<Result>(
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Result
    ) -> Result {
        unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe withUnsafeMutablePointer(to: &length) { unsafe body(address, $0) }
            }
        }
    }

    private mutating func set<Value>(_ value: Value) {
        unsafe withUnsafeMutableBytes(of: &storage) { storage in
            unsafe withUnsafeBytes(of: value) { unsafe storage.copyMemory(from: $0) }
        }
        length = socklen_t(MemoryLayout<Value>.size)
    }

    private func get<Value>(_ type: Value.Type) -> Value {
        unsafe withUnsafePointer(to: storage) { pointer in
            unsafe pointer.withMemoryRebound(to: type, capacity: 1) { unsafe $0.pointee }
        }
    }
}
