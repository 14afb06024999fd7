import Crypto
import Testing

@testable import Auth

@Suite struct CheckpointTrailTests {
    @Test func `a missing checkpoint is found`() throws {
        var chain = try ChainSample(2_500)
        chain.checkpoints.removeAll { $0.number == 1_000 }
        #expect(try chain.verdict().found == ChainBreak(.missingCheckpoint, at: 1_000))
        chain = try ChainSample(1_000)
        chain.checkpoints.removeLast()
        #expect(try chain.verdict().found == ChainBreak(.missingCheckpoint, at: 1_000))
        chain = try ChainSample(3)
        chain.checkpoints = []
        #expect(try chain.verdict().found == ChainBreak(.missingCheckpoint, at: 1))
    }

    @Test func `a checkpoint that no number requires is missed, too`() throws {
        var chain = try ChainSample(10)
        try chain.checkpoint(.hour)
        try chain.append(10)
        try chain.checkpoint(.hour)
        try chain.checkpoint(.shutdown)
        #expect(try chain.verdict().summary?.checkpoints == 4)
        for index in 1..<4 {
            var changed = chain
            changed.checkpoints.remove(at: index)
            #expect(
                try changed.verdict().found == ChainBreak(.missingCheckpoint, at: 20), "\(index)")
        }
        // The first of two of one number.
        chain = try ChainSample(1)
        try chain.checkpoint(.shutdown)
        chain.checkpoints.removeFirst()
        #expect(try chain.verdict().found == ChainBreak(.missingCheckpoint, at: 1))
    }

    @Test func `a checkpoint whose signature is not its text's is unsigned`() throws {
        var chain = try ChainSample(1_100)
        let signed = chain.checkpoints[1].checkpoint
        chain.checkpoints[1].checkpoint = SignedCheckpoint(
            text: signed.text, key: signed.key, signature: [UInt8](repeating: 0, count: 64))
        #expect(try chain.verdict().found == ChainBreak(.unsignedCheckpoint, at: 1_000))
    }

    @Test func `a checkpoint of a foreign key is found`() throws {
        var chain = try ChainSample(500)
        chain.signer = try Ed25519.PrivateKey(seed: .random())
        try chain.append(600)
        #expect(try chain.verdict().found == ChainBreak(.wrongKey, at: 1_000))
    }

    @Test func `a forged chain is not trusted for naming a trusted key`() throws {
        var chain = try ChainSample(500)
        let trusted = try Ed25519.PrivateKey(seed: .random())
        try chain.checkpoint(.rotation, successor: trusted)
        #expect(
            try chain.verdict(trusted: [trusted.publicKey]).found
                == ChainBreak(.wrongKey, at: 500))
    }

    @Test func `the key that is in force names the one that follows`() throws {
        var chain = try ChainSample(500)
        let (old, new) = (chain.signer, try Ed25519.PrivateKey(seed: .random()))
        try chain.checkpoint(.rotation, successor: new)
        try chain.append(600)
        let summary = try #require(try chain.verdict().summary)
        #expect(summary.publicKey == new.publicKey)
        for key in [old, new] {
            #expect(try chain.verdict(trusted: [key.publicKey]).summary != nil)
        }
        let other = try Ed25519.PrivateKey(seed: .random()).publicKey
        #expect(try chain.verdict(trusted: [other]).found?.problem == .wrongKey)
        // The former key signs no longer.
        chain.signer = old
        try chain.checkpoint(.hour)
        #expect(try chain.verdict().found?.problem == .wrongKey)
    }

    @Test func `events may be missing where a purge was signed, and nowhere else`() throws {
        var chain = try ChainSample(2_500)
        var purged = chain
        purged.events.removeFirst(1_000)
        purged.checkpoints.removeAll { $0.number < 1_000 }
        #expect(try purged.verdict().found == ChainBreak(.uncoveredGap, at: 1))
        try chain.checkpoint(.purge, first: 1_001)
        // Killed before anything was deleted, and halfway.
        #expect(try chain.verdict().summary?.first == 1)
        chain.events.removeFirst(300)
        chain.checkpoints.removeAll { $0.number < 1_000 }
        #expect(try chain.verdict().summary?.first == 301)
        chain.events.removeFirst(700)
        #expect(try chain.verdict().summary?.first == 1_001)
        #expect(try chain.verdict().summary?.last == chain.head?.link)
        // One more than was signed.
        chain.events.removeFirst()
        #expect(try chain.verdict().found == ChainBreak(.removed, at: 1_001))
    }

    @Test func `a second purge covers what the first one did`() throws {
        var chain = try ChainSample(2_500)
        try chain.checkpoint(.purge, first: 1_001)
        chain.events.removeFirst(1_000)
        chain.checkpoints.removeAll { $0.number < 1_000 }
        try chain.append(600)
        try chain.checkpoint(.purge, first: 2_001)
        #expect(try chain.verdict().summary?.first == 1_001)
        chain.events.removeFirst(1_000)
        chain.checkpoints.removeAll { $0.number < 2_000 }
        #expect(try chain.verdict().summary?.count == 1_100)
        // An anchor that a thief of the database made: later checkpoints know of no purge.
        var forged = try ChainSample(2_500)
        let thief = try Ed25519.PrivateKey(seed: .random())
        forged.events.removeFirst(1_000)
        let genuine = forged.checkpoints.removeLast()
        forged.checkpoints = []
        let link = try #require(Checkpoint(text: genuine.checkpoint.text)).link
        let anchor = Checkpoint(
            origin: forged.origin, link: link, time: Timestamp(milliseconds: 0), reason: .purge,
            first: link.number + 1)
        forged.checkpoints = [(link.number, try SignedCheckpoint(anchor, by: thief)), genuine]
        #expect(try forged.verdict().found?.problem == .wrongKey)
    }

    @Test func `a checkpoint that was kept elsewhere shows a chain that was cut off`() throws {
        var chain = try ChainSample(1_500)
        try chain.checkpoint(.shutdown)
        let kept = chain.checkpoints[2].checkpoint
        try chain.append(10)
        #expect(try chain.verdict(against: kept).summary?.count == 1_510)
        var cut = try chain.cut(to: 1_400)
        #expect(try cut.verdict().summary?.count == 1_400)
        #expect(try cut.verdict(against: kept).found == ChainBreak(.cutOff, at: 1_401))
        // Grown again to the same length.
        try cut.append(200)
        #expect(
            try cut.verdict(against: kept).found == ChainBreak(.contradictsCheckpoint, at: 1_500))
    }

    @Test func `a checkpoint of events that were purged cannot be compared`() throws {
        var chain = try ChainSample(2_500)
        let kept = chain.checkpoints[0].checkpoint
        try chain.checkpoint(.purge, first: 1_001)
        chain.events.removeFirst(1_000)
        chain.checkpoints.removeAll { $0.number < 1_000 }
        #expect(
            try chain.verdict(against: kept).found == ChainBreak(.checkpointTooOld, at: 1))
    }

    @Test func `a part begins with any checkpoint`() throws {
        var chain = try ChainSample(2_500)
        chain.events.removeFirst(1_000)
        #expect(try chain.verdict(.part).found?.problem == .removed)
        chain.checkpoints.removeAll { $0.number < 1_000 }
        #expect(try chain.verdict(.part, hasKeys: false).summary?.first == 1_001)
        chain.checkpoints.removeFirst()
        #expect(try chain.verdict(.part, hasKeys: false).found?.problem == .uncoveredGap)
    }
}

extension ChainSample {
    /// The chain as it was earlier, with the head of that time.
    func cut(to count: Int) throws -> ChainSample {
        var copy = self
        copy.events.removeLast(events.count - count)
        copy.checkpoints.removeAll { $0.number > Int64(count) }
        copy.lastHash = copy.checkpoints.last?.checkpoint.hash
        if let link = copy.events.last?.link { try copy.setHead(link) }
        return copy
    }
}
