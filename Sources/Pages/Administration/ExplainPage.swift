import Auth
import Crypto
import HTTP
import Web

extension Pages {
    /// Why a request was refused, by its id.
    static func adminExplain(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, Path.adminExplain, .init(on: .store, access: .administrator(.person)),
                handler: { request, caller throws(RequestError) in
                    try PageContext(request, configuration, caller).showExplanation()
                })
        ]
    }
}

extension PageContext {
    fileprivate func showExplanation() throws(RequestError) -> Response {
        // Copied from a page or a log, it may have blanks around it.
        let id = query("id").filter { !$0.isWhitespace }
        let refusals = id.isEmpty ? nil : try refusals(of: id)
        return appPage(.adminExplain, texts.refusedRequests, lead: texts.refusedRequestsLead) {
            toolbar(
                Pages.Path.adminExplain, label: texts.requestID, name: "id", value: id,
                verb: texts.explainRequest)
            if let refusals {
                if refusals.isEmpty {
                    notice(.info, texts.notExplained, text: texts.notExplainedAdvice)
                }
                for (number, refusal) in refusals.enumerated() {
                    explanationPanel(refusal, id: "refusal-\(number)")
                }
            }
        }
    }

    private func refusals(of id: String) throws(RequestError) -> [ExplainedRefusal] {
        do throws(RequestError) {
            return try request.explainedRefusals(of: id.utf8)
        } catch .domain(.notFound) {
            return []
        } catch {
            throw error
        }
    }

    private func explanationPanel(_ refusal: ExplainedRefusal, id: String) -> HTML {
        let refused = refusal.refused
        let title = texts.refusedWith(
            [String(refused.status.rawValue), refused.code?.rawValue].compactMap(\.self)
                .joined(separator: " "))
        return panel(title, id: id) {
            for sentence in texts.explanations.sentences(refusal) { p { sentence } }
            facts {
                fact(texts.refusedAt, time(refused.facts.time, now: service.now, texts: texts))
                if let request = Self.name(of: refused) {
                    fact(texts.refusedRequest, identifier: request)
                }
                fact(texts.refusalReason, identifier: refused.facts.reason.rawValue)
                if let client = refused.client {
                    fact(texts.refusedClient, identifier: "\(client)")
                }
                if let account = refused.facts.account {
                    fact(
                        texts.account,
                        a("\(Pages.Path.adminUsers)/\(account)") { texts.openAccount })
                }
            }
        }
    }

    /// Method and route.
    private static func name(of refused: Refused) -> String? {
        let parts = [refused.method?.rawValue, refused.route].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
