import Glibc
import HTTP
public import System

/// One request to a server on this machine, for the commands of an operator.
public enum LocalRequest {
    /// The most bytes of a response.
    private static let maximumBytes = 1 << 20

    /// Sends a GET, and reads the response until the server closes.
    ///
    /// - Parameters:
    ///   - path: Of the request target: visible ASCII without spaces.
    ///   - address: Where the server listens; an address that means all of the machine is asked at loopback.
    ///   - seconds: How long each step may take.
    /// - Returns: Status and body; nil where what answers speaks no HTTP.
    /// - Throws: The failure of a system call; `ENOTCONN` for an inherited socket, whose address is unknown.
    public static func get(
        _ path: String, from address: ListenAddress, within seconds: Int = 5
    ) throws(SystemError) -> (status: Int, body: [UInt8])? {
        guard let target = address.target else { throw SystemError("connect", code: ENOTCONN) }
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue
        let family = Int32(target.storage.ss_family)
        let socket = FileDescriptor(
            owning: try SystemCall.require("socket") { Glibc.socket(family, Int32(kind), 0) })
        let number = socket.number
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            var limit = timeval(tv_sec: seconds, tv_usec: 0)
            let size = socklen_t(MemoryLayout<timeval>.size)
            try SystemCall.require("setsockopt") {
                unsafe setsockopt(number, SOL_SOCKET, option, &limit, size)
            }
        }
        let connected = unsafe target.withPointer { pointer, length in
            SystemCall.retrying { Int(unsafe connect(number, pointer, length)) }
        }
        if case .failed(let code) = connected { throw SystemError("connect", code: code) }
        try send(
            Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8),
            to: number)
        return parse(try receive(from: number))
    }

    private static func send(_ bytes: [UInt8], to number: Int32) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let outcome = unsafe rest.withUnsafeBytes { bytes in
                SystemCall.retrying {
                    unsafe Glibc.send(
                        number, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
                }
            }
            rest = rest.dropFirst(try done(outcome, "send"))
        }
    }

    private static func receive(from number: Int32) throws(SystemError) -> [UInt8] {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while received.count < maximumBytes {
            let outcome = unsafe buffer.withUnsafeMutableBytes { bytes in
                SystemCall.retrying { unsafe recv(number, bytes.baseAddress, bytes.count, 0) }
            }
            let count = try done(outcome, "recv")
            guard count > 0 else { break }
            received += buffer.prefix(count)
        }
        return received
    }

    /// What a call returned; a limit of time that has passed is `EAGAIN`.
    private static func done(
        _ outcome: SystemCall.Outcome, _ name: String
    ) throws(SystemError) -> Int {
        switch outcome {
        case .done(let count): return count
        case .wouldBlock: throw SystemError(name, code: ETIMEDOUT)
        case .failed(let code): throw SystemError(name, code: code)
        }
    }

    /// Status and body of a response that ends with its connection.
    static func parse(_ bytes: [UInt8]) -> (status: Int, body: [UInt8])? {
        guard bytes.starts(with: Array("HTTP/1.".utf8)), bytes.count > 12,
            let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)),
            let status = Int(String(decoding: bytes[9..<12], as: UTF8.self))
        else { return nil }
        return (status, Array(bytes[end.upperBound...]))
    }
}

extension ListenAddress {
    /// Where a process of this machine reaches it; nil for an inherited socket.
    fileprivate var target: SocketAddress? {
        switch self {
        case .unix(let path): SocketAddress(path: path)
        case .tcp(.v4(0), let port): SocketAddress(.v4(0x7F00_0001), port: port)
        case .tcp(.v6(high: 0, low: 0), let port): SocketAddress(.v6(high: 0, low: 1), port: port)
        case .tcp(let address, let port): SocketAddress(address, port: port)
        case .inherited: nil
        }
    }
}
