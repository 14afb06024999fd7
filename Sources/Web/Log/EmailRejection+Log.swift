package import Auth
import Crypto
import Logging

extension RequestContext {
    /// Logs that the reader of an account's address says that the account is not theirs.
    package func log(_ rejection: EmailRejection) {
        configuration.logger.warning(
            "who reads the address of an account says that it is not theirs",
            metadata: [
                "id": "\(id)", "account": "\(rejection.accountID)",
                "role": "\(rejection.role.rawValue)", "outcome": "\(rejection.outcome.rawValue)",
            ])
    }
}
