package import Auth
import HTTP

/// A refusal with what led to it.
package struct ExplainedRefusal: Sendable {
    /// The refusal.
    package let refused: Refused
    /// What decided, as far as the server knows it now.
    package let explanation: Explanation

    /// Creates one from its parts.
    package init(refused: Refused, explanation: Explanation) {
        self.refused = refused
        self.explanation = explanation
    }
}

/// Why earlier requests were refused.
extension RequestContext {
    /// The refusals with a request id, newest first.
    ///
    /// - Parameter id: As a client has it.
    /// - Returns: At least one.
    /// - Throws: `notFound` when no such refusal is kept; `unavailable`.
    package func explainedRefusals(
        of id: some Collection<UInt8>
    ) throws(RequestError) -> [ExplainedRefusal] {
        let refusals = configuration.refusals.refusals(of: id)
        guard !refusals.isEmpty else { throw .domain(.notFound) }
        return try domain { service throws(AuthError) in
            try refusals.map { (refused) throws(AuthError) in
                ExplainedRefusal(
                    refused: refused,
                    explanation: try service.explanations.explanation(of: refused.facts))
            }
        }
    }

    /// The request id at the end of the path.
    package var requestIDInPath: ArraySlice<UInt8> {
        let slash = UInt8(ascii: "/")
        return request.path.drop { $0 == slash }.split(separator: slash).last ?? []
    }

    /// Requires a process of the server's own user on this machine: the operator at the command line.
    ///
    /// - Throws: `notFound`: for others there is nothing.
    package func requireOperator() throws(RequestError) {
        guard configuration.setupPermission.isOperator(request) else { throw .notFound }
    }
}
