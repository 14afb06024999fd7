public import Auth
import CSQLite
public import System

/// Puts a backup in the place of the database of a server that does not run.
///
/// What was ended must not live again because the backup is older than its end: all sessions end, links,
/// waiting mails, half sign-ins and trust in browsers are gone, invitations are paused. A crash leaves the old database or the new one;
/// the old one stays under another name.
public struct Restore {
    /// What became of it.
    public struct Outcome: Sendable, Equatable {
        /// Sessions that were live in the backup, and ended.
        public var sessions = 0
        /// Invitations that were open in the backup, and are paused.
        public var invites = 0
        /// API keys that are good again, or were revoked when that was asked for.
        public var apiKeys = 0
        /// Browsers that were trusted in the backup, and are no more.
        public var trustedBrowsers = 0
        /// Accounts that have second factors or passkeys after it, as in the backup.
        public var accountsWithFactors = 0
        /// Where the database is now that was in use before; nil when there was none.
        public var replaced: String?
    }

    /// A new `setup.json`.
    public struct SetupFile: Sendable {
        let path: String
        let content: [UInt8]

        /// A file from its parts; what stands there is kept under another name.
        public init(path: String, content: [UInt8]) {
            self.path = path
            self.content = content
        }

        /// Writes it over what stands there.
        ///
        /// - Throws: `io`.
        public func write() throws(FileError) {
            try DurableFile.write(content, to: path)
        }
    }

    private let file: String
    private let path: String
    private let now: Timestamp

    /// A restoration that has not begun.
    ///
    /// - Parameters:
    ///   - file: The backup; it stays as it is.
    ///   - path: The database; the caller holds the `DirectoryLock`.
    ///   - now: The present time.
    public init(of file: String, to path: String, now: Timestamp) {
        self.file = file
        self.path = path
        self.now = now
    }

    /// Does everything.
    ///
    /// - Parameters:
    ///   - revokesAPIKeys: Whether API keys end as sessions do.
    ///   - setup: Written when the database is in its place; nil leaves what is there.
    ///   - cause: Who restores it, for the events of `work`.
    ///   - work: Done in the restored database, last, in the same transaction: factors that no present
    ///     key opens are removed here.
    /// - Returns: What became of it.
    /// - Throws: What is wrong with the backup; `inUse`; `locked` when another process has the database
    ///   open; `io`. Everything is as it was then.
    public func run(
        revokingAPIKeys revokesAPIKeys: Bool, writing setup: SetupFile?,
        for cause: Cause = .server,
        alongside work: (any Transaction) throws(AuthError) -> Void = { _ in }
    ) throws(StorageError) -> Outcome {
        guard !DatabaseFiles.contains(file, database: path) else { throw .inUse(path: file) }
        var outcome = Outcome()
        let copy = try prepare(revokesAPIKeys, for: cause, work, &outcome)
        outcome.replaced = try DatabaseSwap(of: path, at: now).run(with: copy.path, setup)
        return outcome
    }

    /// Does the same in a copy beside the database, from which `move` copies everything into another database.
    ///
    /// - Parameters:
    ///   - revokesAPIKeys: Whether API keys end as sessions do.
    ///   - cause: Who restores it, for the events of `work`.
    ///   - work: As for `run`.
    ///   - move: Reads the copy, which is removed afterwards.
    /// - Returns: What became of it.
    /// - Throws: What is wrong with the backup; `io`; what `move` throws.
    public func run(
        revokingAPIKeys revokesAPIKeys: Bool, for cause: Cause,
        alongside work: (any Transaction) throws(AuthError) -> Void,
        moving move: (SQLiteCopySource) throws -> Void
    ) throws -> Outcome {
        TemporaryFile.removeStale(in: Path.directory(of: path), with: DatabaseFiles.companions)
        var outcome = Outcome()
        let copy = try prepare(revokesAPIKeys, for: cause, work, &outcome)
        try move(SQLiteCopySource(copy.path))
        return outcome
    }

    /// A copy of the backup that a server may use.
    private func prepare(
        _ revokesAPIKeys: Bool, for cause: Cause,
        _ work: (any Transaction) throws(AuthError) -> Void, _ outcome: inout Outcome
    ) throws(StorageError) -> VerifiedCopy {
        let source = try DatabaseOpener.present(file).connect(for: .inspecting)
        let copy = try VerifiedCopy.make(of: source, at: file, for: path)
        var found = Outcome()
        try copy.change { (database) throws(SQLiteError) in
            try Schema.current.migrate(database)
            try database.transaction { () throws(SQLiteError) in
                found = try endWhatLives(in: database, revokesAPIKeys)
                try perform(work, for: cause, in: database)
                found.accountsWithFactors = Int(
                    try database.integer(
                        "SELECT count(DISTINCT account_id) FROM credentials"
                            + " WHERE \(Credential.isFactor)"))
            }
        }
        outcome = found
        // As a start does it.
        let opening = DatabaseOpener.present(copy.path)
        _ = try opening.state(of: opening.connect(for: .inspecting), setup: nil)
        return copy
    }

    private func perform(
        _ work: (any Transaction) throws(AuthError) -> Void, for cause: Cause,
        in database: Database
    ) throws(SQLiteError) {
        let transaction = SQLiteTransaction(on: database, now: now, for: cause)
        do {
            try work(transaction)
        } catch {
            var message = "\(error)"
            if case .unavailable(_, let detail) = error { message = detail }
            throw transaction.fault ?? SQLiteError(code: SQLITE_ABORT, message: message)
        }
        if let fault = transaction.fault { throw fault }
    }

    private func endWhatLives(
        in database: Database, _ revokesAPIKeys: Bool
    ) throws(SQLiteError) -> Outcome {
        try BackupMetadata.remove(from: database)
        try SetupMarker.removeAll(from: database)
        try database.execute("DELETE FROM link_tokens")
        try database.execute("DELETE FROM mails")
        try database.execute("DELETE FROM challenges")
        var outcome = Outcome()
        outcome.trustedBrowsers = Int(
            try database.integer(
                "SELECT count(*) FROM trusted_browsers WHERE expires_at > ?", .time(now)))
        try database.execute("DELETE FROM trusted_browsers")
        outcome.sessions = Int(
            try database.integer(
                "SELECT count(*) FROM sessions WHERE ended_at IS NULL AND expires_at > ?",
                .time(now)))
        try database.execute(
            "UPDATE sessions SET ended_at = min(?, expires_at) WHERE ended_at IS NULL", .time(now))
        try database.execute(
            "UPDATE invites SET paused = 1 WHERE paused = 0 AND uses < max_uses AND expires_at > ?",
            .time(now))
        outcome.invites = database.changedRows
        if revokesAPIKeys {
            try database.execute(
                "UPDATE api_keys SET revoked_at = ? WHERE revoked_at IS NULL", .time(now))
            outcome.apiKeys = database.changedRows
            try database.execute(
                "UPDATE invites SET expires_at = ?1 WHERE key_id IS NOT NULL AND expires_at > ?1",
                .time(now))
        } else {
            outcome.apiKeys = Int(
                try database.integer(
                    """
                    SELECT count(*) FROM api_keys
                    WHERE revoked_at IS NULL AND coalesce(expires_at > ?, 1)
                    """, .time(now)))
        }
        return outcome
    }
}
