import Glibc
import System

/// The directory of databases, key and setup record.
enum DataDirectory {
    /// Makes it where it is missing, for this user alone, but not what leads to it: a path of which
    /// more is missing has a typing error in it.
    ///
    /// - Throws: `DataDirectoryError`.
    static func make(_ path: String) throws(DataDirectoryError) {
        guard unsafe mkdir(path, 0o700) != 0 else { return }
        let code = errno
        guard code != EEXIST else { return }
        guard code != ENOENT else { throw .missingParent(path: path) }
        throw .system(path: path, SystemError("mkdir", code: code))
    }

    /// Whether there is something of this name; what cannot be looked at is there.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR)
    }

    /// Lets root act as the owner of the directory from now on, so that whatever is made there belongs
    /// to the server; does nothing where root itself is the owner, or there is no directory yet.
    ///
    /// - Throws: `SystemError`.
    static func actAsOwner(of path: String) throws(SystemError) {
        var status = stat()
        guard ProcessUser.isRoot, unsafe stat(path, &status) == 0, status.st_uid != 0 else {
            return
        }
        // The log names who ran the command, not whom it acts as.
        _ = SystemUser.present
        try ProcessUser.become(user: status.st_uid, group: status.st_gid)
    }
}

/// Why there is no data directory.
enum DataDirectoryError: Error, Equatable, CustomStringConvertible {
    /// The directory that it would be in is missing, too.
    case missingParent(path: String)
    /// The operating system refused.
    case system(path: String, SystemError)

    /// For standard error.
    var description: String {
        switch self {
        case .missingParent(let path):
            "dataDirectory: \(path) cannot be made, since the directory above it is missing, too: make that first, or correct the path"
        case .system(let path, let error): "\(path): \(error)"
        }
    }
}
