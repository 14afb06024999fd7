import Auth
import Web

extension RequestContext {
    /// Who is signed in, whatever the status of the account; nil for a browser without a live session.
    ///
    /// - Throws: `tooManyRequests`; `notInMemory`, `unavailable`: that a session cannot be read does not
    ///   mean that it has ended.
    func signedInCaller() throws(RequestError) -> Caller? {
        guard credential != nil else { return nil }
        do throws(RequestError) {
            return try identifiedCaller(for: .person)
        } catch {
            switch error.code {
            case .unauthenticated, .invalidToken, .tokenExpired, .apiKeyNotAllowed: return nil
            default: throw error
            }
        }
    }
}
