import Glibc

/// Which file a path leads to: two paths with equal identities name the same file.
public struct FileIdentity: Sendable, Equatable {
    private let device: dev_t
    private let number: ino_t

    /// The file of this path; nil when there is none.
    public init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        device = status.st_dev
        number = status.st_ino
    }
}
