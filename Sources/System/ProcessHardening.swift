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
}
