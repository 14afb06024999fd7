import Crypto

/// Which erased parts of events no deletion of an account explains: who can write to the database must not take
/// an address or a change out of an event unseen.
///
/// Its memory grows with accounts that were deleted while their events are kept, not with events.
struct ErasureTrail {
    /// The first erased event of each account whose deletion did not come yet.
    private var waiting: [UUID: Place] = [:]
    /// The first event whose erased part is of no account.
    private var ownerless: Place?

    private struct Place {
        let number: Int64?
        let event: UUID
    }

    /// Takes the next event of the chain into account.
    ///
    /// - Parameters:
    ///   - event: One whose MAC is the server's.
    ///   - number: Its number; nil for one that is not linked.
    mutating func add(_ event: Event, at number: Int64?) {
        let place = Place(number: number, event: event.id)
        if event.details.data.bytes == nil { note(place, of: event.subject) }
        // As `eraseEvents` has it: where the actor was; without an account, where the account it is about was.
        if event.client.data.bytes == nil { note(place, of: event.actor.account ?? event.subject) }
        // The deletion erases itself and what came before it.
        if event.kind == .userDeleted, let account = event.subject { waiting[account] = nil }
    }

    /// The first erased event that no deletion came after; nil where there is none.
    var unexplained: ChainBreak? {
        let places = waiting.values + [ownerless].compactMap(\.self)
        let first = places.min { ($0.number ?? .max) < ($1.number ?? .max) }
        return first.map { ChainBreak(.erased, at: $0.number, $0.event) }
    }

    private mutating func note(_ place: Place, of account: UUID?) {
        if let account {
            if waiting[account] == nil { waiting[account] = place }
        } else if ownerless == nil {
            ownerless = place
        }
    }
}
