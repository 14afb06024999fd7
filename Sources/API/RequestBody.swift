import Auth
import HTTP

/// The members of a request's JSON object.
struct RequestBody {
    private let members: [String: JSON]

    /// Reads the body; without one there are no members.
    ///
    /// - Throws: `malformedJSON` when it is not one JSON object.
    init(_ request: Request) throws(Problem) {
        guard !request.body.isEmpty else {
            members = [:]
            return
        }
        do throws(JSONError) {
            guard case .object(let members) = try JSON.decode(request.body) else {
                throw JSONError.malformed
            }
            self.members = members
        } catch {
            switch error {
            case .malformed: throw .malformedJSON("The body must be one JSON object")
            case .repeatedMember: throw .malformedJSON("The body names a member twice")
            case .tooDeep: throw .malformedJSON("The body is nested too deep")
            case .tooMany: throw .malformedJSON("The body has too many members")
            }
        }
    }

    /// A text member; null counts as absent.
    func text(_ name: String) -> TextInput {
        switch members[name] {
        case nil, .null: .absent
        case .string(let text): .text(text)
        default: .notText
        }
    }

    /// A boolean member; anything else that is there, null too, is added to the objections.
    func flag(_ name: String, _ objections: inout [InvalidInput]) -> Bool? {
        switch members[name] {
        case nil: return nil
        case .bool(let flag): return flag
        default:
            objections.append(InvalidInput(name, "must be true or false"))
            return nil
        }
    }
}
