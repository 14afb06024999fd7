package import Auth
import Bytes
package import HTTP

/// The language that a client prefers (RFC 9110 §12.5.4), looked up as in RFC 4647 §3.4: `de-AT` means
/// German where Austrian German is not offered.
package enum AcceptLanguage {
    /// The offered language that the client prefers; the first one where the client prefers none.
    package static func preferred(by request: Request) -> Language {
        let offered = Language.allCases
        let items = WeightedItem.list(.acceptLanguage, of: request)
        let index = best(of: offered.map(\.rawValue), in: items)
        return offered[index]
    }

    /// The most ranges that are read; browsers send a handful.
    static let maximumRanges = 32

    /// The index of the offered tag with the greatest weight; of several, that of the first range.
    ///
    /// A tag that is refused with the weight 0 is chosen only where all are. Malformed ranges are ignored.
    /// - Parameters:
    ///   - offered: Language tags in lower case, without subtags; the first is the default.
    ///   - items: The elements of the field.
    /// - Returns: An index of `offered`.
    static func best(of offered: [String], in items: [WeightedItem]) -> Int {
        let ranges = Array(items.lazy.compactMap(Range.init).prefix(maximumRanges))
        var best = (index: 0, preference: Preference.refused)
        for (index, tag) in offered.enumerated() {
            let preference = preference(for: tag, in: ranges)
            if preference > best.preference { best = (index, preference) }
        }
        return best.index
    }

    /// How much a language is wanted: by the weight, and where that is equal by the earlier range.
    private struct Preference: Comparable {
        var weight: Int
        var rank: Int

        static let refused = Preference(weight: -1, rank: .min)
        static let notNamed = Preference(weight: 0, rank: .min)

        static func < (one: Preference, other: Preference) -> Bool {
            (one.weight, one.rank) < (other.weight, other.rank)
        }
    }

    private static func preference(for tag: String, in ranges: [Range]) -> Preference {
        var named: Preference?
        var others: Preference?
        for (index, range) in ranges.enumerated() {
            if range.isAny {
                guard others == nil else { continue }
                others = range.weight == 0 ? .refused : Preference(weight: range.weight, rank: .min)
            } else if range.tag.equalsIgnoringCase(tag), range.weight == 0 {
                return .refused
            } else if range.covers(tag), range.weight > 0 {
                let preference = Preference(weight: range.weight, rank: -index)
                named = max(named ?? preference, preference)
            }
        }
        return named ?? others ?? .notNamed
    }

    /// A basic language range (RFC 4647 §2.1) with its weight.
    private struct Range {
        let tag: ArraySlice<UInt8>
        let weight: Int

        init?(_ item: WeightedItem) {
            guard let weight = item.statedWeight,
                item.value.equals("*") || Self.isWellFormed(item.value)
            else { return nil }
            (tag, self.weight) = (item.value, weight)
        }

        var isAny: Bool { tag.equals("*") }

        /// Whether it is the tag, perhaps with subtags after it.
        func covers(_ tag: String) -> Bool {
            let (start, end) = (self.tag.prefix(tag.utf8.count), self.tag.dropFirst(tag.utf8.count))
            return start.equalsIgnoringCase(tag)
                && (end.isEmpty || end.first == UInt8(ascii: "-"))
        }

        /// Subtags of one to eight letters, after the first also digits.
        private static func isWellFormed(_ tag: ArraySlice<UInt8>) -> Bool {
            let subtags = tag.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            return subtags.enumerated().allSatisfy { index, subtag in
                (1...8).contains(subtag.count)
                    && subtag.allSatisfy { $0.isLetter || index > 0 && $0.isDigit }
            }
        }
    }
}
