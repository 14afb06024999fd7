import System

extension Backup {
    /// A file over this size, in bytes, is looked through where it is.
    private static let maximumMemory = 512 << 20

    /// Opens a backup in memory, as a restore would open it, and looks it through from end to end.
    ///
    /// - Parameter file: The backup; it stays as it is.
    /// - Returns: What it says of itself.
    /// - Throws: `corrupt`, and what `init` throws.
    public static func examine(_ file: String) throws(StorageError) -> Backup {
        let opening = DatabaseOpener.present(file)
        let stored = try opening.connect(for: .inspecting)
        let finding: Inspection
        if Path.size(of: file) ?? 0 <= maximumMemory {
            let copy = try opening.reporting(Database(path: ":memory:", for: .copying))
            try opening.reporting(stored.copy(to: copy))
            finding = try opening.reporting(copy.inspect(as: .current, within: nil))
        } else {
            finding = try opening.reporting(stored.inspect(as: .current, within: nil))
        }
        if case .damaged(let detail) = finding { throw .corrupt(path: file, detail: detail) }
        return try Backup(file)
    }
}
