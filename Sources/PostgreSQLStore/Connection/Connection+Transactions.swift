extension Connection {
    /// What a transaction sees of others.
    enum Isolation: String {
        /// As if no other ran at the same time; conflicts are refused with 40001.
        case serializable = "BEGIN ISOLATION LEVEL SERIALIZABLE"
        /// Each statement sees what was committed before it.
        case readCommitted = "BEGIN ISOLATION LEVEL READ COMMITTED"
        /// All statements see the same moment, and may only read.
        case snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    }

    /// Begins a transaction; it is sent together with its first statement.
    ///
    /// - Parameters:
    ///   - isolation: What it sees of others.
    ///   - queries: Done first, in the same round trip as the statement after them.
    func begin(_ isolation: Isolation, with queries: [Query] = []) {
        deferred = [Query(isolation.rawValue)] + queries
        isInTransaction = true
    }

    /// Ends the transaction with its changes, and returns when they are durable.
    ///
    /// - Parameter queries: Done before, in the same round trip.
    /// - Throws: What the server said: nothing remains then. `connectionLost`, `timedOut` and
    ///   `outcomeUnknown`: then it is unknown whether it happened, or whether it lasts.
    func commit(after queries: [Query] = []) throws(PostgreSQLError) {
        guard !deferred.isEmpty, queries.isEmpty else {
            try sendCommit(after: queries)
            return
        }
        // No statement was sent: there is nothing to commit.
        deferred = []
        isInTransaction = false
    }

    private func sendCommit(after queries: [Query]) throws(PostgreSQLError) {
        let command: String?
        hasWarning = false
        do throws(PostgreSQLError) {
            command = try exchange(queries + [Query("COMMIT")]).last?.command
        } catch {
            // One that failed before COMMIT is still open.
            if !queries.isEmpty { rollBack() }
            isInTransaction = false
            throw error
        }
        isInTransaction = false
        // The server answers COMMIT in a failed transaction with ROLLBACK, and no error.
        guard command == "COMMIT" else {
            throw PostgreSQLError(
                kind: .refused(SQLState("25P02")), message: "a failed transaction was not committed"
            )
        }
        try requireNoWarning()
    }

    /// Refuses to take what was just committed for durable where the server warned.
    ///
    /// The server ends its wait for a synchronous replica at `statement_timeout`, or when an operator cancels
    /// it, and says so in a warning alone: the transaction is lost with this server.
    /// - Throws: `outcomeUnknown`.
    func requireNoWarning() throws(PostgreSQLError) {
        guard hasWarning else { return }
        throw PostgreSQLError(
            kind: .outcomeUnknown,
            message: "the server warned during a commit, which a replica may lack")
    }

    /// Ends the transaction without its changes; does nothing without one.
    ///
    /// A connection that cannot do that is not used again, which ends its transaction.
    func rollBack() {
        defer { isInTransaction = false }
        guard isInTransaction, deferred.isEmpty, isUsable else {
            deferred = []
            return
        }
        do throws(PostgreSQLError) {
            _ = try exchange([Query("ROLLBACK")])
        } catch {
            isUsable = false
        }
    }

    /// Runs `body` in a transaction.
    ///
    /// For what runs alone, as a migration: conflicts are not tried again here.
    /// - Parameters:
    ///   - isolation: What it sees of others.
    ///   - body: Its statements.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, and any fault of the commit.
    func transaction<Value>(
        _ isolation: Isolation, _ body: () throws(PostgreSQLError) -> Value
    ) throws(PostgreSQLError) -> Value {
        begin(isolation)
        do {
            let value = try body()
            try commit()
            return value
        } catch {
            rollBack()
            throw error
        }
    }
}
