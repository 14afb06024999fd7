import Auth
import StoreSupport
import TestSupport
import Testing

/// An implementation of the store protocols.
///
/// The conformance tests run against every kind.
struct StoreKind: Sendable, CustomTestStringConvertible {
    let testDescription: String
    private let make: @Sendable (IdleLimit?) throws -> StoreUnderTest

    init(
        _ testDescription: String, _ make: @escaping @Sendable (IdleLimit?) throws -> StoreUnderTest
    ) {
        self.testDescription = testDescription
        self.make = make
    }

    /// Opens an empty store.
    func open(_ idleLimit: IdleLimit? = nil) throws -> StoreUnderTest { try make(idleLimit) }

    /// The kinds that the daemon uses.
    static let databases = sqlite + postgreSQL

    /// All kinds.
    static let all = databases + [memory]

    /// All kinds, and what races of several daemons show.
    static let racing = all + sharedPostgreSQL

    /// The store of the tests of other modules.
    private static let memory = StoreKind("in memory") { idleLimit in
        let clock = TestClock()
        let store = MemoryStore(clock: clock, profile: { Array("profile of \($0.name)".utf8) })
        store.idleLimit = idleLimit
        store.cause = .recorded
        return StoreUnderTest(clock: clock, store: { store })
    }
}

/// An open store.
struct StoreUnderTest: Sendable {
    /// The clock of the store.
    let clock: TestClock
    /// A store for the calling thread.
    let store: @Sendable () -> any ServerStore
}

extension StoreUnderTest {
    /// Whether a condition becomes true of the state that every store has in memory: where several daemons
    /// share a database, soon after the write.
    func becomeTrue(_ condition: (InstanceState) -> Bool) -> Bool {
        becomesTrue { (0..<4).allSatisfy { _ in condition(store().state) } }
    }
}
