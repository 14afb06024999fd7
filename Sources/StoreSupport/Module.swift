// StoreSupport: what every store needs above its database.
//
// Contains the caches of sessions and accounts with their invalidation, the record of last use, the
// queue of writes and its statistics, the bytes of a password, and the copy of everything from one database into
// another. A store brings only its connections, rows and SQL.
// May import: Auth, Bytes, Crypto, ForeignPasswords, Metrics, System.
// Begin with `Cache/CachedState.swift`, then `Queue/JobQueue.swift`.
