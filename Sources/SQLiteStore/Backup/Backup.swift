public import Auth
import System

/// A database as it was at one time, in one file that any SQLite opens.
///
/// It holds every account with its password hash, so it is to be kept as the database itself; tokens
/// and API keys are in it as hashes, and the secret key is not in it.
public struct Backup: Sendable, Equatable {
    /// When it was made; nil for a database that was copied by other means.
    public let madeAt: Timestamp?
    /// The content of `setup.json` at that time.
    public let setup: [UInt8]?
    /// The schema it has.
    public let schema: Int
    /// How many accounts it holds.
    public let accounts: Int
    /// The key under which second factors and passkeys are sealed, wrapped; nil where there never were
    /// any.
    public let dataKey: [UInt8]?
    /// Whether any account has second factors or passkeys, which are worth nothing without that key.
    public let hasFactors: Bool

    /// Makes one of a database that others may be using.
    ///
    /// - Parameters:
    ///   - path: The database.
    ///   - file: Gets the backup when it is complete and was looked through; nothing stands there
    ///     otherwise.
    ///   - replaces: Whether what stands there is replaced.
    ///   - setup: The content of `setup.json`.
    ///   - now: The present time.
    /// - Returns: What is in it.
    /// - Throws: `exists`, `inUse`; what is wrong with the database.
    public static func make(
        of path: String, to file: String, replacing replaces: Bool, setup: [UInt8]?,
        now: Timestamp
    ) throws(StorageError) -> Backup {
        guard Path.exists(path) else { throw DatabaseOpener.absence(of: path) }
        guard !DatabaseFiles.contains(file, database: path) else {
            throw replaces ? .inUse(path: file) : .exists(path: file)
        }
        try prepare(file, replacing: replaces)
        let mark = BackupMetadata(madeAt: now, setup: setup)
        let source = try DatabaseOpener.present(path).connect(for: .reading)
        let copy = try VerifiedCopy.make(of: source, at: path, for: file) {
            (copy) throws(SQLiteError) in try mark.set(in: copy)
        }
        return try finish(copy, at: file, replacing: replaces)
    }

    /// Looks whether a backup can be made under a name.
    ///
    /// - Throws: `exists`, `io`.
    static func prepare(_ file: String, replacing replaces: Bool) throws(StorageError) {
        guard replaces || !Path.exists(file) else { throw .exists(path: file) }
        let directory = Path.directory(of: file)
        guard Path.exists(directory) else {
            throw .io(path: directory, detail: "there is no such directory: make it first")
        }
        TemporaryFile.removeStale(in: directory, with: DatabaseFiles.companions)
    }

    /// Gives a backup its name.
    ///
    /// - Returns: What is in it.
    /// - Throws: `exists`, `io`.
    static func finish(
        _ copy: borrowing VerifiedCopy, at file: String, replacing replaces: Bool
    ) throws(StorageError) -> Backup {
        if replaces {
            try StorageError.wrapping(DurableFile.move(copy.path, to: file))
        } else if try !StorageError.wrapping(DurableFile.place(copy.path, at: file)) {
            throw .exists(path: file)
        }
        return try Backup(file)
    }
}

extension Backup {
    /// Reads what a file says of itself.
    ///
    /// - Parameter file: A backup, or a database that was copied by other means.
    /// - Throws: `foreign`, `newerSchema`, `corrupt`, `io`.
    public init(_ file: String) throws(StorageError) {
        let opening = DatabaseOpener.present(file)
        let database = try opening.connect(for: .inspecting)
        let mark = try opening.reporting(BackupMetadata(in: database))
        madeAt = mark?.madeAt
        setup = mark?.setup
        schema = try opening.reporting(Schema.version(of: database))
        accounts = Int(try opening.reporting(database.integer("SELECT count(*) FROM accounts")))
        guard schema >= Migration.sixth.version else {
            (dataKey, hasFactors) = (nil, false)
            return
        }
        dataKey = try opening.reporting(database.dataKey())
        hasFactors = try opening.reporting(database.hasFactors())
    }
}
