public import Auth
public import StoreSupport

/// What a database says about the server that uses it.
public struct PostgreSQLInspection: Sendable, Equatable {
    /// Whether setup is done.
    public let hasOwner: Bool
    /// What setup and later changes stored; nil where nothing is.
    public let record: [UInt8]?
    /// The settings; those of a new server where there are no tables yet.
    public let settings: Settings
    /// The key under which second factors and passkeys are sealed, wrapped; nil where there are none.
    public let dataKey: [UInt8]?
    /// The secret keys that daemons share, by their numbers.
    public let secretKeys: [SealedSecretKey]
    /// The numbers of the migrations that the database lacks, ascending.
    public let pendingMigrations: [Int]
    /// The version of the server, as 150_020 for 15.20.
    public let serverVersion: Int
    /// Whether a commit waits until a replica has it on its disk.
    public let waitsForReplica: Bool
}

extension PostgreSQLStorage {
    /// Reads what a database says about its server; writes nothing.
    ///
    /// - Parameter configuration: Where it is.
    /// - Returns: What it says, also where it has no tables yet.
    /// - Throws: What makes the database unusable.
    public static func inspect(
        _ configuration: PostgreSQLConfiguration
    ) throws(PostgreSQLStorageError) -> PostgreSQLInspection {
        try withConnection(for: configuration) { (database) throws(SchemaError) in
            let present = try Schema.current.check(database)
            let pending = try Schema.current.pending(in: database)
            let version = database.serverVersion
            let waitsForReplica = try Schema.reporting { () throws(PostgreSQLError) in
                try database.waitsForReplica()
            }
            guard present.version > 0 else {
                return PostgreSQLInspection(
                    hasOwner: false, record: nil, settings: Settings(), dataKey: nil,
                    secretKeys: [],
                    pendingMigrations: pending, serverVersion: version,
                    waitsForReplica: waitsForReplica)
            }
            do throws(PostgreSQLError) {
                return PostgreSQLInspection(
                    hasOwner: try database.hasOwner(),
                    record: try RecordRow.read(from: database),
                    settings: try Settings(in: database), dataKey: try database.dataKeyInUse(),
                    secretKeys: try SecretKeyRows.all(in: database),
                    pendingMigrations: pending, serverVersion: version,
                    waitsForReplica: waitsForReplica)
            } catch {
                throw .database(error)
            }
        }
    }

    /// Counts the accounts, one by one.
    ///
    /// - Parameter configuration: Where the database is; it has the schema of this program.
    /// - Returns: How many there are, and whether passwords of other systems are among theirs.
    /// - Throws: What makes the database unusable.
    public static func accounts(
        _ configuration: PostgreSQLConfiguration
    ) throws(PostgreSQLStorageError) -> (count: Int, haveForeignPasswords: Bool) {
        try withConnection(for: configuration) { (database) throws(SchemaError) in
            do throws(PostgreSQLError) {
                let count = try database.integer("SELECT count(*) FROM accounts")
                return (Int(count), try !database.foreignDecoys().isEmpty)
            } catch {
                throw .database(error)
            }
        }
    }
}

extension Connection {
    /// Whether a commit waits until a replica has it on its disk.
    ///
    /// - Throws: Any fault.
    func waitsForReplica() throws(PostgreSQLError) -> Bool {
        try exists(
            """
            SELECT 1 WHERE current_setting('synchronous_standby_names') <> ''
                AND current_setting('synchronous_commit') IN ('on', 'remote_apply')
            """)
    }
}
