package import Auth
import Bytes
import JSON

/// Inputs that are no texts. A form says them in words: `true`, `25`, and a field for each element of
/// a list.
extension RequestBody {
    /// An integer; null and an empty field count as absent, and anything else is added to the
    /// objections.
    package func integer(
        _ name: String, in range: ClosedRange<Int64>, _ objections: inout [InvalidInput]
    ) -> Int64? {
        guard has(name) else { return nil }
        if let number = integer(name), range.contains(number) { return number }
        objections.append(
            InvalidInput(name, .notInRange(range)))
        return nil
    }

    /// A boolean; null and an empty field count as absent, and anything else is added to the objections.
    package func optionalFlag(_ name: String, _ objections: inout [InvalidInput]) -> Bool? {
        has(name) ? flag(name, &objections) : nil
    }

    /// A boolean; an empty field counts as absent, and anything else that is there, null too, is added to
    /// the objections.
    package func flag(_ name: String, _ objections: inout [InvalidInput]) -> Bool? {
        switch value(name) {
        case nil: return nil
        case .bool(let flag): return flag
        case .string("true") where isForm: return true
        case .string("false") where isForm: return false
        default:
            objections.append(InvalidInput(name, .notFlag))
            return nil
        }
    }

    /// A list of texts; null counts as absent, and anything else is added to the objections.
    package func texts(_ name: String, _ objections: inout [InvalidInput]) -> [String]? {
        if let form { return form.list(name) }
        switch value(name) {
        case nil, .null: return nil
        case .array(let values):
            let texts = values.compactMap { value -> String? in
                guard case .string(let text) = value else { return nil }
                return text
            }
            if texts.count == values.count { return texts }
        default: break
        }
        objections.append(InvalidInput(name, .notList))
        return nil
    }

    /// How long something is good, as a text such as `30d` or in seconds; null and an empty field count
    /// as absent, and anything else is added to the objections.
    package func lifetime(_ name: String, _ objections: inout [InvalidInput]) -> Period? {
        guard has(name) else { return nil }
        let lifetime =
            if let seconds = integer(name) {
                Period.lifetime(seconds: seconds)
            } else if case .text(let text) = text(name) {
                Period.lifetime(text)
            } else {
                Period?.none
            }
        if lifetime == nil { objections.append(InvalidInput(name, .notLifetime)) }
        return lifetime
    }

    /// An integer of JSON, or the digits of a field.
    private func integer(_ name: String) -> Int64? {
        switch value(name) {
        case .integer(let number): number
        case .string(let digits) where isForm:
            Decimal.parse(digits.utf8, leadingZeros: .refused).map(Int64.init)
        default: nil
        }
    }
}
