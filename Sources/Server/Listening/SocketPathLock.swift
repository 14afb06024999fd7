import Glibc
import System

/// A lock for checking whether a process listens at a path and for listening there instead:
/// flock(2) on `<path>.lock`.
///
/// A socket that is bound but does not listen yet looks like an abandoned one; without the lock a
/// second process that starts would remove it.
enum SocketPathLock {
    private static let attempts = 16

    /// Runs a body that no other process runs for the same path; fails instead of waiting.
    ///
    /// - Parameters:
    ///   - path: The path of the socket.
    ///   - address: The same path, for the error.
    ///   - body: The work.
    /// - Returns: What the body returns.
    /// - Throws: `addressUnavailable` when another process has the lock or the file cannot be created;
    ///   the errors of the body.
    static func withLock<Value: ~Copyable>(
        _ path: String, for address: ListenAddress, _ body: () throws(ServerError) -> Value
    ) throws(ServerError) -> Value {
        let name = path + ".lock"
        let lock = try take(name, address)
        defer {
            // In this order: the file must not be removed once another process may have it.
            unsafe unlink(name)
            flock(lock.number, LOCK_UN)
        }
        return try body()
    }

    private static func take(
        _ name: String, _ address: ListenAddress
    ) throws(ServerError) -> FileDescriptor {
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW
        for _ in 0..<attempts {
            let number = try require(address) { unsafe open(name, flags, 0o600) }
            let file = FileDescriptor(owning: number)
            try require(address) { flock(number, LOCK_EX | LOCK_NB) }
            // The previous owner may have removed the file between the two calls: then it locks nothing.
            if isStill(name, number) { return file }
        }
        throw unavailable(address, EADDRINUSE)
    }

    @discardableResult
    private static func require(
        _ address: ListenAddress, _ call: () -> Int32
    ) throws(ServerError) -> Int32 {
        switch SystemCall.retrying({ Int(call()) }) {
        case .done(let result): return Int32(truncatingIfNeeded: result)
        case .wouldBlock: throw unavailable(address, EADDRINUSE)
        case .failed(let code): throw unavailable(address, code)
        }
    }

    private static func unavailable(_ address: ListenAddress, _ code: Int32) -> ServerError {
        .addressUnavailable(
            address: address.description, reason: SystemError("lock", code: code).reason)
    }

    private static func isStill(_ name: String, _ number: Int32) -> Bool {
        var held = stat()
        var named = stat()
        guard unsafe fstat(number, &held) == 0, unsafe lstat(name, &named) == 0 else {
            return false
        }
        return held.st_dev == named.st_dev && held.st_ino == named.st_ino
    }
}
