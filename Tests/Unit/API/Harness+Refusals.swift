import HTTP
import Testing
import Web

extension Harness {
    /// Checks that a refusal is kept, so that it can be explained, and that nothing secret is kept of it.
    ///
    /// - Parameter answer: Any answer.
    /// - Throws: When the answer has no request id.
    func checkKept(_ answer: ReceivedAnswer) throws {
        let id = try #require(answer["X-Request-Id"])
        let kept = configuration.refusals.refusals(of: Array(id.utf8))
        if [401, 403, 409, 429, 503].contains(answer.status.rawValue) {
            #expect(kept.first?.status == answer.status)
        }
        for refused in kept {
            let text = "\(refused)"
            for secret in secrets where secret.utf8.count >= 8 { #expect(!text.contains(secret)) }
        }
    }
}
