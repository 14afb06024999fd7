import System

/// The schema that a database has.
struct PresentSchema: Equatable {
    /// The number of its last step; 0 for a database without tables.
    let version: Int
    /// The version of the oldest program that works on it.
    let oldestProgram: Int
}

extension Schema {
    /// The advisory lock of those who migrate: `luna` in ASCII.
    private static let lock: Int64 = 0x6C75_6E61
    /// How long a step may take, tables of any size included.
    private static let limit = Duration.seconds(3_600)

    /// Brings a database to this schema, or refuses it.
    ///
    /// Of several daemons that start at once one migrates, under an advisory lock that its transaction has,
    /// and so its connection also through a proxy that pools transactions; the others wait for it and find
    /// nothing left to do. A schema that is newer is used where it says that this program may.
    /// - Parameters:
    ///   - connection: Without a transaction; its deadline is moved.
    ///   - migrates: Whether an older schema is migrated; an empty database always is.
    /// - Throws: What keeps the database from being used.
    func prepare(_ connection: Connection, migrating migrates: Bool) throws(SchemaError) {
        let present = try check(connection)
        guard present.version < version else { return }
        guard migrates || present.version == 0 else {
            throw .pending(from: present.version, to: version)
        }
        try migrate(connection)
    }

    /// Runs the steps that a database lacks, each in its transaction.
    ///
    /// - Throws: As `check`. The steps before the one that failed remain.
    func migrate(_ connection: Connection) throws(SchemaError) {
        for migration in migrations {
            connection.deadline = MonotonicClock.now() &+ Self.limit.nanoseconds
            connection.begin(.readCommitted)
            do throws(SchemaError) {
                try run(migration, on: connection)
                try Self.reporting { () throws(PostgreSQLError) in try connection.commit() }
            } catch {
                connection.rollBack()
                throw error
            }
        }
    }

    /// The numbers of the steps that a database lacks.
    ///
    /// - Throws: As `check`.
    func pending(in connection: Connection) throws(SchemaError) -> [Int] {
        let present = try check(connection)
        return migrations.map(\.version).filter { $0 > present.version }
    }

    /// Refuses a database that this program must not use.
    ///
    /// - Returns: Its schema, which may lack steps.
    /// - Throws: `newer`, `foreign`, `database`.
    func check(_ connection: Connection) throws(SchemaError) -> PresentSchema {
        let present = try Self.reporting { () throws(PostgreSQLError) in
            try Self.present(on: connection)
        }
        guard let present else { throw .foreign }
        guard present.oldestProgram <= version else {
            throw .newer(
                found: present.version, needs: present.oldestProgram, known: version)
        }
        return present
    }

    private func run(_ migration: Migration, on connection: Connection) throws(SchemaError) {
        try Self.reporting { () throws(PostgreSQLError) in
            // An index of a large table takes longer than any other statement may.
            try connection.execute("SET LOCAL statement_timeout = 0")
            try connection.execute("SELECT pg_advisory_xact_lock($1)", .integer(Self.lock))
        }
        // Read under the lock: another daemon may have run the step meanwhile.
        guard try check(connection).version < migration.version else { return }
        try Self.reporting { () throws(PostgreSQLError) in
            // What a step alters is waited for, and everything else waits behind it: not for long.
            try connection.execute("SET LOCAL lock_timeout = 5000")
            if migration.version == 1 { try connection.execute(Self.versionTable) }
            for statement in migration.statements { try connection.execute(statement) }
            try connection.execute(
                """
                INSERT INTO schema_version (key, version, oldest_program) VALUES (1, $1, $2)
                ON CONFLICT (key) DO UPDATE
                    SET version = excluded.version, oldest_program = excluded.oldest_program
                """, .integer(Int64(migration.version)), .integer(Int64(migration.oldestProgram)))
        }
    }

    private static let versionTable = """
        CREATE TABLE schema_version (
            key bigint PRIMARY KEY CHECK (key = 1),
            version bigint NOT NULL,
            oldest_program bigint NOT NULL
        )
        """

    /// The schema that a database has; nil where its tables are of something else.
    private static func present(
        on connection: Connection
    ) throws(PostgreSQLError) -> PresentSchema? {
        let tables = try connection.rows(
            """
            SELECT CAST(table_name AS text) FROM information_schema.tables
            WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
            """
        ) { (row) throws(PostgreSQLError) in try row.text(0) }
        guard tables.contains("schema_version") else {
            return tables.isEmpty ? PresentSchema(version: 0, oldestProgram: 0) : nil
        }
        return try connection.first(
            "SELECT version, oldest_program FROM schema_version WHERE key = 1"
        ) {
            (row) throws(PostgreSQLError) in
            PresentSchema(
                version: Int(try row.integer(0)), oldestProgram: Int(try row.integer(1)))
        }
    }

    /// Runs statements, with their faults as `database`.
    static func reporting<Value>(
        _ body: () throws(PostgreSQLError) -> Value
    ) throws(SchemaError) -> Value {
        do {
            return try body()
        } catch {
            throw .database(error)
        }
    }
}
