package import Auth
package import Crypto
package import HTTP

/// The response of an endpoint, with what the log says about it.
package struct EndpointResult {
    package var response: Response
    /// The account that the request is about, for the log.
    let account: UUID?
    /// Why the response is no success, for the log.
    let reason: Reason?

    /// A response, for the log with an account or a reason.
    package init(_ response: Response, account: UUID? = nil, reason: Reason? = nil) {
        self.response = response
        self.account = account
        self.reason = reason
    }
}
