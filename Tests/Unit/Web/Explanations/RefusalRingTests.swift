import Auth
import HTTP
import TestSupport
import Testing

@testable import Web

struct RefusalRingTests {
    private static func refused(_ id: String, _ reason: Reason = .noCredential) -> Refused {
        Refused(
            id: Array(id.utf8), method: .get, route: "/auth/me", status: .unauthorized,
            code: .unauthenticated, client: nil,
            facts: RefusalFacts(time: TestClock.start, reason: reason))
    }

    @Test func `a refusal is found by its id alone`() {
        let ring = RefusalRing(capacity: 3)
        ring.add(Self.refused("a"))
        #expect(ring.refusals(of: Array("a".utf8)) == [Self.refused("a")])
        #expect(ring.refusals(of: Array("b".utf8)).isEmpty)
        #expect(ring.refusals(of: []).isEmpty)
    }

    @Test func `a full ring drops the oldest refusal`() {
        let ring = RefusalRing(capacity: 3)
        for number in 0..<8 { ring.add(Self.refused("\(number)")) }
        for number in 0..<8 {
            let found = ring.refusals(of: Array("\(number)".utf8))
            #expect(found.isEmpty == (number < 5), "\(number)")
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7])
    func `the refusals of one id are listed newest first`(others: Int) {
        let ring = RefusalRing(capacity: 4)
        for number in 0..<others { ring.add(Self.refused("other-\(number)")) }
        ring.add(Self.refused("same", .noCredential))
        ring.add(Self.refused("same", .tokenExpired))
        ring.add(Self.refused("same", .sessionEnded))
        let reasons = ring.refusals(of: Array("same".utf8)).map(\.facts.reason)
        #expect(reasons == [.sessionEnded, .tokenExpired, .noCredential])
        #expect(ring.refusals(of: Array("same".utf8), limit: 2).count == 2)
    }

    @Test func `threads lose no refusal that there is space for`() throws {
        let (threads, each) = (8, 500)
        let ring = RefusalRing(capacity: threads * each)
        _ = try inParallel(threads) { thread in
            for number in 0..<each {
                ring.add(Self.refused("\(thread)-\(number)"))
                _ = ring.refusals(of: Array("\(thread)-0".utf8))
            }
        }
        for thread in 0..<threads {
            for number in stride(from: 0, to: each, by: 50) {
                #expect(ring.refusals(of: Array("\(thread)-\(number)".utf8)).count == 1)
            }
        }
    }
}
