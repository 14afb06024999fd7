import CPostgreSQL
import System

extension Connection {
    /// Sends statements in one pipeline and waits for their results: one round trip.
    ///
    /// Outside of a transaction, they are one: after an error nothing of them remains.
    /// - Parameter queries: In order.
    /// - Returns: A result for each.
    /// - Throws: The first error; nothing after it was done. `connectionLost`, `timedOut`.
    func exchange(_ queries: [Query]) throws(PostgreSQLError) -> [ResultSet] {
        guard isUsable else {
            throw PostgreSQLError(kind: .connectionLost, message: "the connection was lost")
        }
        let prefix = takePrefix()
        let all = prefix + queries
        var preparing: [(place: Int, sql: String)] = []
        var sent = 0
        for query in all {
            if let name = newName(for: query.sql) {
                preparing.append((sent, query.sql))
                statements[query.sql] = name
                try require(send(query, preparing: name))
                sent += 1
            }
            try require(send(query))
            sent += 1
        }
        try require(unsafe library.PQpipelineSync(handle))
        try flush()
        return try results(of: sent, preparing: preparing, skipping: prefix.count)
    }

    /// What goes before the next statement.
    private func takePrefix() -> [Query] {
        defer { deferred = [] }
        guard settings.pooling == .transaction, !isInTransaction || !deferred.isEmpty else {
            return deferred
        }
        // After BEGIN, since it is meant for this transaction alone.
        var prefix = deferred
        prefix.insert(sessionSettings(isLocal: true), at: min(1, prefix.count))
        return prefix
    }

    /// A name to prepare a statement under; nil when it is prepared or goes without.
    private func newName(for sql: String) -> String? {
        guard settings.pooling == .session, statements[sql] == nil,
            statements.count < Self.maximumStatements
        else { return nil }
        namesGiven += 1
        return "s\(namesGiven)"
    }

    private func send(_ query: Query, preparing name: String) -> Int32 {
        let types = Parameters(query.values).types
        return unsafe library.PQsendPrepare(
            handle, name, query.sql, Int32(types.count), types)
    }

    private func send(_ query: Query) -> Int32 {
        let parameters = Parameters(query.values)
        return unsafe parameters.withPointers { count, types, addresses, lengths, formats in
            guard let name = statements[query.sql] else {
                return unsafe library.PQsendQueryParams(
                    handle, query.sql, count, types, addresses, lengths, formats, 1)
            }
            return unsafe library.PQsendQueryPrepared(
                handle, name, count, addresses, lengths, formats, 1)
        }
    }

    private func require(_ status: Int32) throws(PostgreSQLError) {
        guard status == 1 else { throw lost() }
    }

    /// Sends what libpq has buffered, reading meanwhile: a server that waits to be read reads nothing.
    private func flush() throws(PostgreSQLError) {
        while true {
            switch unsafe library.PQflush(handle) {
            case 0: return
            case 1:
                try wait(.readableOrWritable)
                try require(unsafe library.PQconsumeInput(handle))
            default: throw lost()
            }
        }
    }

    private func wait(_ event: SocketWait.Event) throws(PostgreSQLError) {
        guard SocketWait.wait(for: socket, event, until: deadline) else { throw timedOut() }
    }

    /// Reads the results of a pipeline to its end, whatever they are.
    ///
    /// - Parameters:
    ///   - count: How many commands were sent.
    ///   - preparing: Which of them prepare a statement.
    ///   - skipped: How many statements before the caller's.
    /// - Returns: The results of the caller's statements.
    /// - Throws: The first error.
    private func results(
        of count: Int, preparing: [(place: Int, sql: String)], skipping skipped: Int
    ) throws(PostgreSQLError) -> [ResultSet] {
        var results: [ResultSet] = []
        var failure: PostgreSQLError?
        var preparations = preparing[...]
        for place in 0..<count {
            let result = try result()
            let isPreparation = preparations.first?.place == place
            let preparation = isPreparation ? preparations.popFirst() : nil
            switch result.status {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
                if !isPreparation { results.append(result) }
            case PGRES_PIPELINE_ABORTED:
                if let preparation { statements[preparation.sql] = nil }
            default:
                if let preparation { statements[preparation.sql] = nil }
                failure = failure ?? result.error
                guard unsafe library.PQstatus(handle) == CONNECTION_OK else {
                    isUsable = false
                    throw failure ?? result.error
                }
            }
        }
        guard let end = try next(), end.status == PGRES_PIPELINE_SYNC else { throw lost() }
        answeredAt = MonotonicClock.now()
        guard let failure else { return Array(results.dropFirst(skipped)) }
        if failure.requiresReconnect { isUsable = false }
        throw failure
    }

    /// The result of one command, and the end of its results.
    private func result() throws(PostgreSQLError) -> ResultSet {
        guard let result = try next() else { throw lost() }
        guard unsafe library.PQstatus(handle) == CONNECTION_OK else { return result }
        // A statement has one result: what follows is the mark of its end.
        while try next() != nil {}
        return result
    }

    private func next() throws(PostgreSQLError) -> ResultSet? {
        while unsafe library.PQisBusy(handle) == 1 {
            try wait(.readable)
            try require(unsafe library.PQconsumeInput(handle))
        }
        return unsafe library.PQgetResult(handle).map {
            unsafe ResultSet(owning: $0, of: library)
        }
    }
}
