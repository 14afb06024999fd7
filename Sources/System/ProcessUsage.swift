import Glibc

/// What this process has taken of the machine.
public struct ProcessUsage: Sendable {
    /// Time computed, in user space and in the kernel, in nanoseconds.
    public let cpuNanoseconds: UInt64
    /// Memory it occupies, in bytes.
    public let residentBytes: UInt64
    /// Addresses it has reserved, in bytes.
    public let virtualBytes: UInt64
    /// Descriptors that are open.
    public let descriptors: Int
    /// The most that may be.
    public let maximumDescriptors: UInt64

    /// What it has taken so far.
    ///
    /// - Throws: When the kernel does not tell: /proc is not there, or no descriptor is left.
    public init() throws(SystemError) {
        var usage = rusage()
        let own = __rusage_who_t(RUSAGE_SELF.rawValue)
        try SystemCall.require("getrusage") { unsafe getrusage(own, &usage) }
        cpuNanoseconds = usage.ru_utime.nanoseconds &+ usage.ru_stime.nanoseconds
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        try SystemCall.require("getrlimit") { unsafe getrlimit(resource, &limit) }
        maximumDescriptors = UInt64(limit.rlim_cur)
        let pages = try Self.pages()
        let pageBytes = UInt64(max(0, sysconf(Int32(_SC_PAGESIZE))))
        virtualBytes = pages.virtual &* pageBytes
        residentBytes = pages.resident &* pageBytes
        // `.`, `..` and the one that is open to count them.
        descriptors = max(0, try Directory.names(in: "/proc/self/fd").count - 3)
    }

    /// Sizes in pages (proc_pid_statm(5)).
    private static func pages() throws(SystemError) -> (virtual: UInt64, resident: UInt64) {
        let path = "/proc/self/statm"
        let number = try SystemCall.require("open") { unsafe open(path, O_RDONLY | O_CLOEXEC) }
        let file = FileDescriptor(owning: number)
        var text = [UInt8](repeating: 0, count: 128)
        let outcome = unsafe text.withUnsafeMutableBytes { bytes in
            SystemCall.retrying { unsafe read(file.number, bytes.baseAddress, bytes.count) }
        }
        guard case .done(let count) = outcome else { throw SystemError("read", code: EIO) }
        let sizes = text.prefix(count).split(separator: UInt8(ascii: " ")).prefix(2).compactMap {
            UInt64(String(decoding: $0, as: UTF8.self))
        }
        guard sizes.count == 2 else { throw SystemError("read", code: EINVAL) }
        return (sizes[0], sizes[1])
    }
}

extension timeval {
    /// The time in nanoseconds; it is never negative.
    fileprivate var nanoseconds: UInt64 {
        UInt64(clamping: tv_sec) &* 1_000_000_000 &+ UInt64(clamping: tv_usec) &* 1_000
    }
}
