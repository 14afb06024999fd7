package import Auth
import JSON

extension RequestBody {
    /// A member that says how long something is good, as a text or in seconds; null counts as
    /// absent, and anything else is added to the objections.
    package func lifetime(_ name: String, _ objections: inout [InvalidInput]) -> Period? {
        let lifetime: Period?
        switch members[name] {
        case nil, .null: return nil
        case .string(let text): lifetime = Period.lifetime(text)
        case .integer(let seconds): lifetime = Period.lifetime(seconds: seconds)
        default: lifetime = nil
        }
        if lifetime == nil {
            objections.append(
                InvalidInput(
                    name,
                    """
                    must be 1 to 4 digits and one of h, d, w, m, y, from 1h to 10y, or a number of \
                    seconds from 1 to 315360000
                    """))
        }
        return lifetime
    }
}
