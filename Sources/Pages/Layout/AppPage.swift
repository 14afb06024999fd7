import Auth
import HTTP
import Web

/// A place in the navigation of the account and the administration.
enum AppPlace: Equatable {
    case account
    case adminOverview, adminUsers, adminInvites, adminMails, adminAudit, adminExplain
    case adminSettings

    /// Whether it is in the administration.
    var isAdministration: Bool { self != .account }
}

/// A link of the navigation beside a page.
struct NavigationItem {
    let label: String
    let address: String
    /// How many things are there, formatted; nil where that is not said.
    let count: String?
    /// Whether the page is the one that it leads to.
    let isCurrent: Bool

    init(_ label: String, _ address: String, count: String? = nil, isCurrent: Bool = false) {
        self.label = label
        self.address = address
        self.count = count
        self.isCurrent = isCurrent
    }
}

extension PageContext {
    /// A page of the account or the administration: navigation, and sections in one column.
    ///
    /// - Parameters:
    ///   - place: Marked in the navigation.
    ///   - title: Of the window, and of the page where `head` is nil.
    ///   - lead: The line below the title.
    ///   - head: The header of the page, where it has more than title and lead.
    ///   - navigation: The links beside it, where they say how many things there are.
    ///   - status: Of the response.
    ///   - usesPasskeys: Whether a passkey may be used on it.
    ///   - content: The sections.
    /// - Returns: The response.
    func appPage(
        _ place: AppPlace, _ title: String, lead: String? = nil, head: HTML? = nil,
        navigation: [NavigationItem]? = nil, status: Status = .ok, usesPasskeys: Bool = false,
        @HTMLBuilder content: () -> HTML
    ) -> Response {
        let sections = content()
        let document = document(title: title, frame: "app", usesPasskeys: usesPasskeys) {
            element("a", .class("skip unseen"), .href("#main")) { texts.skipToContent }
            topBar(place)
            div("shell") {
                sideNavigation(place, navigation ?? items(beside: place))
                element("main", .id("main"), Attribute("tabindex", "-1")) {
                    head ?? pageHead(title, about: lead)
                    sections
                }
            }
        }
        return response(status, document, usesPasskeys: usesPasskeys)
    }

    private func topBar(_ place: AppPlace) -> HTML {
        element("header", .class("topbar")) {
            brand
            element("nav", .class("topnav"), .aria(.label, texts.areas)) {
                element(
                    "a", .href(Pages.Path.account),
                    Attribute.aria(.current, "true").when(!place.isAdministration)
                ) { texts.account }
                if caller?.account.isAdministrator == true {
                    element(
                        "a", .href(Pages.Path.admin),
                        Attribute.aria(.current, "true").when(place.isAdministration)
                    ) { texts.administration }
                }
            }
            div("who") {
                if let caller { element("span") { caller.account.email.address } }
                element("form", Attribute("method", "post"), Attribute("action", Pages.Path.logout))
                {
                    element("button", .class("button quiet")) { texts.signOut }
                }
            }
        }
    }

    private func sideNavigation(_ place: AppPlace, _ items: [NavigationItem]) -> HTML {
        let label = place.isAdministration ? texts.administration : texts.account
        return element("nav", .class("sidenav"), .aria(.label, label)) {
            element("ul") {
                for item in items {
                    li {
                        element(
                            "a", .href(item.address),
                            Attribute.aria(.current, "page").when(item.isCurrent)
                        ) {
                            item.label
                            if let count = item.count {
                                " "
                                span("count") { count }
                            }
                        }
                    }
                }
            }
        }
    }

    private func items(beside place: AppPlace) -> [NavigationItem] {
        guard place.isAdministration else { return accountNavigation() }
        return [
            NavigationItem(
                texts.overview, Pages.Path.admin, isCurrent: place == .adminOverview),
            NavigationItem(texts.users, Pages.Path.adminUsers, isCurrent: place == .adminUsers),
            NavigationItem(
                texts.invitations, Pages.Path.adminInvites, isCurrent: place == .adminInvites),
            NavigationItem(texts.emails, Pages.Path.adminMails, isCurrent: place == .adminMails),
            NavigationItem(texts.audit, Pages.Path.adminAudit, isCurrent: place == .adminAudit),
            NavigationItem(
                texts.refusedRequests, Pages.Path.adminExplain,
                isCurrent: place == .adminExplain),
            NavigationItem(
                texts.settings, Pages.Path.adminSettings, isCurrent: place == .adminSettings),
        ]
    }
}
