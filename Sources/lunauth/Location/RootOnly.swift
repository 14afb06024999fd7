import Glibc
import System

/// Whether root alone decides what is at a path: what another user can write must not steer a
/// command that root runs.
enum RootOnly {
    /// Why a name in a directory does not count for root.
    ///
    /// The directory, those above it and the name itself have to belong to root, and no other user may
    /// write there; `/tmp` is well above a directory of root's, since its sticky bit keeps others from
    /// moving that.
    /// - Parameters:
    ///   - name: A file or directory, no symbolic link.
    ///   - directory: Absolute.
    /// - Returns: Nil when it counts.
    static func objection(to name: String, in directory: String) -> String? {
        guard let resolved = unsafe realpath(directory, nil) else { return reason(errno) }
        defer { unsafe free(resolved) }
        guard let directory = unsafe String(validatingCString: resolved) else {
            return "\(directory) is not UTF-8"
        }
        var above = "/"
        if let objection = objection(to: above, mayBeSticky: directory != "/") { return objection }
        let parts = directory.split(separator: "/")
        for (index, part) in parts.enumerated() {
            above += index == 0 ? part : "/\(part)"
            let isAbove = index < parts.count - 1
            if let objection = objection(to: above, mayBeSticky: isAbove) { return objection }
        }
        return objection(to: "\(directory)/\(name)", mayBeSticky: false)
    }

    private static func objection(to path: String, mayBeSticky: Bool) -> String? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return reason(errno) }
        let (kind, bits) = (status.st_mode & S_IFMT, status.st_mode & 0o7777)
        if kind == S_IFLNK { return "it is a symbolic link" }
        guard status.st_uid == 0 else { return "\(path) belongs to user \(status.st_uid)" }
        let isSticky = mayBeSticky && kind == S_IFDIR && bits & 0o1000 != 0
        guard bits & 0o022 == 0 || isSticky else { return "others can write to \(path)" }
        return nil
    }

    private static func reason(_ code: Int32) -> String {
        SystemError("lstat", code: code).reason
    }
}
