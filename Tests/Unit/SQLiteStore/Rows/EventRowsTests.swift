import Crypto
import TestSupport
import Testing

@testable import Auth
@testable import SQLiteStore

/// How the rows of the record are found.
struct EventRowsTests {
    /// The steps of SQLite's plan that read events or checkpoints.
    private func steps(_ query: String, _ values: [SQLValue] = []) throws -> [String] {
        try Fixture().otherProcess().rows("EXPLAIN QUERY PLAN \(query)", with: values) {
            (row) throws(SQLiteError) in try row.text(3)
        }
    }

    /// Whether a step reads events that are not listed, or finds where they begin.
    private static func findsUnlisted(_ step: String) -> Bool {
        step.contains("events USING INTEGER PRIMARY KEY (rowid>?")
            || step.contains("events USING COVERING INDEX event_numbers (number<?)")
    }

    @Test(
        arguments: [
            (false, false, false, ["SCAN events USING INDEX event_times"]),
            (false, false, true, ["events USING INDEX event_times (time>? AND time<?)"]),
            (true, false, false, ["events USING INDEX event_kinds (kind=?"]),
            (true, false, true, ["events USING INDEX event_kinds (kind=? AND time>? AND time<?)"]),
            (
                false, true, false,
                [
                    "events USING INDEX event_subjects (subject=?",
                    "events USING INDEX event_actors (actor_account=?",
                ]
            ),
            (
                true, true, true,
                [
                    "events USING INDEX event_subjects (subject=? AND time>? AND time<?)",
                    "events USING INDEX event_actors (actor_account=? AND time>? AND time<?)",
                ]
            ),
        ] as [(Bool, Bool, Bool, [String])])
    func `a list reads an index in its order`(
        ofKind: Bool, ofAccount: Bool, ofTime: Bool, plan: [String]
    ) throws {
        var query = EventQuery()
        query.kind = ofKind ? .sessionCreated : nil
        query.account = ofAccount ? .random() : nil
        query.since = ofTime ? .start : nil
        query.until = ofTime ? .start.adding(seconds: 1) : nil
        for before in [nil, UUID.random()] {
            let list = EventListing(query, before: before, limit: 50)
            let steps = try steps(list.sql, list.values)
            let onEvents = steps.filter {
                $0.contains(" events ") && !$0.contains("INDEX event_ids (id=?)")
                    && !Self.findsUnlisted($0)
            }
            #expect(onEvents.count == plan.count, "\(steps)")
            // A first page without times has the whole index before it; any other begins in it.
            for (step, part) in zip(onEvents, plan) {
                let isFirst = before == nil || ofTime
                #expect(step.contains(isFirst ? part : "INDEX"), "\(steps)")
                #expect(isFirst || step.contains("time<?)"), "\(steps)")
            }
            // Those that are not listed, by their keys and behind where they begin.
            #expect(
                steps.count { $0.contains("events USING INTEGER PRIMARY KEY (rowid>?)") } == 1,
                "\(steps)")
            // They are sorted, and merged with at most a page of each index; nothing else is sorted.
            #expect(steps.count { $0.contains("TEMP B-TREE") } == 2, "\(steps)")
        }
    }

    @Test(arguments: [
        (
            "SELECT mac FROM events WHERE number > 1 ORDER BY number LIMIT 2",
            ["INDEX event_numbers (number>?)"]
        ),
        (
            """
            SELECT mac FROM events
            WHERE key > \(UnlistedEvents.lastLinkedKey) AND number IS NULL ORDER BY key LIMIT 2
            """, ["PRIMARY KEY (rowid>?)", "COVERING INDEX event_numbers (number<?)"]
        ),
        (
            """
            SELECT count(*) FROM (
                SELECT 1 FROM events
                WHERE key > \(UnlistedEvents.lastLinkedKey) AND number IS NULL LIMIT 2
            )
            """, ["PRIMARY KEY (rowid>?)", "COVERING INDEX event_numbers (number<?)"]
        ),
        (
            "UPDATE events SET number = 1, link = x'00', listed = 1 WHERE id = x'00'",
            ["INDEX event_ids (id=?)"]
        ),
        (
            "UPDATE events SET details = NULL WHERE listed = 1 AND subject = x'00'",
            ["INDEX event_subjects (subject=?)"]
        ),
        (
            """
            UPDATE events SET client = NULL
            WHERE listed = 1 AND subject = x'00'
                AND (actor_account IS NULL OR actor_account = x'00')
            """, ["INDEX event_subjects (subject=?)"]
        ),
        (
            """
            UPDATE events SET client = NULL
            WHERE listed = 1 AND actor_account = x'00' AND actor_account IS NOT subject
            """, ["INDEX event_actors (actor_account=?)"]
        ),
        (
            "UPDATE events SET details = NULL WHERE \(UnlistedEvents.condition)",
            ["PRIMARY KEY (rowid>?)", "COVERING INDEX event_numbers (number<?)"]
        ),
        (
            """
            DELETE FROM events WHERE key IN (
                SELECT key FROM events WHERE number < 2 ORDER BY number LIMIT 2
            )
            """, ["PRIMARY KEY (rowid=?)", "INDEX event_numbers (number<?)"]
        ),
        (
            "DELETE FROM audit_checkpoints WHERE number < 2",
            ["INDEX audit_checkpoint_numbers (number<?)"]
        ),
        (
            "SELECT text FROM audit_checkpoints WHERE number > 1 ORDER BY number, key LIMIT 2",
            ["INDEX audit_checkpoint_numbers (number>?)"]
        ),
        (
            "SELECT text FROM audit_checkpoints ORDER BY number DESC, key DESC LIMIT 1",
            ["INDEX audit_checkpoint_numbers"]
        ),
    ])
    func `every query searches an index`(query: String, plan: [String]) throws {
        let steps = try steps(query).filter {
            $0.contains(" events ") || $0.contains(" audit_checkpoints ")
        }
        #expect(steps.count == plan.count, "\(steps)")
        for (step, part) in zip(steps, plan) { #expect(step.contains(part), "\(steps)") }
    }

    @Test func `an event that another program changed beyond the schema is a fault`() throws {
        let fixture = try Fixture()
        let store = fixture.store()
        try store.add([.sample()])
        let database = try fixture.otherProcess()
        try database.execute("UPDATE events SET kind = 'unheard.of'")
        #expect(failure { () throws(AuthError) in _ = try store.events() }?.fault != nil)
    }

    @Test func `a linked event with the User-Agent of a browser takes at most 800 bytes`() throws {
        let fixture = try Fixture()
        let store = fixture.store()
        let database = try fixture.otherProcess()
        let agent = String(repeating: "x", count: 111)
        let before = try database.integer("PRAGMA page_count")
        var last: Link?
        // In small groups, as the linker finds them: rows that grow leave space in their pages.
        for _ in 0..<200 {
            let added = try store.add(
                (0..<10).map { _ in
                    let account = UUID.random()
                    return Event(
                        id: .random(), time: .start, kind: .sessionCreated,
                        actor: .account(account), subject: account, object: .random(),
                        client: EventClient(
                            of: Cause(actor: .server, address: "203.0.113.1", agent: agent)),
                        details: EventDetails([
                            EventChange(.methods, to: "password"),
                            EventChange(.expires, to: TestClock.start.rfc3339),
                        ]))
                })
            last = try store.link(added, after: last).last?.link
        }
        let pages = try database.integer("PRAGMA page_count") - before
        let bytes = try pages * database.integer("PRAGMA page_size") / 2_000
        #expect(300...800 ~= bytes)
    }
}
