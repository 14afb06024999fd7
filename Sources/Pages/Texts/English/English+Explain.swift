import Web

extension English: ExplainTexts {
    var refusedRequests: String { "Refused requests" }
    var refusedRequestsLead: String {
        "Every error has a request ID. Enter it to learn why the request was refused."
    }
    var explainRequest: String { "Explain" }
    var notExplained: String { "No refusal has this ID" }
    var notExplainedAdvice: String {
        "The last 10,000 refusals since the start of the server are kept. The log goes further back."
    }
    func refusedWith(_ status: String) -> String { "Refused with \(status)" }
    var refusedAt: String { "Time" }
    var refusedRequest: String { "Request" }
    var refusalReason: String { "Reason" }
    var refusedClient: String { "Client" }
    var explanations: any ExplanationTexts { EnglishExplanations() }
}
