package import Auth

/// What an explanation says to the operator, in one language; whole sentences.
///
/// Responses in JSON and the command line speak English; pages add their own languages.
package protocol ExplanationTexts: Sendable {
    /// What a reason means, and what to do about it.
    func sentence(for reason: Reason) -> String
    /// What happened before, by whom and from where.
    func happened(_ event: DecisiveEvent) -> String
    /// A credential was ended at a time.
    func ended(_ kind: CredentialKind, at time: Timestamp) -> String
    /// A credential expired at a time.
    func expired(_ kind: CredentialKind, at time: Timestamp) -> String
    /// A session was unused for too long.
    var unused: String { get }
    /// Nothing is kept of a credential.
    func unknown(_ kind: CredentialKind) -> String
    /// The clock that issued a token is ahead.
    func clockAhead(seconds: Int64) -> String
    /// A limit allows the next request at a time.
    func limited(until time: Timestamp) -> String
    /// The origin that a cross-origin request named.
    func foreignOrigin(_ origin: String) -> String
}

extension ExplanationTexts {
    /// Why a request was refused: what it was refused for, then what led to it.
    package func sentences(_ refusal: ExplainedRefusal) -> [String] {
        [
            sentence(for: refusal.refused.facts.reason), origin(of: refusal.refused),
            sentence(for: refusal.explanation),
        ].compactMap(\.self)
    }

    private func origin(of refused: Refused) -> String? {
        refused.origin.map(foreignOrigin)
    }

    private func sentence(for explanation: Explanation) -> String? {
        switch explanation {
        case .reasonAlone: nil
        case .event(let event): happened(event)
        case .ended(let kind, let time): ended(kind, at: time)
        case .expired(let kind, let time): expired(kind, at: time)
        case .unused: unused
        case .unknown(let kind): unknown(kind)
        case .clockAhead(let seconds): clockAhead(seconds: seconds)
        case .limited(let time): limited(until: time)
        }
    }
}

extension UTCTime {
    /// Hours, minutes and seconds: "09:12:03".
    package var clockWithSeconds: String {
        [hour, minute, second].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
