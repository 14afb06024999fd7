import Auth

extension PostgreSQLError {
    /// What the domain is told: a fault on our side, with what happened for the log.
    var unavailable: AuthError {
        switch kind {
        case .poolExhausted: .overloaded(retryAfter: 1, .connectionsBusy)
        default: .unavailable(reason, detail: description)
        }
    }

    /// What an operator can do something about.
    private var reason: Reason {
        switch kind {
        case .libraryMissing: .databaseFault
        case .unreachable, .connectionLost: .databaseUnreachable
        case .poolExhausted: .connectionsBusy
        case .closed: .closing
        case .timedOut: .databaseTimedOut
        case .unreadable: .databaseCorrupt
        case .outcomeUnknown: .writeOutcomeUnknown
        case .refused(let state): Self.reason(of: state)
        }
    }

    private static func reason(of state: SQLState) -> Reason {
        switch state {
        case _ where state.isConflict: .databaseContention
        case .cancelled: .databaseTimedOut
        case .lockNotAvailable: .databaseLocked
        case .diskFull: .diskFull
        case .ioError: .diskFault
        case .readOnly: .readOnly
        case .dataCorrupted, .indexCorrupted: .databaseCorrupt
        default: .databaseFault
        }
    }
}

/// Runs a statement on behalf of the domain.
///
/// - Parameter body: What is run.
/// - Returns: What it returns.
/// - Throws: `unavailable` for every fault of the database.
func reportingFaults<Value>(
    _ body: @autoclosure () throws(PostgreSQLError) -> Value
) throws(AuthError) -> Value {
    do {
        return try body()
    } catch {
        throw error.unavailable
    }
}
