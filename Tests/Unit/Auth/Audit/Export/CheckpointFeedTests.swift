import Crypto
import TestSupport
import Testing

@testable import Auth

@Suite struct CheckpointFeedTests {
    private let store: MemoryStore

    init() throws { store = try World().store }

    /// Signs a checkpoint of a number, and stores it.
    @discardableResult private func sign(_ number: Int64) throws -> SignedCheckpoint {
        let link = Link(number: number, hash: SHA256.digest(Random.bytes(8)))
        let signed = try SignedCheckpoint(
            Checkpoint(
                origin: .random(), link: link, time: Timestamp(milliseconds: 0), reason: .events,
                first: 1),
            by: Ed25519.PrivateKey(seed: .random()))
        store.change { $0.audit.checkpoints.append((number, signed)) }
        return signed
    }

    @Test func `it begins at the last checkpoint, or with the first one`() throws {
        #expect(try CheckpointFeed(store).next() == nil)
        let empty = try CheckpointFeed(store)
        let first = try sign(1)
        #expect(try empty.next() == first)
        let last = try sign(1_000)
        #expect(try CheckpointFeed(store).next() == last)
        #expect(try empty.next() == first)
    }

    @Test func `each checkpoint is the next one until it is passed, also several of a number`()
        throws
    {
        let first = try sign(7)
        var feed = try CheckpointFeed(store)
        #expect(try [feed.next(), feed.next()] == [first, first])
        feed.pass(first)
        #expect(try feed.next() == nil)
        for number in [7, 7, 8, 12, 12] as [Int64] {
            let signed = try sign(number)
            #expect(try feed.next() == signed)
            feed.pass(signed)
            #expect(try feed.next() == nil)
        }
    }

    @Test func `what was signed before it was asked again is passed in its order`() throws {
        var feed = try CheckpointFeed(store)
        let signed = try [1, 1, 2, 5].map { try sign($0) }
        for checkpoint in signed {
            #expect(try feed.next() == checkpoint)
            feed.pass(checkpoint)
        }
        #expect(try feed.next() == nil)
    }

    @Test func `a damaged checkpoint is a fault, not the end`() throws {
        let damaged = SignedCheckpoint(text: "no checkpoint", key: [], signature: [])
        let first = try sign(1)
        var feed = try CheckpointFeed(store)
        feed.pass(first)
        store.change { $0.audit.checkpoints.append((2, damaged)) }
        #expect(throws: AuthError.self) { try feed.next() }
        #expect(throws: AuthError.self) { try CheckpointFeed(store) }
    }
}
