import Auth
import Web

extension PageContext {
    /// The most accounts of a kind that are counted for a page: beyond, it says that there are more.
    private static let countingLimit = 1_000

    /// How many accounts there are of each kind, in time that does not grow with them.
    ///
    /// - Throws: `unavailable`.
    func accountCounts() throws(RequestError) -> BoundedCounts {
        try domain { service throws(AuthError) in
            try service.administration.accountCounts(upTo: Self.countingLimit)
        }
    }

    /// A count, with a plus where there are more than were counted.
    func text(_ count: BoundedCount) -> String {
        texts.number(count.value) + (count.isExceeded ? "+" : "")
    }

    /// The accounts of each kind at a glance.
    func figures(_ counts: BoundedCounts) -> HTML {
        element("section", .class("stack"), .aria(.labelledBy, "figures")) {
            h2(id: "figures") { texts.atAGlance }
            stats {
                stat(texts.accounts, text(counts.accounts))
                stat(texts.name(of: Account.Status.active), text(counts.active))
                stat(texts.name(of: Account.Status.pending), text(counts.waiting))
                stat(texts.unconfirmedAccounts, text(counts.unconfirmed))
                stat(texts.name(of: Account.Status.disabled), text(counts.disabled))
            }
        }
    }
}
