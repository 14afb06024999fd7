import Auth
import Crypto

/// Events with the accounts that they name, as administrators see them.
struct EventList {
    let events: Page<RecordedEvent>
    /// The accounts that still exist.
    private let accounts: [UUID: Account]

    /// Reads one page of events.
    ///
    /// - Throws: `unavailable`.
    init(
        _ service: AuthService, matching query: EventQuery, _ page: PageRequest
    ) throws(AuthError) {
        events = try service.audit.events(matching: query, page)
        var accounts: [UUID: Account] = [:]
        let ids = events.items.flatMap { [$0.event.actor.account, $0.event.subject] }
        for id in Set(ids.compactMap(\.self)) {
            do throws(AuthError) {
                accounts[id] = try service.administration.user(id).account
            } catch .notFound {}
        }
        self.accounts = accounts
    }

    /// The account of an id; nil once deleted.
    subscript(id: UUID) -> Account? { accounts[id] }
}

extension PageContext {
    /// The latest events of an account, on its page.
    func userEventsSection(_ state: UserState) -> HTML {
        var query = EventQuery()
        query.account = state.account.id
        return panel(
            texts.name(of: .activity), id: AccountSection.activity.rawValue,
            actions: linkButton(
                texts.viewAll, AuditList(query).address, object: texts.name(of: .activity))
        ) {
            if state.events.events.items.isEmpty {
                empty(texts.noEventsFound)
            } else {
                log {
                    for recorded in state.events.events.items {
                        entry(recorded.event, of: state)
                    }
                }
            }
        }
    }

    /// Who did it is said where it was another, and to whom where that was another.
    private func entry(_ event: Event, of state: UserState) -> HTML {
        let id = state.account.id
        var parts = origin(of: event.client)
        if event.actor != .account(id) { parts.append(actor(of: event, in: state.events)) }
        if let subject = event.subject, subject != id {
            parts.append(
                html {
                    texts.toAccount
                    " "
                    account(subject, in: state.events)
                })
        }
        return logEntry(
            time(event.time, now: service.now, texts: texts), texts.sentence(EventFacts(event)),
            about: joined(parts))
    }

    /// Who did it: a link to the person, or the kind of client.
    func actor(of event: Event, in list: EventList) -> HTML {
        switch event.actor {
        case .account(let id): account(id, in: list)
        case .apiKey(_, of: let id):
            html {
                texts.apiKeyOf
                " "
                account(id, in: list)
            }
        case .link: HTML(texts.holderOfLink)
        case .commandLine(let user): HTML(texts.commandLine(of: user))
        case .server: HTML(texts.theServer)
        case .client: HTML(texts.notSignedIn)
        }
    }

    /// The name of an account as a link to its page; of one that is deleted, a link to its events.
    func account(_ id: UUID, in list: EventList) -> HTML {
        guard let account = list[id] else {
            var query = EventQuery()
            query.account = id
            return a(AuditList(query).address) { texts.deletedAccount }
        }
        return a("\(Pages.Path.adminUsers)/\(id)") { bdi(account.name) }
    }
}
