import Crypto

/// The first event that is not where it was linked, until the events after it tell what happened.
///
/// What was done shows in how the chain goes on: from the last good link, from the suspicious one, or from
/// one of another number.
struct Suspicion {
    /// The last link that fits; nil at the beginning of the chain.
    private let good: Link?
    /// The event that does not fit; nil where the chain has a gap.
    private let suspect: Suspect?
    private var problem: ChainProblem
    /// Whether the next event was looked at.
    private var isFollowed = false

    private struct Suspect {
        let id: UUID
        let link: Link
        /// Whether its MAC is the server's; false without the keys.
        let isGenuine: Bool
    }

    /// How many events before a place may be missing for the rest to be known again: what is removed is
    /// mostly one or a few.
    private static let longestShift: Int64 = 16

    /// An event that has the number which is due, and another hash.
    init(_ event: RecordedEvent, _ link: Link, after good: Link?, isGenuine: Bool) {
        self.good = good
        suspect = Suspect(id: event.event.id, link: link, isGenuine: isGenuine)
        problem = .changed
    }

    /// No event has the number which is due.
    init(gapAfter good: Link?) {
        self.good = good
        suspect = nil
        // Until a later event comes.
        problem = .cutOff
    }

    /// What is wrong, and where.
    var found: ChainBreak {
        ChainBreak(
            problem, at: (good?.number ?? 0) + 1, problem == .removed ? nil : suspect?.id)
    }

    /// Takes the next event of the record into account.
    mutating func follow(_ link: Link, _ digest: Digest) {
        defer { isFollowed = true }
        let due = Link(of: digest, after: good)
        guard let suspect else {
            if problem == .cutOff { problem = .removed }
            // It is there, later than its place.
            if due == link { problem = .reordered }
            return
        }
        if due.hash == link.hash {
            // The chain goes on here, after an event that was put in between or moved up.
            problem = suspect.isGenuine ? .reordered : .inserted
        } else if due.hash == suspect.link.hash {
            // The place has its link, and the event that it is of is here.
            problem = .reordered
        } else if !isFollowed {
            judge(suspect, by: link, digest)
        } else if problem == .inserted, Self.follows(link, digest, suspect.link, by: 0) {
            // The chain needs it elsewhere.
            problem = .reordered
        }
    }

    private mutating func judge(_ suspect: Suspect, by link: Link, _ digest: Digest) {
        let shift = (0...Self.longestShift).first {
            Self.follows(link, digest, suspect.link, by: $0)
        }
        // Events with later numbers than they have here are linked to each other.
        if let shift, shift > 0 { problem = .removed }
    }

    /// Whether an event was linked to another one, when both had larger numbers.
    private static func follows(
        _ link: Link, _ digest: Digest, _ previous: Link, by shift: Int64
    ) -> Bool {
        let before = Link(number: link.number - 1 + shift, hash: previous.hash)
        return Link(of: digest, after: before).hash == link.hash
    }
}
