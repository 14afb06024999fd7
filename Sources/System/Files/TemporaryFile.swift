import Glibc

/// Names of files that are written first and renamed when they are complete.
public enum TemporaryFile {
    private static let suffix = ".tmp"
    private static let digits = 16
    /// Older files were left by a crash: no copy takes that long between two writes.
    private static let staleSeconds = 3_600

    /// A name beside `path` that no other process uses: `<path>.<16 hex digits>.tmp`.
    public static func name(beside path: String) -> String {
        let number = String(UInt64.random(in: 0 ... .max), radix: 16)
        let padding = String(repeating: "0", count: digits - number.utf8.count)
        return "\(path).\(padding)\(number)\(suffix)"
    }

    /// Removes a file that was not completed.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - companions: Suffixes of files beside it that belong to it.
    public static func remove(_ path: String, with companions: [String] = []) {
        for companion in [""] + companions { unsafe unlink(path + companion) }
    }

    /// Removes what crashes left in a directory, as far as that is possible.
    ///
    /// - Parameters:
    ///   - directory: Where; one that is absent has none.
    ///   - companions: Suffixes of files beside a temporary one that belong to it.
    public static func removeStale(in directory: String, with companions: [String] = []) {
        for name in (try? Directory.names(in: directory)) ?? [] {
            let path = "\(directory)/\(name)"
            var status = stat()
            if isTemporary(name, companions), unsafe lstat(path, &status) == 0,
                status.st_mode & S_IFMT == S_IFREG,
                time(nil) - status.st_mtim.tv_sec > staleSeconds
            {
                unsafe unlink(path)
            }
        }
    }

    /// Whether a name is one that `name(beside:)` gave, or that of a companion.
    private static func isTemporary(_ name: String, _ companions: [String]) -> Bool {
        var rest = Substring(name)
        for companion in companions where rest.hasSuffix(companion) {
            rest = rest.dropLast(companion.count)
        }
        guard rest.hasSuffix(suffix) else { return false }
        let random = rest.dropLast(suffix.count).utf8.suffix(digits + 1)
        return random.count == digits + 1 && random.first == UInt8(ascii: ".")
            && random.dropFirst().allSatisfy {
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
                    || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
            }
    }
}
