import CLinux
import Glibc

/// The system calls of this room; the only place that reads errno.
///
/// EINTR is retried and EAGAIN is a value. errno is read before anything else can run.
enum Syscall {
    /// What became of a call.
    enum Outcome: Equatable {
        /// It returned this.
        case done(Int)
        /// It would have to wait (EAGAIN).
        case wouldBlock
        /// It failed with this errno.
        case failed(Int32)
    }

    /// Makes a call until it is not interrupted by a signal.
    static func retrying(_ call: () -> Int) -> Outcome {
        while true {
            let result = call()
            if result >= 0 { return .done(result) }
            let code = errno
            switch code {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            default: return .failed(code)
            }
        }
    }

    /// Makes a call that has to succeed.
    ///
    /// - Throws: `system` with the name of the call.
    @discardableResult
    static func require(_ name: String, _ call: () -> Int32) throws(ServerError) -> Int32 {
        switch retrying({ Int(call()) }) {
        case .done(let result): return Int32(truncatingIfNeeded: result)
        case .wouldBlock: throw .system(call: name, errno: EAGAIN)
        case .failed(let code): throw .system(call: name, errno: code)
        }
    }

    /// The kernel's sentence for an errno.
    static func text(of code: Int32) -> String {
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }
}

extension Syscall {
    /// Receives what fits into `buffer`, without waiting; `.done(0)` is the end of the input.
    static func receive(_ socket: borrowing FileDescriptor, into buffer: inout [UInt8]) -> Outcome {
        let number = socket.number
        return unsafe buffer.withUnsafeMutableBytes { bytes in
            retrying { unsafe recv(number, bytes.baseAddress, bytes.count, 0) }
        }
    }

    /// Sends the bytes from `start` on, without waiting and without SIGPIPE.
    static func send(
        _ socket: borrowing FileDescriptor, _ bytes: [UInt8], from start: Int = 0
    ) -> Outcome {
        let number = socket.number
        return unsafe bytes.withUnsafeBytes { bytes in
            let part = unsafe UnsafeRawBufferPointer(rebasing: bytes.dropFirst(start))
            return retrying {
                unsafe Glibc.send(number, part.baseAddress, part.count, Int32(MSG_NOSIGNAL))
            }
        }
    }

    /// Ends the output of a connection; its input stays open.
    static func endOutput(_ socket: borrowing FileDescriptor) {
        shutdown(socket.number, Int32(SHUT_WR))
    }

    /// Waits until one of the descriptors is readable.
    ///
    /// - Parameters:
    ///   - descriptors: Their numbers.
    ///   - deadline: When to stop waiting, in nanoseconds of the monotonic clock; nil for never.
    /// - Returns: Whether one is readable; false when the deadline has passed.
    @discardableResult
    static func waitReadable(_ descriptors: [Int32], until deadline: UInt64?) -> Bool {
        var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let count = nfds_t(entries.count)
        while true {
            let timeout = deadline?.milliseconds(after: MonotonicClock.now()) ?? -1
            switch retrying({ Int(unsafe poll(&entries, count, timeout)) }) {
            case .done(0), .wouldBlock:
                if let deadline, MonotonicClock.now() >= deadline { return false }
            case .done: return true
            case .failed: return false
            }
        }
    }

    /// Opens a descriptor that can be given up when the process has none left.
    static func openSpare() -> FileDescriptor? {
        let flags = O_RDONLY | O_CLOEXEC
        guard case .done(let number) = retrying({ Int(unsafe open("/dev/null", flags)) }) else {
            return nil
        }
        return FileDescriptor(owning: Int32(truncatingIfNeeded: number))
    }
}
