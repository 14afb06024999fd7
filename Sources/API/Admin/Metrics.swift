import Auth
import HTTP
import Metrics

extension Endpoints {
    /// `GET /metrics`: everything that is measured, for Prometheus.
    static func metrics(_ exchange: Exchange) throws(Problem) -> Answer {
        var exposition = Exposition()
        exchange.configuration.traffic.append(to: &exposition)
        for collect in exchange.configuration.monitoring.collectors { collect(&exposition) }
        // Without a database all the rest is worth more than ever.
        if let population = try? exchange.service.population() {
            exposition.append(population)
        }
        if let mails = try? exchange.service.mailCounts() { exposition.append(mails) }
        return Answer(
            Response(
                status: .ok,
                fields: Exchange.commonFields(id: exchange.id, type: Exposition.mediaType),
                body: exposition.text))
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

    fileprivate mutating func append(_ population: Population) {
        gauge(
            "lunauth_accounts", "Accounts, by status.",
            Account.Status.allCases.map { status in
                let count = population.accounts[status] ?? 0
                return Series([("status", status.rawValue)], .count(UInt64(clamping: count)))
            })
        gauge(
            "lunauth_sessions", "Sessions that have neither ended nor expired.",
            .count(UInt64(clamping: population.sessions)))
    }
}
