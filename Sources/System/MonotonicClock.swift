import Glibc

/// The clock of deadlines: never set, never turned back (clock_gettime(2), CLOCK_MONOTONIC).
public enum MonotonicClock {
    /// Nanoseconds since an unspecified moment before the process started.
    public static func now() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

extension Duration {
    /// The duration in nanoseconds: 0 for a negative one, at most a hundred years.
    public var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return UInt64(min(seconds, 3_155_760_000)) * 1_000_000_000
            + UInt64(attoseconds / 1_000_000_000)
    }
}

extension UInt64 {
    /// The milliseconds from `now` to this moment, as poll(2) and epoll_wait(2) want them.
    ///
    /// Rounded up, so that a wait never ends just before its moment and spins.
    public func milliseconds(after now: UInt64) -> Int32 {
        guard self > now else { return 0 }
        return Int32(clamping: (self - now) / 1_000_000 + 1)
    }
}
