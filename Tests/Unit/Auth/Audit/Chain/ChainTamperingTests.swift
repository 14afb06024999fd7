import Crypto
import TestSupport
import Testing

@testable import Auth

/// Chains that are tampered with at random: every case is found, and its first place named.
@Suite struct ChainTamperingTests {
    private static let cases = 10_000
    private static let length = 12

    @Test(arguments: Tampering.allCases)
    fileprivate func `whatever is done to a chain is found where it was done`(
        tampering: Tampering
    ) throws {
        var generator = SplitMix64(seed: UInt64(tampering.rawValue) + 1)
        let chain = try ChainSample(Self.length)
        for _ in 0..<(Self.cases / Tampering.allCases.count) {
            var changed = chain
            // What was erased before does not matter.
            let erased = Int.random(in: 0..<Self.length, using: &generator)
            changed.events[erased] = changed.events[erased].erased
            let number = tampering.apply(to: &changed, using: &generator)
            let found = try changed.verdict().found
            #expect(
                found?.number == number, "\(tampering) at \(number): \(String(describing: found))")
            #expect(found.map { tampering.problems.contains($0.problem) } == true)
            guard tampering.isSeenWithoutKeys else { continue }
            #expect(try changed.verdict(hasKeys: false).found?.number == number)
        }
    }
}

/// What is done to a chain.
private enum Tampering: Int, CaseIterable {
    case flip, remove, removeAndRenumber, swap, swapAndRenumber, insert, insertAndRenumber, truncate
    case relink, flipMAC

    /// What it may be called: a chain whose first checkpoint comes before its first event has a gap.
    var problems: [ChainProblem] {
        switch self {
        case .flip: [.changed]
        case .remove, .removeAndRenumber: [.removed, .cutOff, .changed, .uncoveredGap]
        case .swap, .swapAndRenumber: [.reordered, .uncoveredGap]
        case .insert, .insertAndRenumber: [.inserted, .reordered, .changed]
        case .truncate: [.cutOff, .uncoveredGap]
        case .relink, .flipMAC: [.badMAC]
        }
    }

    /// Whether links and signatures alone show it.
    var isSeenWithoutKeys: Bool { self != .relink && self != .flipMAC }

    /// Does it.
    ///
    /// - Returns: The number of the first place.
    func apply(to chain: inout ChainSample, using generator: inout SplitMix64) -> Int64 {
        let count = chain.events.count
        let index = Int.random(in: 0..<count, using: &generator)
        switch self {
        case .flip:
            chain.events[index] = chain.events[index].flipped(using: &generator)
        case .flipMAC:
            var bytes = chain.events[index].mac.bytes
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^=
                1 << UInt8.random(in: 0..<8, using: &generator)
            if let mac = EventMAC(bytes: bytes) {
                chain.events[index] = chain.events[index].with(mac: mac)
            }
        case .remove:
            chain.events.remove(at: index)
        case .removeAndRenumber:
            chain.events.remove(at: index)
            chain.renumber()
        case .swap:
            let (first, second) = Self.two(below: count, using: &generator)
            chain.events.swapAt(first, second)
            return Int64(first) + 1
        case .swapAndRenumber:
            let (first, second) = Self.two(below: count, using: &generator)
            chain.events.swapAt(first, second)
            chain.renumber()
            return Int64(first) + 1
        case .insert, .insertAndRenumber:
            // As another event, with the link of the one whose place it takes.
            let forged = RecordedEvent(
                event: ChainSample.event(count), mac: chain.events[index].mac,
                link: chain.events[index].link)
            chain.events.insert(forged, at: index)
            if self == .insertAndRenumber { chain.renumber() }
        case .truncate:
            chain.events.removeLast(count - index)
        case .relink:
            // By one who computes links and has no keys.
            chain.events[index] = chain.events[index].with(
                time: Timestamp(milliseconds: 1 << 40))
            var last = index == 0 ? nil : chain.events[index - 1].link
            for later in index..<count {
                let link = Link(of: chain.events[later].event.digest, after: last)
                chain.events[later] = chain.events[later].with(link: link)
                last = link
            }
        }
        return Int64(index) + 1
    }

    private static func two(
        below count: Int, using generator: inout SplitMix64
    ) -> (Int, Int) {
        let first = Int.random(in: 0..<(count - 1), using: &generator)
        return (first, Int.random(in: (first + 1)..<count, using: &generator))
    }
}

extension RecordedEvent {
    /// With one thing changed.
    fileprivate func flipped(using generator: inout SplitMix64) -> RecordedEvent {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: with(time: event.time.adding(seconds: 1))
        case 1: with(kind: event.kind == .userDeleted ? .userCreated : .userDeleted)
        case 2:
            with(
                details: EventDetails(
                    PersonalData(
                        bytes: [UInt8](repeating: 0, count: 20),
                        commitment: event.details.data.commitment)))
        default:
            with(
                link: link.map { link in
                    var hash = link.hash.bytes
                    hash[Int.random(in: 0..<hash.count, using: &generator)] ^= 0x10
                    return Link(number: link.number, hash: Digest(bytes: hash) ?? link.hash)
                })
        }
    }
}
