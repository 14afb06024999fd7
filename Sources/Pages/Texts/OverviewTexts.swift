/// What the overview of the administration says.
protocol OverviewTexts {
    /// What there is to do, in one line.
    func overviewLead(waiting: Int, hasMore: Bool, needsAttention: Bool) -> String

    // MARK: Approvals
    var waitingForApprovalTitle: String { get }
    var showAllWaiting: String { get }
    func requested(_ email: String, at time: HTML) -> HTML
    var approve: String { get }
    var decline: String { get }

    // MARK: What needs attention
    var needsAttention: String { get }
    func undelivered(_ count: Int) -> String
    var undeliveredAdvice: String { get }
    var reviewEmails: String { get }
    func failingCheck(_ name: String) -> String
    func reported(_ word: String) -> HTML
    var rejectedAddress: String { get }
    var rejectedAddressAdvice: String { get }
    var openAccount: String { get }
    var heldBackNotices: String { get }
    var heldBackNoticesAdvice: String { get }
    var allChecksPass: String { get }

    // MARK: Figures
    var atAGlance: String { get }
    var accounts: String { get }
    var unconfirmedAccounts: String { get }

    // MARK: The server
    var thisServer: String { get }
    var version: String { get }
    var address: String { get }
}
