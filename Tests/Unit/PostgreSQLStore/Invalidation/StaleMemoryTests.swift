import Auth
import Crypto
import StoreSupport
import TestSupport
import Testing

@testable import PostgreSQLStore

struct StaleMemoryTests {
    private static let all = StaleMemory(
        [.sessions, .state, .notes, .unlocks],
        [
            .session(.id(.random())), .session(.tokenHash(.random())), .account(.random()),
            .apiKey(.random()),
        ])

    @Test func `what is stored is read back`() {
        for stale in [Self.all, StaleMemory([]), StaleMemory(.everything)] {
            #expect(StaleMemory(octets: stale.octets) == stale)
        }
    }

    @Test func `what a later version has stored means everything`() {
        let octets = Self.all.octets
        var others: [[UInt8]] = [[], [1], [2] + octets.dropFirst(), octets + [200], octets + [0]]
        others.append([1, 0x80])
        for octets in others { #expect(StaleMemory(octets: octets) == StaleMemory(.everything)) }
        for count in 2..<octets.count {
            let cut = StaleMemory(octets: Array(octets.prefix(count)))
            #expect(cut == StaleMemory(.everything) || cut.items.count < Self.all.items.count)
        }
    }

    @Test func `too many items mean everything`() {
        let items = (0...StaleMemory.maximumItems).map { _ in StaleMemory.Item.account(.random()) }
        #expect(StaleMemory([], items) == StaleMemory(.everything))
        #expect(StaleMemory([], Array(items.dropLast())).items.count == items.count - 1)
    }

    @Test func `a mail that is due is no one else's concern`() {
        var changes = Changes()
        changes.hasMail = true
        #expect(StaleMemory(changes).isEmpty)
    }

    @Test func `changes become topics and items, and items changes`() throws {
        var changes = Changes()
        changes.sessions = [.id(.random()), .tokenHash(.random())]
        changes.accounts = [.random()]
        changes.apiKeys = [.random()]
        changes.endsAllSessions = true
        #expect(StaleMemory(changes).topics == .sessions)
        let read = StaleMemory(octets: StaleMemory(changes).octets).changes
        #expect(read.sessions == changes.sessions && read.accounts == changes.accounts)
        #expect(read.apiKeys == changes.apiKeys && read.endsAllSessions)
        let email = try Email.sample("ada@example.org")
        let single: [(WritableKeyPath<Changes, Bool>, StaleMemory.Topics)] = [
            (\.hasNotes, .notes), (\.replacesSetup, .state),
        ]
        for (path, topic) in single {
            var changes = Changes()
            changes[keyPath: path] = true
            #expect(StaleMemory(changes).topics == topic)
        }
        changes = Changes()
        changes.unlocked = [email]
        changes.settings = Settings()
        changes.hasOwner = false
        #expect(StaleMemory(changes).topics == [.unlocks, .state])
    }
}
