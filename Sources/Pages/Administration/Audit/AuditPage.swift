import Auth
import HTTP
import Web

extension Pages {
    /// The record of what happened, found by kind, account and time in the address.
    static func adminAudit(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, Path.adminAudit, .init(on: .store, access: .administrator(.person)),
                handler: { request, caller throws(RequestError) in
                    try PageContext(request, configuration, caller).showAudit()
                },
                failed: { request, error throws(RequestError) in
                    guard case .domain(.invalidInput) = error else { return nil }
                    let caller = try request.administrator(for: .person)
                    return try PageContext(request, configuration, caller).failedAudit(error)
                })
        ]
    }
}

extension PageContext {
    fileprivate func showAudit() throws(RequestError) -> Response {
        let text = query("account")
        // Programs name an account by its id, people by its address.
        if text.contains("@") {
            let account = try domain { service throws(AuthError) in
                try service.administration.user(ofEmail: text)
            }
            guard let account else {
                return try auditPage {
                    panel(texts.audit, id: "events", .flush, isTitleUnseen: true) {
                        empty(texts.noAccountOfEmail)
                    }
                }
            }
            return seeOther(try address(ofEventsOf: account))
        }
        let list = try AuditList(request.request)
        let events = try domain { service throws(AuthError) in
            try EventList(service, matching: list.query, list.page)
        }
        return try auditPage { eventsPanel(events, of: list) }
    }

    /// The same list with the id of the account in the place of its address.
    private func address(ofEventsOf account: Account) throws(RequestError) -> String {
        var query = EventQuery()
        query.account = account.id
        query.kind = EventKind(rawValue: self.query("kind"))
        query.since = Timestamp(rfc3339: self.query("since"))
        return AuditList(query).address
    }

    /// The page without events, for an address that names no list: it says what is wrong.
    fileprivate func failedAudit(_ error: RequestError) throws(RequestError) -> Response {
        let failure = FormFailure(
            error,
            labels: [
                "kind": texts.kindOfEvent, "account": texts.accountOfEvent,
                "since": texts.eventsSince,
            ], texts: texts)
        let summary =
            failure.map { $0.summary(texts) }
            ?? notice(.error, texts.noSuchList, text: texts.noSuchListAdvice, follows: .action)
        return failed(error, try auditPage(failure, summary) {})
    }

    private func auditPage(
        _ failure: FormFailure? = nil, _ summary: HTML? = nil, @HTMLBuilder content: () -> HTML
    ) throws(RequestError) -> Response {
        let state = try domain { service throws(AuthError) in try service.audit.chainState() }
        let events = content()
        return appPage(.adminAudit, texts.audit, lead: texts.auditLead) {
            summary
            filterFields(failure)
            events
            chainPanel(state)
        }
    }

    private func filterFields(_ failure: FormFailure?) -> HTML {
        filterForm(Pages.Path.adminAudit, label: texts.filterEvents) {
            selectField(
                texts.kindOfEvent, name: "kind",
                [SelectOption("", texts.allKinds)]
                    + EventKind.allCases.map { SelectOption($0.rawValue, texts.name(of: $0)) },
                selected: query("kind"), error: failure?["kind"])
            field(
                texts.accountOfEvent, name: "account", autocomplete: .off, type: .search,
                value: query("account"), presence: .unmarked, error: failure?["account"])
            field(
                texts.eventsSince, name: "since", autocomplete: .off, type: .date,
                value: String(query("since").prefix(10)), presence: .unmarked,
                error: failure?["since"])
            button(texts.showEvents)
        }
    }

    // MARK: Events

    private func eventsPanel(_ list: EventList, of audit: AuditList) -> HTML {
        panel(texts.audit, id: "events", .flush, isTitleUnseen: true) {
            if list.events.items.isEmpty {
                empty(texts.noEventsFound)
            } else {
                table(columns(list), list.events.items.map(\.event))
            }
            listNavigation(
                list.events.next, isFirst: audit.cursor == nil, at: audit.address,
                texts.eventsShown(list.events.items.count))
        }
    }

    private func columns(_ list: EventList) -> [Column<Event>] {
        [
            .sentence(texts.event) { event in
                texts.sentence(EventFacts(event))
                let details = details(of: event, in: list)
                if !details.isEmpty { div("muted small") { joined(details, by: "; ") } }
            },
            .text(texts.account) { event in event.subject.map { account($0, in: list) } },
            .text(texts.actorOfEvent) { event in actor(of: event, in: list) },
            .text(texts.clientOfEvent) { event in joined(origin(of: event.client)) },
            .text(texts.timeOfEvent) { event in
                time(event.time, now: service.now, texts: texts)
            },
        ]
    }

    /// What the sentence does not say, but for the name and the address of the account beside it.
    private func details(of event: Event, in list: EventList) -> [HTML] {
        let account = event.subject.flatMap { list[$0] }
        let known = account.map {
            [EventChange(.name, to: $0.name), EventChange(.email, to: $0.email.address)]
        }
        return EventFacts(event).others.filter { known?.contains($0) != true }.map {
            eventDetail($0, of: event.kind, now: service.now, texts: texts)
        }
    }
}
