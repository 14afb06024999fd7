/// The response of a passkey as an input of a request.
public enum PasskeyInput: Sendable, Equatable {
    /// Absent, or null.
    case absent
    /// Present, but not the response of a passkey; what is wrong with it.
    case malformed([InvalidInput])
    /// A response.
    case response(PasskeyAssertion)

    /// A required response; nil, with objections, when it is missing or malformed.
    func required(_ objections: inout [InvalidInput]) -> PasskeyAssertion? {
        switch self {
        case .absent:
            objections.append(.missing("credential"))
            return nil
        case .malformed(let others):
            objections += others
            return nil
        case .response(let assertion): return assertion
        }
    }
}
