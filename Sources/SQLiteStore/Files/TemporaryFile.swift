import Crypto
import Glibc
import System

/// Names of files that are written first and renamed when they are complete.
enum TemporaryFile {
    private static let suffix = ".tmp"
    private static let digits = 16
    /// What SQLite appends to the names of the files that it makes beside a database.
    private static let journals = ["-journal", "-wal", "-shm"]
    /// Whatever is older was left by a crash; no copy takes that long between two writes.
    private static let staleSeconds = 3_600

    /// A name beside `path` that no other process uses: `<path>.<16 hex digits>.tmp`.
    static func name(beside path: String) -> String {
        "\(path).\(Hex.encode(Random.bytes(digits / 2)))\(suffix)"
    }

    /// Removes a database that was not completed, with its journals; or what is left of its name.
    static func remove(_ path: String) {
        for suffix in [""] + journals { unsafe unlink(path + suffix) }
    }

    /// Removes what crashes left in a directory, as far as that is possible.
    static func removeStale(in directory: String) {
        for name in (try? Directory.names(in: directory)) ?? [] {
            let path = "\(directory)/\(name)"
            var status = stat()
            if isTemporary(name), unsafe lstat(path, &status) == 0,
                status.st_mode & S_IFMT == S_IFREG,
                time(nil) - status.st_mtim.tv_sec > staleSeconds
            {
                unsafe unlink(path)
            }
        }
    }

    /// Whether a name is one of ours, or that of the journal of one.
    private static func isTemporary(_ name: String) -> Bool {
        var rest = Substring(name)
        for journal in journals where rest.hasSuffix(journal) {
            rest = rest.dropLast(journal.count)
        }
        guard rest.hasSuffix(suffix) else { return false }
        let random = rest.dropLast(suffix.count).utf8.suffix(digits + 1)
        return random.count == digits + 1 && random.first == UInt8(ascii: ".")
            && Hex.decode(random.dropFirst()) != nil
    }
}
