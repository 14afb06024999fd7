import Crypto
import TestSupport

@testable import Auth

extension Memory {
    /// What the record of events says otherwise than what is stored.
    ///
    /// A transaction keeps both or neither, however often its work runs and whenever the process ends.
    ///
    /// - Parameter vault: Opens the keys of the record.
    /// - Returns: A sentence for each.
    func contradictions(openedBy vault: FactorVault) -> [String] {
        var found: [String] = []
        let events = audit.events
        if Set(events.map(\.event.id)).count != events.count { found.append("an event twice") }
        let begun = events.filter { $0.event.kind == .sessionCreated }
        for session in sessions.map(\.session) {
            let count = begun.count {
                $0.event.object == session.id && $0.event.subject == session.accountID
            }
            if count != 1 { found.append("\(count) events of one session") }
        }
        let recorder = EventRecorder(vault: vault)
        guard let verifier = try? recorder.macVerifier(in: Keys(keys: audit.keys)) else {
            return found + ["the keys of the record do not open"]
        }
        if !events.allSatisfy({ verifier.isValid($0.mac, of: $0.event.digest, as: .event) }) {
            found.append("an event with another MAC")
        }
        return found
    }

    private struct Keys: AuditKeyReader {
        let keys: WrappedAuditKeys?

        func auditKeys() throws(AuthError) -> WrappedAuditKeys? { keys }
    }
}
