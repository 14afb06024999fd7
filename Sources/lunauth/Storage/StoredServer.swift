import Auth
import PostgreSQLStore
import SQLiteStore
import StoreSupport

/// What the database says about its server, read without changing anything.
struct StoredServer {
    /// The settings; nil where none is set up.
    var settings: Settings?
    /// The key under which second factors and passkeys are sealed, wrapped; nil where there are none.
    var dataKey: [UInt8]?
    /// The secret keys that daemons share.
    var secretKeys: [SealedSecretKey] = []
    /// What is known of the database, a line each.
    var facts: [String] = []
    /// What the operator should look into, although a start would work.
    var warnings: [String] = []
}

extension StoredServer {
    /// Asks the database of a server.
    ///
    /// - Throws: `PostgreSQLStorageError`; a file that cannot be read says nothing.
    init(of loaded: LoadedConfiguration) throws {
        switch loaded.database {
        case .sqlite(let configuration): self.init(configuration)
        case .postgreSQL(let configuration): try self.init(configuration)
        }
    }

    private init(_ configuration: StorageConfiguration) {
        let found = SetUpDatabase.all(
            in: configuration.dataDirectory, named: [configuration.databaseName]
        ).first
        self.init(settings: found?.settings, dataKey: found?.dataKey)
    }

    private init(_ configuration: PostgreSQLConfiguration) throws(PostgreSQLStorageError) {
        let found = try PostgreSQLStorage.inspect(configuration)
        self.init(settings: found.hasOwner ? found.settings : nil, dataKey: found.dataKey)
        secretKeys = found.secretKeys
        let version = "\(found.serverVersion / 10_000).\(found.serverVersion % 10_000)"
        facts = ["the database is reached: PostgreSQL \(version)"]
        if !found.pendingMigrations.isEmpty {
            facts.append("it lacks \(found.pendingMigrations.count.of("migration"))")
        }
        let servers = configuration.address.hosts.count
        if let warning = Self.warning(servers: servers, waitsForReplica: found.waitsForReplica) {
            warnings.append(warning)
        }
        guard try PostgreSQLStorage.receivesNotifications(configuration) else {
            warnings.append(
                """
                notifications do not arrive: a proxy pools transactions; name an address without it as \
                database.direct, or what other daemons end is refused here up to half a second later
                """)
            return
        }
        facts.append("notifications arrive")
    }

    /// What an operator should know whose servers take over from each other.
    static func warning(servers: Int, waitsForReplica: Bool) -> String? {
        guard servers > 1, !waitsForReplica else { return nil }
        return """
            a commit does not wait for a replica: what was acknowledged last may be lost when another \
            server takes over; set synchronous_standby_names, and synchronous_commit to on
            """
    }
}
