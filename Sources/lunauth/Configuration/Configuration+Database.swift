import PostgreSQLStore

extension Configuration {
    /// Where accounts are stored.
    struct Database: Sendable, Equatable {
        /// Which database; the key is `database`.
        var location = Location.sqlite(name: "lunauth")
        /// How many transactions a session of the server is used for, by a proxy in front of it.
        var pooling = Pooling.session
        /// An address of the same database without a proxy that pools transactions; nil for none.
        var direct: DatabaseAddress?
        /// For how long signed-in users are answered from memory while the database cannot be reached.
        var staleSeconds = 10

        /// Which database.
        enum Location: Sendable, Equatable {
            /// A file, `<dataDirectory>/<name>.db`.
            case sqlite(name: String)
            /// A PostgreSQL database, which several daemons may use.
            case postgreSQL(DatabaseAddress)

            /// Whether it is a file.
            var isFile: Bool {
                if case .sqlite = self { true } else { false }
            }
        }

        /// How many transactions a session is used for.
        enum Pooling: String, Sendable, CaseIterable {
            /// All of a connection: there is no proxy, or it pools sessions.
            case session
            /// One: a proxy pools transactions.
            case transaction
        }

        /// The database as its key has it.
        var locationText: String { ConfigurationFormat<Location>.database.write(location) }

        /// The name of the file; nil for a database that is none.
        var fileName: String? {
            if case .sqlite(let name) = location { name } else { nil }
        }
    }
}
