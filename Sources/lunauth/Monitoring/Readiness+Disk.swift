import Web
import System

extension Readiness {
    /// Less than this, in bytes, and a database that is written to may soon find the disk full.
    private static let least: UInt64 = 64 << 20

    /// Whether the disk of a directory has space for what will be written.
    init(ofDiskAt path: String) {
        do throws(SystemError) {
            self.init(try DiskSpace(at: path))
        } catch {
            self = .failing("unreadable")
        }
    }

    /// Whether a disk has space: 64 MiB or, where that is less, a hundredth of it.
    init(_ space: DiskSpace) {
        self = space.free >= min(Self.least, space.total / 100) ? .ok : .failing("full")
    }
}
