import Glibc

/// Why a system call failed.
public struct SystemError: Error, Sendable, Equatable {
    /// The name of the call.
    public let call: String
    /// Its errno.
    public let code: Int32

    /// A failure.
    ///
    /// - Parameters:
    ///   - call: The name of the call.
    ///   - code: errno, read directly after it.
    public init(_ call: String, code: Int32) {
        self.call = call
        self.code = code
    }
}

extension SystemError: CustomStringConvertible {
    /// The kernel's sentence for the errno.
    public var reason: String {
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }

    /// The call and the reason.
    public var description: String { "\(call): \(reason)" }
}

/// Makes system calls: EINTR is retried, EAGAIN is a value, errno is read before anything else runs.
public enum SystemCall {
    /// What became of a call.
    public enum Outcome: Sendable, Equatable {
        /// It returned this.
        case done(Int)
        /// It would have to wait (EAGAIN).
        case wouldBlock
        /// It failed with this errno.
        case failed(Int32)
    }

    /// Makes a call until it is not interrupted by a signal.
    public static func retrying(_ call: () -> Int) -> Outcome {
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
    /// - Parameters:
    ///   - name: Of the call, for the error.
    ///   - call: Returns a negative number when it fails.
    /// - Returns: What the call returned.
    /// - Throws: What the call failed with.
    @discardableResult
    public static func require(_ name: String, _ call: () -> Int32) throws(SystemError) -> Int32 {
        switch retrying({ Int(call()) }) {
        case .done(let result): return Int32(truncatingIfNeeded: result)
        case .wouldBlock: throw SystemError(name, code: EAGAIN)
        case .failed(let code): throw SystemError(name, code: code)
        }
    }

    /// Waits until one of the descriptors is readable.
    ///
    /// - Parameters:
    ///   - descriptors: Their numbers.
    ///   - deadline: When to stop waiting, in nanoseconds of the monotonic clock; nil for never.
    /// - Returns: Whether one is readable; false when the deadline has passed.
    @discardableResult
    public static func waitReadable(_ descriptors: [Int32], until deadline: UInt64?) -> Bool {
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
}
