/// Slots for the connections of a loop, reused after a connection closed.
///
/// A token names a slot and its entry; it finds nothing once that entry is removed, even when the
/// slot is used again.
struct SlotTable<Element> {
    private struct Slot {
        var generation: UInt32 = 0
        var element: Element?
    }

    private var slots: [Slot] = []
    private var free: [UInt32] = []

    /// An empty table.
    init() {}

    /// The number of used slots.
    var count: Int { slots.count - free.count }

    /// The tokens of all entries.
    var tokens: [Token] {
        slots.indices.filter { slots[$0].element != nil }.map {
            Token(slot: UInt32($0), generation: slots[$0].generation)
        }
    }

    /// Reserves the most recently freed slot for a new entry.
    ///
    /// - Returns: The token of the entry, to be stored under it.
    mutating func reserve() -> Token {
        let slot: UInt32
        if let last = free.popLast() {
            slot = last
        } else {
            slot = UInt32(slots.count)
            slots.append(Slot())
        }
        let index = Int(slot)
        // Generation 0 is reserved for tokens that are not of connections.
        slots[index].generation = max(1, slots[index].generation &+ 1)
        return Token(slot: slot, generation: slots[index].generation)
    }

    /// The entry that a token names; nil when it was removed.
    subscript(token: Token) -> Element? {
        get { isCurrent(token) ? slots[Int(token.slot)].element : nil }
        set {
            guard isCurrent(token) else { return }
            slots[Int(token.slot)].element = newValue
        }
    }

    /// The current entry of a slot.
    subscript(slot: UInt32) -> Element? {
        slot < slots.count ? slots[Int(slot)].element : nil
    }

    /// Frees the slot of the entry that a token names.
    mutating func remove(_ token: Token) {
        guard self[token] != nil else { return }
        slots[Int(token.slot)].element = nil
        free.append(token.slot)
    }

    private func isCurrent(_ token: Token) -> Bool {
        token.slot < slots.count && slots[Int(token.slot)].generation == token.generation
    }
}
