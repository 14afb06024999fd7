import TestSupport

/// What happens by chance, as a seed decides.
struct Chance: RandomNumberGenerator {
    private var numbers: SplitMix64

    /// The numbers of a seed.
    init(seed: UInt64) {
        numbers = SplitMix64(seed: seed)
    }

    mutating func next() -> UInt64 { numbers.next() }

    /// A number from 0, below a bound.
    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: next() >> 33) % max(1, bound)
    }

    /// A number of a range.
    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// Whether something of this probability, in percent, happens.
    mutating func happens(_ percent: Int) -> Bool { below(100) < percent }

    /// One of several.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// Numbers of their own, for somebody whose choices change nobody else's.
    mutating func fork() -> Chance { Chance(seed: next()) }
}
