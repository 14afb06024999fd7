/// What a database in use says of itself; nothing in it is changed.
public struct DatabaseExamination: Sendable, Equatable {
    /// The schema that it has.
    public let schema: Int
    /// How many accounts it has.
    public let accounts: Int
    /// Whether there is an owner.
    public let hasOwner: Bool
    /// Whether passwords of other systems are in it, whose check may take more memory.
    public let hasForeignPasswords: Bool
    /// The key under which second factors and passkeys are sealed, wrapped; nil where there are none.
    public let dataKey: [UInt8]?

    /// The schema of this program.
    public static var currentSchema: Int { Schema.current.version }

    /// Looks at a database, beside a running server or without one.
    ///
    /// - Parameter path: Its file.
    /// - Throws: What keeps it from being opened; `newerSchema`.
    public init(_ path: String) throws(StorageError) {
        let opening = DatabaseOpener.present(path)
        let database = try opening.connect(for: .inspecting)
        guard try !opening.reporting(BackupMetadata.isSet(in: database)) else {
            throw .isBackup(path: path)
        }
        schema = try opening.reporting(Schema.version(of: database))
        accounts = Int(try opening.reporting(database.integer("SELECT count(*) FROM accounts")))
        hasOwner = try opening.reporting(database.hasOwner())
        let isCurrent = schema == Self.currentSchema
        hasForeignPasswords =
            isCurrent ? try !opening.reporting(database.foreignDecoys()).isEmpty : false
        dataKey =
            schema >= Migration.sixth.version
            ? try opening.reporting(database.dataKeyInUse()) : nil
    }

    /// Looks a database through from end to end, for as long as it takes: structure, indexes and references.
    ///
    /// - Parameter path: Its file.
    /// - Throws: `corrupt`; what keeps it from being opened.
    public static func inspect(_ path: String) throws(StorageError) {
        let opening = DatabaseOpener.present(path)
        let database = try opening.connect(for: .inspecting)
        if case .damaged(let detail) = try opening.reporting(
            database.inspect(as: .current, within: nil))
        {
            throw .corrupt(path: path, detail: detail)
        }
    }
}
