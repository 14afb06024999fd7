import Crypto
import TestSupport
import Testing

@testable import Auth

/// What the linker asks of a store besides the chain.
struct LeaseConformanceTests {
    private func lease(_ store: any ServerStore) throws -> LinkerLease? {
        try store.write { transaction throws(AuthError) in try transaction.linkerLease() }
    }

    @Test(arguments: StoreKind.all)
    func `there is one lease, which is replaced and given back`(kind: StoreKind) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        #expect(try lease(other) == nil)
        for seconds in [3, 6, 1] as [Int64] {
            let next = LinkerLease(holder: .random(), until: .start.adding(seconds: seconds))
            let seen = try store.write { transaction throws(AuthError) in
                try transaction.saveLinkerLease(next)
                return try transaction.linkerLease()
            }
            #expect(seen == next)
            #expect(try lease(other) == next)
        }
        for _ in 1...2 {
            try store.write { transaction throws(AuthError) in
                try transaction.saveLinkerLease(nil)
            }
            #expect(try lease(other) == nil)
        }
    }

    @Test(arguments: StoreKind.all)
    func `a transaction that fails leaves the lease as it was`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let first = LinkerLease(holder: .random(), until: .start)
        try store.write { transaction throws(AuthError) in
            try transaction.saveLinkerLease(first)
        }
        for next in [LinkerLease(holder: .random(), until: .start), nil] {
            let failure = failure { () throws(AuthError) in
                try store.write { transaction throws(AuthError) in
                    try transaction.saveLinkerLease(next)
                    throw .notFound
                }
            }
            #expect(failure == .notFound)
            #expect(try lease(store) == first)
        }
    }

    @Test(arguments: StoreKind.all)
    func `of ten processes that take the lease at once one has it`(kind: StoreKind) throws {
        let subject = try kind.open()
        let holders = try inParallel(10) { _ in
            let (store, process) = (subject.store(), UUID.random())
            return try? store.write { transaction throws(AuthError) in
                if let lease = try transaction.linkerLease() { return lease.holder }
                try transaction.saveLinkerLease(
                    LinkerLease(holder: process, until: transaction.now))
                return process
            }
        }
        let holder = try #require(try lease(subject.store())?.holder)
        #expect(holders.allSatisfy { $0 == holder })
    }

    @Test(arguments: StoreKind.all)
    func `history is purged by a time that is no later than the clock`(kind: StoreKind) throws {
        let subject = try kind.open()
        func time() throws -> Timestamp? {
            try subject.store().write { transaction throws(AuthError) in
                try transaction.purgeTime()
            }
        }
        #expect(try time() == .start)
        subject.clock.jump(seconds: 3_600)
        let later = try #require(try time())
        #expect((.start)...(.start.adding(seconds: 3_600)) ~= later)
    }
}
