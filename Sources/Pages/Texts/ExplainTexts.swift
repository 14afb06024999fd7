import Auth
import Web

/// What the page of refused requests says to administrators.
protocol ExplainTexts {
    var refusedRequests: String { get }
    var refusedRequestsLead: String { get }
    /// The verb of the button beside the request id.
    var explainRequest: String { get }
    /// No refusal of the id is kept.
    var notExplained: String { get }
    var notExplainedAdvice: String { get }
    /// The title of a refusal: status and code.
    func refusedWith(_ status: String) -> String

    // MARK: Facts
    var refusedAt: String { get }
    var refusedRequest: String { get }
    var refusalReason: String { get }
    var refusedClient: String { get }

    /// Why requests are refused, in whole sentences.
    var explanations: any ExplanationTexts { get }
}
