import Auth
import Crypto
import HTTP
import Web

extension Pages {
    /// What needs the attention of the owner and the administrators.
    static func adminOverview(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, Path.admin, .init(on: .store, access: .administrator(.person)),
                handler: { request, caller throws(RequestError) in
                    try PageContext(request, configuration, caller).showAdminOverview()
                })
        ]
    }
}

/// What the overview shows.
private struct AdminOverview {
    /// The accounts that wait longest are on further pages: the newest come first.
    var waiting: [Account]
    var hasMoreWaiting: Bool
    var counts: BoundedCounts
    var mails: MailCounts?
    var concerns: [OperatorConcern]
    /// The names of what does not work, with the words for how.
    var failures: [(name: String, text: String)]
    var warnings: [String]

    var needsAttention: Bool {
        mails?.dead ?? 0 > 0 || !concerns.isEmpty || !failures.isEmpty || !warnings.isEmpty
    }
}

extension PageContext {
    /// The most approvals on the overview; the list of users has the others.
    private static let maximumApprovals = 10

    fileprivate func showAdminOverview() throws(RequestError) -> Response {
        let counts = try accountCounts()
        return overviewPage(
            try domain { service throws(AuthError) in
                let waiting = try service.administration.users(
                    matching: AccountQuery(status: .pending),
                    PageRequest(limit: Self.maximumApprovals))
                return AdminOverview(
                    waiting: waiting.items, hasMoreWaiting: waiting.next != nil,
                    counts: counts,
                    mails: service.sendsMail ? try service.outbox.mailCounts() : nil,
                    concerns: try service.administration.operatorConcerns(),
                    failures: failingChecks, warnings: configuration.warnings)
            })
    }

    private var failingChecks: [(name: String, text: String)] {
        configuration.monitoring.checks.compactMap { check in
            let readiness = check.readiness()
            return readiness.isFailing ? (check.name, readiness.text) : nil
        }
    }

    private func overviewPage(_ overview: AdminOverview) -> Response {
        appPage(
            .adminOverview, texts.overview,
            lead: texts.overviewLead(
                waiting: overview.waiting.count, hasMore: overview.hasMoreWaiting,
                needsAttention: overview.needsAttention)
        ) {
            decisionNotice
            approvals(overview)
            attention(overview)
            figures(overview.counts)
            serverFacts
        }
    }

    private func approvals(_ overview: AdminOverview) -> HTML? {
        guard !overview.waiting.isEmpty else { return nil }
        let all =
            overview.hasMoreWaiting
            ? linkButton(texts.showAllWaiting, "\(Pages.Path.adminUsers)?status=pending") : nil
        return panel(texts.waitingForApprovalTitle, id: "approvals", actions: all) {
            rows {
                for account in overview.waiting { waitingRow(account) }
            }
        }
    }

    private func waitingRow(_ account: Account) -> HTML {
        row(
            .person, bdi(account.name), badge: emailBadge(of: account),
            about: texts.requested(
                account.email.address,
                at: time(account.createdAt, now: service.now, .sentence, texts: texts)),
            action: actions { decisionForms(account, from: .overview, .primary) })
    }

    private func attention(_ overview: AdminOverview) -> HTML {
        element("section", .class("stack"), .aria(.labelledBy, "attention")) {
            h2(id: "attention") { texts.needsAttention }
            if let dead = overview.mails?.dead, dead > 0 {
                notice(.error, texts.undelivered(dead), level: .third) {
                    p { texts.undeliveredAdvice }
                    actions { linkButton(texts.reviewEmails, Pages.Path.adminMails) }
                }
            }
            for failure in overview.failures {
                notice(
                    .error, texts.failingCheck(failure.name), text: texts.reported(failure.text),
                    level: .third)
            }
            for concern in overview.concerns { concernNotice(concern) }
            for warning in overview.warnings {
                notice(.warning, level: .third) {
                    element("p", Attribute("lang", "en")) { warning }
                }
            }
            if !overview.needsAttention { notice(.success, text: texts.allChecksPass) }
        }
    }

    private func concernNotice(_ concern: OperatorConcern) -> HTML {
        switch concern {
        case .rejectedAddress(let id):
            notice(.warning, texts.rejectedAddress, level: .third) {
                p { texts.rejectedAddressAdvice }
                actions { linkButton(texts.openAccount, "\(Pages.Path.adminUsers)/\(id)") }
            }
        case .heldBackNotices:
            notice(.warning, texts.heldBackNotices, level: .third) {
                p { texts.heldBackNoticesAdvice }
                actions { linkButton(texts.goToAccount, Pages.Path.account) }
            }
        }
    }

    private var serverFacts: HTML {
        panel(texts.thisServer, id: "server") {
            facts {
                fact(texts.version, configuration.version)
                fact(texts.address, "\(service.websiteURL)")
            }
        }
    }
}
