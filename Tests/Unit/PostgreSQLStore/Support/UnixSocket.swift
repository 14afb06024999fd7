import Glibc
import System

/// Sockets in the file system.
enum UnixSocket {
    /// Opens one and binds or connects it to a path.
    ///
    /// - Throws: What the call failed with.
    static func open(
        _ path: String, _ call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws(SystemError) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let socket = try SystemCall.require("socket") {
            Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        }
        do throws(SystemError) {
            try SystemCall.require("bind or connect") {
                withUnsafePointer(to: &address) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        call(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                    }
                }
            }
        } catch {
            close(socket)
            throw error
        }
        return socket
    }
}
