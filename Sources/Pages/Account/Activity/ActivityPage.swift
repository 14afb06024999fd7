import Auth
import HTTP
import Web

extension Pages {
    /// All events of the account of the person who is signed in.
    static func activity(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, Path.activity, .init(on: .store, access: .activeAccount(.person)),
                handler: { request, caller throws(RequestError) in
                    try PageContext(request, configuration, caller).showActivity(of: caller)
                })
        ]
    }
}

extension PageContext {
    /// The events of one page.
    private static let activityPageSize = 25

    fileprivate func showActivity(of caller: Caller) throws(RequestError) -> Response {
        let cursor = try PageRequest(query: request.request.query).after
        let events = try domain { service throws(AuthError) in
            try service.audit.events(
                matching: EventQuery(), of: caller,
                PageRequest(limit: Self.activityPageSize, after: cursor))
        }
        let title = texts.name(of: .activity)
        return appPage(
            .account, title,
            head: pageHead(
                title, crumb: Link(texts.yourAccount, AccountSection.activity.address),
                about: texts.activityIntroduction),
            navigation: accountNavigation(current: .activity)
        ) {
            panel(title, id: "events", isTitleUnseen: true) {
                ownEvents(
                    events.items.map(\.event), of: caller.account.id, in: caller.session?.id)
                listNavigation(
                    events.next, isFirst: cursor == nil, at: Pages.Path.activity,
                    texts.eventsShown(events.items.count))
            }
        }
    }
}
