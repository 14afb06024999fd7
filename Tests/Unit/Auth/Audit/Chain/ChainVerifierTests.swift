import Crypto
import Testing

@testable import Auth

@Suite struct ChainVerifierTests {
    @Test(arguments: [0, 1, 2, 999, 1_000, 1_001, 2_500])
    func `a chain as the linker makes it is intact`(count: Int) throws {
        let chain = try ChainSample(count)
        let summary = try #require(try chain.verdict().summary)
        #expect(summary.count == Int64(count))
        #expect(summary.last == chain.head?.link)
        #expect(summary.checkpoints == Int64(chain.checkpoints.count))
        #expect(summary.hasVerifiedMACs)
        #expect(summary.signedNumber == chain.checkpoints.last?.number)
    }

    @Test func `without keys the links and signatures are verified, and the summary says so`()
        throws
    {
        var chain = try ChainSample(20)
        #expect(try chain.verdict(hasKeys: false).summary?.hasVerifiedMACs == false)
        chain.events[4] = chain.events[4].with(kind: .userDeleted, time: Timestamp(milliseconds: 7))
        #expect(
            try chain.verdict(hasKeys: false).found
                == ChainBreak(.changed, at: 5, chain.events[4].event.id))
    }

    @Test func `personal data that are erased with their accounts break nothing`() throws {
        var chain = try ChainSample(1_200)
        let indices = [1, 500, 503, 1_198]
        for index in indices { chain.events[index] = chain.events[index].erased }
        for index in indices { try chain.deleteAccounts(of: chain.events[index].event) }
        #expect(try chain.verdict().summary?.count == Int64(chain.events.count))
    }

    @Test func `personal data that are erased without their accounts are found`() throws {
        let chain = try ChainSample(30)
        for index in [1, 12, 29] {
            var changed = chain
            let event = chain.events[index]
            changed.events[index] = event.erased
            let found = ChainBreak(.erased, at: Int64(index) + 1, event.event.id)
            #expect(try changed.verdict().found == found)
            // Another account is deleted, or this one was before.
            try changed.deleteAccounts(of: chain.events[2].event)
            #expect(try changed.verdict().found == found)
            #expect(try changed.verdict(.part).found == nil, "the deletion may be in another part")
        }
        var deleted = chain
        try deleted.deleteAccounts(of: chain.events[1].event)
        let later = Event(
            id: .random(), time: Timestamp(milliseconds: 0), kind: .sessionEnded, actor: .server,
            subject: chain.events[1].event.subject, object: nil,
            client: EventClient(PersonalData([nil, nil])),
            details: EventDetails(EventDetails([]).data.erased))
        try deleted.append(later)
        #expect(
            try deleted.verdict().found
                == ChainBreak(.erased, at: Int64(deleted.events.count), later.id))
        // What was of no account is never erased.
        var ownerless = try ChainSample(3)
        let event = Event(
            id: .random(), time: Timestamp(milliseconds: 0), kind: .settingsChanged,
            actor: .server, subject: nil, object: nil,
            client: EventClient(PersonalData([nil, nil])),
            details: EventDetails(EventDetails([]).data.erased))
        try ownerless.append(event)
        #expect(try ownerless.verdict().found == ChainBreak(.erased, at: 4, event.id))
    }

    @Test func `a deletion that is not linked yet explains what it erased`() throws {
        var chain = try ChainSample(5)
        chain.events[1] = chain.events[1].erased
        let before = chain
        try chain.deleteAccounts(of: chain.events[1].event)
        let waiting = chain.events.dropFirst(5).map {
            RecordedEvent(event: $0.event, mac: $0.mac, link: nil)
        }
        #expect(try before.verdict(notLinked: waiting).summary?.notLinked.count == waiting.count)
        #expect(try before.verdict().found?.problem == .erased)
    }

    @Test func `other personal data in place of the true ones are a change`() throws {
        var chain = try ChainSample(20)
        let forged = EventDetails(
            PersonalData(
                bytes: EventDetails([EventChange(.role, from: "user", to: "owner")]).data.bytes,
                commitment: chain.events[9].event.details.data.commitment))
        chain.events[9] = chain.events[9].with(details: forged)
        #expect(try chain.verdict().found == ChainBreak(.changed, at: 10, chain.events[9].event.id))
    }

    @Test func `an event that is linked without the key has a bad MAC`() throws {
        var chain = try ChainSample(5)
        let forged = ChainSample.event(0)
        chain.events[4] = RecordedEvent(
            event: forged, mac: chain.events[4].mac,
            link: Link(of: forged.digest, after: chain.events[3].link))
        #expect(try chain.verdict().found == ChainBreak(.badMAC, at: 5, forged.id))
    }

    @Test func `a chain that is linked again contradicts its checkpoint`() throws {
        var chain = try ChainSample(1_500)
        chain.events.remove(at: 600)
        var last: Link?
        chain.events = chain.events.map { event in
            let link = Link(of: event.event.digest, after: last)
            last = link
            return event.with(link: link)
        }
        #expect(try chain.verdict().found == ChainBreak(.contradictsCheckpoint, at: 1_000))
    }

    @Test func `events with changed numbers are known by their links`() throws {
        let chain = try ChainSample(30)
        var removed = chain
        removed.events.remove(at: 9)
        removed.renumber()
        #expect(try removed.verdict().found == ChainBreak(.removed, at: 10))
        var inserted = chain
        let forged = RecordedEvent(
            event: ChainSample.event(0), mac: chain.events[0].mac, link: chain.events[9].link)
        inserted.events.insert(forged, at: 9)
        inserted.renumber()
        #expect(try inserted.verdict().found == ChainBreak(.inserted, at: 10, forged.event.id))
        var swapped = chain
        swapped.events.swapAt(9, 14)
        swapped.renumber()
        #expect(
            try swapped.verdict().found
                == ChainBreak(.reordered, at: 10, chain.events[14].event.id))
        #expect(try swapped.verdict(hasKeys: false).found?.number == 10)
    }

    @Test func `a head that is missing, forged or set back is found`() throws {
        let chain = try ChainSample(10)
        var changed = chain
        changed.head = nil
        #expect(try changed.verdict().found?.problem == .badHead)
        changed = chain
        changed.head = ChainHead(
            origin: chain.origin, link: try #require(chain.events[8].link),
            time: Timestamp(milliseconds: 0), checkpoint: chain.lastHash,
            mac: try #require(chain.head?.mac))
        #expect(try changed.verdict().found == ChainBreak(.badHead, at: 9))
        changed = chain
        try changed.setHead(try #require(chain.events[8].link))
        #expect(try changed.verdict().found == ChainBreak(.badHead, at: 9))
        changed = chain
        changed.events.removeLast(2)
        #expect(try changed.verdict().found == ChainBreak(.cutOff, at: 9))
    }

    @Test func `events that are not linked are named, and have MACs`() throws {
        let chain = try ChainSample(10)
        let event = ChainSample.event(11)
        let waiting = RecordedEvent(
            event: event, mac: chain.mac(event.digest, .event), link: nil)
        #expect(try chain.verdict(notLinked: [waiting]).summary?.notLinked == [event.id])
        let forged = waiting.with(kind: .userEnabled, time: Timestamp(milliseconds: 99))
        #expect(
            try chain.verdict(notLinked: [forged]).found
                == ChainBreak(.badMAC, at: nil, event.id))
    }

    @Test(arguments: [Int64.min, -1, 0, Int64.max])
    func `a number that no chain reaches is found`(number: Int64) throws {
        var chain = try ChainSample(3)
        let link = Link(number: number, hash: try #require(chain.events[1].link).hash)
        chain.events[1] = chain.events[1].with(link: link)
        #expect(
            try chain.verdict().found == ChainBreak(.inserted, at: 2, chain.events[1].event.id))
    }
}

extension ChainSample {
    /// Gives the events numbers in their order; their links keep their hashes.
    mutating func renumber() {
        for (index, event) in events.enumerated() {
            guard let link = event.link else { continue }
            events[index] = event.with(link: Link(number: Int64(index) + 1, hash: link.hash))
        }
    }
}
