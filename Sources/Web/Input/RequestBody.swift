package import Auth
package import HTTP
package import JSON

/// The members of a request's JSON object.
package struct RequestBody {
    package let members: [String: JSONValue]

    /// Reads the body; without one there are no members.
    ///
    /// - Throws: `malformedJSON` when it is neither one JSON object nor a form; `invalidInput` for a form
    ///   that is not UTF-8.
    package init(_ request: Request) throws(RequestError) {
        guard !request.body.isEmpty else {
            members = [:]
            return
        }
        guard MediaType(request.single(.contentType)) != .form else {
            // Of two fields of a name the last counts.
            members = Dictionary(
                try Query.pairs(in: request.body[...]).map { ($0, JSONValue.string($1)) },
                uniquingKeysWith: { $1 })
            return
        }
        do throws(JSONError) {
            guard case .object(let members) = try JSONValue.decode(request.body) else {
                throw JSONError(.wrongType, at: 0)
            }
            self.members = members
        } catch {
            switch error.reason {
            case .syntax, .encoding, .wrongType, .outOfRange:
                throw .malformedJSON("The body must be one JSON object")
            case .repeatedMember: throw .malformedJSON("The body names a member twice")
            case .tooDeep: throw .malformedJSON("The body is nested too deep")
            case .tooMany: throw .malformedJSON("The body has too many members")
            }
        }
    }

    /// A text member; null counts as absent.
    package func text(_ name: String) -> TextInput {
        switch members[name] {
        case nil, .null: .absent
        case .string(let text): .text(text)
        default: .notText
        }
    }

    /// Whether a member is there and not null.
    package func has(_ name: String) -> Bool { members[name] ?? .null != .null }

    /// An integer member; null counts as absent, and anything else is added to the objections.
    package func integer(
        _ name: String, in range: ClosedRange<Int64>, _ objections: inout [InvalidInput]
    ) -> Int64? {
        switch members[name] {
        case nil, .null: return nil
        case .integer(let number) where range.contains(number): return number
        default:
            objections.append(
                InvalidInput(
                    name,
                    "must be a whole number from \(range.lowerBound) to \(range.upperBound)"))
            return nil
        }
    }

    /// The strings of an array member; null counts as absent, and anything else is added to the
    /// objections.
    package func texts(_ name: String, _ objections: inout [InvalidInput]) -> [String]? {
        switch members[name] {
        case nil, .null: return nil
        case .array(let values):
            let texts = values.compactMap { value -> String? in
                guard case .string(let text) = value else { return nil }
                return text
            }
            if texts.count == values.count { return texts }
        default: break
        }
        objections.append(InvalidInput(name, "must be an array of strings"))
        return nil
    }

    /// What is said of members that the request may not have, where accounts or settings are changed: a
    /// change that is silently left out would pass for one that was made.
    ///
    /// - Parameter known: All that it may have.
    /// - Returns: An objection for each other member, in the order of their names.
    package func objections(toOthersThan known: Set<String>) -> [InvalidInput] {
        members.keys.filter { !known.contains($0) }.sorted()
            .map { InvalidInput($0, "is unknown") }
    }

    /// A boolean member; null counts as absent, and anything else is added to the objections.
    package func optionalFlag(_ name: String, _ objections: inout [InvalidInput]) -> Bool? {
        has(name) ? flag(name, &objections) : nil
    }

    /// A boolean member; anything else that is there, null too, is added to the objections.
    package func flag(_ name: String, _ objections: inout [InvalidInput]) -> Bool? {
        switch members[name] {
        case nil: return nil
        case .bool(let flag): return flag
        default:
            objections.append(InvalidInput(name, "must be true or false"))
            return nil
        }
    }
}
