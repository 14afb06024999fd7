import Testing

@testable import PostgreSQLStore

struct ClaimWatchTests {
    @Test func `claims are taken over after the database was reached for a while`() {
        let watch = ClaimWatch()
        let time = ClaimWatch.time
        #expect(!watch.allowsTakeover(at: 2 * time), "it was never reached")
        watch.note(isReached: true, at: 2 * time)
        watch.note(isReached: true, at: 2 * time + time / 2)
        #expect(!watch.allowsTakeover(at: 3 * time - 1))
        #expect(watch.allowsTakeover(at: 3 * time))
        watch.note(isReached: false, at: 3 * time)
        #expect(!watch.allowsTakeover(at: 9 * time))
        watch.note(isReached: true, at: 9 * time)
        #expect(!watch.allowsTakeover(at: 9 * time))
        #expect(watch.allowsTakeover(at: 10 * time))
    }

    @Test func `a claim outlasts the failures after which it may be taken over`() {
        #expect(MailClaims.interval * 3 <= .milliseconds(MailClaims.time))
    }
}
