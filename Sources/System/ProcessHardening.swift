import CLinux
import Glibc

/// Keeps what is in the memory of the process there.
public enum ProcessHardening {
    /// Forbids core files, and other processes of the same user to look (ptrace(2)).
    public static func forbidDumps() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        clinux_set_undumpable()
    }

    /// Overwrites bytes that are not needed any more with zeros.
    ///
    /// Reaches this array's own storage: other copies keep theirs.
    /// - Parameters:
    ///   - bytes: The count stays the same.
    ///   - count: How many of them, from the first; all where there are fewer.
    public static func wipe(_ bytes: inout [UInt8], first count: Int = .max) {
        unsafe bytes.withUnsafeMutableBytes { buffer in
            guard let start = buffer.baseAddress else { return }
            unsafe explicit_bzero(start, min(count, buffer.count))
        }
    }
}
