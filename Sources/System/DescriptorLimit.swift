import Glibc

/// How many descriptors a process may have.
public enum DescriptorLimit {
    /// The hard limit of a process, as far as a daemon raises its own.
    ///
    /// - Parameter process: The process; nil for this one.
    /// - Returns: Nil where the kernel does not say.
    public static func hard(of process: Int32? = nil) -> UInt64? {
        guard let process else {
            var limit = rlimit()
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
            return unsafe getrlimit(resource, &limit) == 0 ? UInt64(limit.rlim_max) : nil
        }
        guard let contents = try? RegularFile.read("/proc/\(process)/limits", limit: 1 << 16) else {
            return nil
        }
        return hard(in: String(decoding: contents.bytes, as: UTF8.self))
    }

    /// The limit in the content of /proc/PID/limits: `Max open files  1024  524288  files`.
    static func hard(in text: String) -> UInt64? {
        let name = "Max open files"
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else {
            return nil
        }
        let limits = line.dropFirst(name.count).split(separator: " ")
        guard limits.count >= 2 else { return nil }
        return limits[1] == "unlimited" ? .max : UInt64(limits[1])
    }
}
