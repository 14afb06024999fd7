import Crypto
import TestSupport
import Testing

@testable import Auth
@testable import SQLiteStore

/// What a verification says of a record that was changed with SQL.
struct TamperedRecordTests {
    private let fixture: Fixture
    private let store: any ServerStore

    /// Four events that are linked, and one that is not.
    init() throws {
        fixture = try Fixture()
        store = fixture.store()
        try store.write { transaction throws(AuthError) in
            for _ in 0..<5 { try transaction.record(.sessionCreated, of: nil) }
            var linker = try Linker(in: transaction)
            try linker.link(limit: 4)
        }
    }

    private func found() throws -> ChainBreak? {
        let macs = try store.cause.recorder?.macVerifier(in: store)
        let verdict = try store.verifyChain(with: ChainVerifier(.whole, macs: macs))
        guard case .broken(let found) = verdict else { return nil }
        return found
    }

    @Test(
        arguments: [
            ("UPDATE events SET kind = 'x' WHERE number = 3", .unreadable, 3),
            ("UPDATE events SET kind = 'x' WHERE number = 1", .unreadable, 1),
            ("UPDATE events SET kind = 'x' WHERE number IS NULL", .unreadable, nil),
            ("UPDATE events SET time = time + 1 WHERE number = 2", .changed, 2),
            ("UPDATE events SET time = time + 1 WHERE number IS NULL", .badMAC, nil),
            ("UPDATE events SET details = NULL WHERE number = 2", .erased, 2),
            ("UPDATE events SET client = NULL WHERE number IS NULL", .erased, nil),
            (
                "UPDATE events SET number = -9223372036854775808, link = zeroblob(32), listed = 1 "
                    + "WHERE number IS NULL", .inserted, 1
            ),
            (
                "UPDATE events SET number = 5, link = zeroblob(32), listed = 1 "
                    + "WHERE number IS NULL", .changed, 5
            ),
            ("DELETE FROM events WHERE number = 2", .removed, 2),
            ("DELETE FROM events WHERE number > 2", .cutOff, 3),
            ("DELETE FROM audit_chain", .badHead, 4),
            ("UPDATE audit_chain SET checkpoint = NULL", .badHead, 4),
            ("UPDATE audit_chain SET number = 3", .badHead, 3),
            ("DELETE FROM audit_checkpoints", .missingCheckpoint, 1),
            ("UPDATE audit_checkpoints SET signature = zeroblob(64)", .unsignedCheckpoint, 1),
            ("DELETE FROM audit_keys", .badMAC, 1),
        ] as [(String, ChainProblem, Int64?)])
    func `what is changed is found, and its place named`(
        statement: String, problem: ChainProblem, number: Int64?
    ) throws {
        #expect(try found() == nil)
        try fixture.otherProcess().execute(statement)
        let found = try #require(try found())
        #expect(found.problem == problem && found.number == number, "\(found)")
    }
}
