import Auth
import CSQLite
import TestSupport
import Testing

@testable import SQLiteStore

struct ReasonTests {
    @Test(
        arguments: [
            (SQLITE_BUSY, .databaseLocked), (SQLITE_LOCKED, .databaseLocked),
            (SQLITE_BUSY | 2 << 8, .databaseLocked), (SQLITE_FULL, .diskFull),
            (SQLITE_IOERR | 4 << 8, .diskFault), (SQLITE_READONLY | 6 << 8, .readOnly),
            (SQLITE_PERM, .readOnly), (SQLITE_CORRUPT, .databaseCorrupt),
            (SQLITE_NOTADB, .databaseCorrupt), (SQLITE_ERROR, .databaseFault),
            (SQLITE_NOMEM, .databaseFault),
        ] as [(Int32, Reason)])
    func `an SQLite error has a reason that an operator can act on`(
        code: Int32, reason: Reason
    ) {
        #expect(SQLiteError(code: code, message: "").unavailable.reason == reason)
    }

    @Test func `a database that setup has left is not a disk error`() {
        #expect(SQLiteError.left.unavailable.reason == .databaseMoved)
    }
}
