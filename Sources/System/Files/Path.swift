import Glibc

/// What the operating system knows about a path without opening it.
public enum Path {
    /// Whether there is a file of this name, of whatever kind; a symbolic link is not followed.
    public static func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0
    }

    /// The bytes of a file; nil when there is none.
    public static func size(of path: String) -> Int? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_size : nil
    }

    /// When a file was last written, in seconds since 1970; nil when there is none.
    public static func modified(_ path: String) -> Int64? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int64(status.st_mtim.tv_sec) : nil
    }

    /// The directory part of a path.
    public static func directory(of path: String) -> String {
        switch path.utf8.lastIndex(of: UInt8(ascii: "/")) {
        case .none: "."
        case path.startIndex: "/"
        case .some(let slash): String(path[..<slash])
        }
    }
}
