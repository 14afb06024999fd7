// PostgreSQLStore: the store protocols of Auth on PostgreSQL.
//
// Each thread borrows a connection from a bounded pool; a unit of work is a transaction, serialisable but
// for the linker's, that is repeated when it conflicts with another. libpq is loaded when the first
// connection is opened.
// A thread keeps memory up to date with other daemons, and one does what no request waits for.
// Contains no rules of the domain.
// May import: Auth, Bytes, CPostgreSQL, Crypto, ForeignPasswords, Metrics, StoreSupport, System.
// Begin with `PostgreSQLStorage.swift`, what the daemon opens, then `Connection/Connection.swift`,
// `Pool/ConnectionPool.swift`, `Transactions/TransactionRunner.swift`, `Schema/Migration.swift`,
// `Invalidation/ChangeListener.swift` and `Background/Maintenance.swift`.
