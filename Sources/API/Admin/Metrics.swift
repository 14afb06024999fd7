import Auth
import HTTP
import Metrics
import Web

extension Endpoints {
    /// `GET /metrics`: everything that is measured, for Prometheus.
    static func metrics(
        _ context: RequestContext, _ monitoring: Monitoring
    ) throws(RequestError) -> EndpointResult {
        var exposition = Exposition()
        context.configuration.metrics.append(to: &exposition)
        for collect in monitoring.collectors { collect(&exposition) }
        // Without a database all the rest is worth more than ever.
        if let counts = try? context.service.administration.counts() {
            exposition.append(counts)
        }
        if let mails = try? context.service.outbox.mailCounts() { exposition.append(mails) }
        return EndpointResult(context.content(Exposition.mediaType, exposition.text))
    }
}

extension Exposition {
    fileprivate mutating func append(_ mails: MailCounts) {
        gauge(
            "lunauth_mails", "Mails in the outbox, by whether they are tried again.",
            [("waiting", mails.waiting), ("dead", mails.dead)].map {
                Series([("state", $0)], .count(UInt64(clamping: $1)))
            })
    }

    fileprivate mutating func append(_ counts: StoreCounts) {
        gauge(
            "lunauth_accounts", "Accounts, by status.",
            Account.Status.allCases.map { status in
                let count = counts.accounts[status] ?? 0
                return Series([("status", status.rawValue)], .count(UInt64(clamping: count)))
            })
        gauge(
            "lunauth_sessions", "Sessions that have neither ended nor expired.",
            .count(UInt64(clamping: counts.sessions)))
    }
}
