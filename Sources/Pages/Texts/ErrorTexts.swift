import Auth
import Web

/// What the pages say about errors.
protocol ErrorTexts {
    /// What happened; without a period.
    func title(of code: ErrorCode) -> String
    /// Why, and what to do.
    func advice(for code: ErrorCode) -> String
    /// What a link did that was used before.
    func settled(_ outcome: SettledLink.Outcome) -> String
    /// When something may be tried again.
    func tryAgain(inSeconds seconds: Int) -> String
    var requestID: String { get }
    var goToAccount: String { get }
    var goToSignIn: String { get }
}
