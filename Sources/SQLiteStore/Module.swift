// SQLiteStore: the store protocols of Auth on SQLite.
//
// One writer thread commits the waiting writes together and releases their results when they are
// durable; readers have a connection per thread. Contains no rules of the domain.
// May import: Auth, CSQLite, Crypto, ForeignPasswords, StoreSupport, System.
// Begin with `Storage.swift`, what the daemon opens, then `Writer/Writer.swift`,
// `Transactions/SQLiteTransaction.swift` and `Schema/Migration.swift`.
