import Auth
import Testing

@testable import PostgreSQLStore

struct PostgreSQLErrorTests {
    private func refused(_ code: String) -> PostgreSQLError {
        PostgreSQLError(kind: .refused(SQLState(code)), message: "")
    }

    @Test(arguments: [
        ("40001", true, false), ("40P01", true, false), ("40002", false, false),
        ("23505", false, false), ("57014", false, false), ("53100", false, false),
        ("25006", true, true), ("26000", true, true), ("0A000", true, true),
        ("XX000", false, true), ("58030", false, true),
    ])
    func `a code decides about another try and another connection`(
        code: String, isWorthRetry: Bool, requiresReconnect: Bool
    ) {
        #expect(refused(code).isWorthRetry == isWorthRetry)
        #expect(refused(code).requiresReconnect == requiresReconnect)
    }

    @Test func `a lost connection is worth another, a deadline is not`() {
        let lost = PostgreSQLError(kind: .connectionLost, message: "")
        #expect(lost.isWorthRetry && lost.requiresReconnect)
        let late = PostgreSQLError(kind: .timedOut, message: "")
        #expect(!late.isWorthRetry && late.requiresReconnect)
    }

    @Test(arguments: [
        (PostgreSQLError.Kind.unreachable, Reason.databaseUnreachable),
        (.connectionLost, .databaseUnreachable), (.timedOut, .databaseTimedOut),
        (.poolExhausted, .connectionsBusy), (.closed, .closing), (.unreadable, .databaseCorrupt),
        (.outcomeUnknown, .writeOutcomeUnknown), (.libraryMissing, .databaseFault),
        (.refused(.serializationFailure), .databaseContention),
        (.refused(.deadlock), .databaseContention), (.refused(.cancelled), .databaseTimedOut),
        (.refused(.lockNotAvailable), .databaseLocked), (.refused(.diskFull), .diskFull),
        (.refused(.ioError), .diskFault), (.refused(.readOnly), .readOnly),
        (.refused(.dataCorrupted), .databaseCorrupt),
        (.refused(.indexCorrupted), .databaseCorrupt),
        (.refused(SQLState("42P01")), .databaseFault),
    ])
    func `a fault has a reason for the operator`(kind: PostgreSQLError.Kind, reason: Reason) {
        #expect(PostgreSQLError(kind: kind, message: "").unavailable.reason == reason)
    }

    @Test func `a code is shown with the constraint`() {
        let error = PostgreSQLError(
            kind: .refused(.uniqueViolation), message: "duplicate key", constraint: "accounts_email"
        )
        #expect(error.description == "SQLSTATE 23505: duplicate key (accounts_email)")
    }
}
