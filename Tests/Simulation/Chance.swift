import TestSupport

/// Random choices, determined by a seed.
struct Chance: RandomNumberGenerator {
    private var numbers: SplitMix64

    /// Creates the choices of a seed.
    init(seed: UInt64) {
        numbers = SplitMix64(seed: seed)
    }

    mutating func next() -> UInt64 { numbers.next() }

    /// A number from 0 up to, but not including, a bound.
    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: next() >> 33) % max(1, bound)
    }

    /// A number in a range.
    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// Whether an event of this probability, in percent, happens.
    mutating func happens(_ percent: Int) -> Bool { below(100) < percent }

    /// One of several elements.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// An independent generator, whose use does not affect this one.
    mutating func fork() -> Chance { Chance(seed: next()) }
}
