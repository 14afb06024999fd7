import Glibc
import Linux
import Storage

/// The directory of databases, key and setup record.
enum DataDirectory {
    /// Makes it, and what leads to it, for this user alone.
    ///
    /// - Throws: `io`.
    static func make(_ path: String) throws(StorageError) {
        var end = path.startIndex
        while end < path.endIndex {
            end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
            let part = String(path[..<end])
            guard unsafe mkdir(part, 0o700) != 0 else { continue }
            let code = errno
            guard code == EEXIST else {
                throw .io(path: part, detail: SystemError("mkdir", code: code).description)
            }
        }
    }
}
