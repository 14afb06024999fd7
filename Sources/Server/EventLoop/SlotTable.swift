/// Places for the connections of a loop, used again after a connection closed.
///
/// A token names a place and its occupant; it finds nothing once that occupant is gone, whoever
/// sits there by then.
struct SlotTable<Element> {
    private struct Slot {
        var generation: UInt32 = 0
        var element: Element?
    }

    private var slots: [Slot] = []
    private var free: [UInt32] = []

    /// An empty table.
    init() {}

    /// How many places are taken.
    var count: Int { slots.count - free.count }

    /// The tokens of all occupants.
    var tokens: [Token] {
        slots.indices.filter { slots[$0].element != nil }.map {
            Token(slot: UInt32($0), generation: slots[$0].generation)
        }
    }

    /// Reserves the place that was left last for a new occupant.
    ///
    /// - Returns: The token under which the occupant has to be stored.
    mutating func reserve() -> Token {
        let slot: UInt32
        if let last = free.popLast() {
            slot = last
        } else {
            slot = UInt32(slots.count)
            slots.append(Slot())
        }
        let index = Int(slot)
        // Generation 0 is kept for what is no connection.
        slots[index].generation = max(1, slots[index].generation &+ 1)
        return Token(slot: slot, generation: slots[index].generation)
    }

    /// The occupant that a token names; nil when it is gone.
    subscript(token: Token) -> Element? {
        get { isCurrent(token) ? slots[Int(token.slot)].element : nil }
        set {
            guard isCurrent(token) else { return }
            slots[Int(token.slot)].element = newValue
        }
    }

    /// The occupant of a place.
    subscript(slot: UInt32) -> Element? {
        slot < slots.count ? slots[Int(slot)].element : nil
    }

    /// Frees the place of the occupant that a token names.
    mutating func remove(_ token: Token) {
        guard self[token] != nil else { return }
        slots[Int(token.slot)].element = nil
        free.append(token.slot)
    }

    private func isCurrent(_ token: Token) -> Bool {
        token.slot < slots.count && slots[Int(token.slot)].generation == token.generation
    }
}
