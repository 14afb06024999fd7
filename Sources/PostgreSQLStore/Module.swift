// PostgreSQLStore: the store protocols of Auth on PostgreSQL.
//
// Each thread borrows a connection from a bounded pool; a unit of work is a serialisable transaction that
// is repeated when it conflicts with another. libpq is loaded when the first connection is opened.
// Contains no rules of the domain.
// May import: Auth, Bytes, CPostgreSQL, Crypto, Metrics, StoreSupport, System.
// Begin with `Connection/Connection.swift`, then `Pool/ConnectionPool.swift` and
// `Transactions/TransactionRunner.swift`.
