import Glibc

/// What the control group of a process allows it (cgroups(7), version 2).
public enum ControlGroup {
    private static let root = "/sys/fs/cgroup"

    /// The least memory that the group of a process and those above it may take.
    ///
    /// - Parameter process: The process; nil for this one.
    /// - Returns: Bytes; nil for no limit.
    public static func memoryLimit(of process: Int32? = nil) -> UInt64? {
        let name = process.map { "\($0)" } ?? "self"
        guard let text = content(of: "/proc/\(name)/cgroup"), let path = path(in: text) else {
            return nil
        }
        return directories(of: path).compactMap { directory in
            content(of: "\(root)\(directory)/memory.max").flatMap(limit(in:))
        }.min()
    }

    /// The group of version 2 in the content of /proc/PID/cgroup: `0::/system.slice/lunauth.service`.
    static func path(in text: String) -> String? {
        let line = text.split(separator: "\n").first { $0.hasPrefix("0::/") }
        return line.map { String($0.dropFirst(3)) }
    }

    /// The number in the content of memory.max; nil for `max`.
    static func limit(in text: String) -> UInt64? {
        UInt64(text.split(separator: "\n").first ?? "")
    }

    /// A group and all above it, each as the end of a path; the root is the empty one.
    static func directories(of path: String) -> [String] {
        let names = path.split(separator: "/")
        return (0...names.count).map { count in
            names.prefix(count).map { "/\($0)" }.joined()
        }
    }

    private static func content(of path: String) -> String? {
        guard let contents = try? RegularFile.read(path, limit: 1 << 16) else { return nil }
        return String(decoding: contents.bytes, as: UTF8.self)
    }
}
