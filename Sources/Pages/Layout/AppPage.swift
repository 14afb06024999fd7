import Auth
import HTTP
import Web

/// A place in the navigation of the account and the administration.
enum AppPlace: Equatable {
    case account
    case adminOverview, adminUsers, adminInvites, adminMails, adminSettings

    /// Whether it is in the administration.
    var isAdministration: Bool { self != .account }
}

extension PageContext {
    /// A page of the account or the administration: navigation, and sections in one column.
    ///
    /// - Parameters:
    ///   - place: Marked in the navigation.
    ///   - title: Of the window, and of the page where `head` is nil.
    ///   - lead: The line below the title.
    ///   - head: The header of the page, where it has more than title and lead.
    ///   - status: Of the response.
    ///   - content: The sections.
    /// - Returns: The response.
    func appPage(
        _ place: AppPlace, _ title: String, lead: String? = nil, head: HTML? = nil,
        status: Status = .ok, @HTMLBuilder content: () -> HTML
    ) -> Response {
        let sections = content()
        let document = document(title: title, frame: "app") {
            element("a", .class("skip unseen"), .href("#main")) { texts.skipToContent }
            topBar(place)
            div("shell") {
                sideNavigation(place)
                element("main", .id("main"), Attribute("tabindex", "-1")) {
                    head ?? pageHead(title, about: lead)
                    sections
                }
            }
        }
        return response(status, document)
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

    private func sideNavigation(_ place: AppPlace) -> HTML {
        let label = place.isAdministration ? texts.administration : texts.account
        return element("nav", .class("sidenav"), .aria(.label, label)) {
            element("ul") {
                for entry in entries(beside: place) {
                    li {
                        element(
                            "a", .href(entry.address),
                            Attribute.aria(.current, "page").when(entry.isCurrent)
                        ) { entry.label }
                    }
                }
            }
        }
    }

    private func entries(
        beside place: AppPlace
    ) -> [(label: String, address: String, isCurrent: Bool)] {
        guard place.isAdministration else {
            let account = Pages.Path.account
            return [
                (texts.overview, account, true),
                (texts.security, "\(account)#security", false),
                (texts.sessions, "\(account)#sessions", false),
                (texts.apiKeys, "\(account)#keys", false),
                (texts.yourData, "\(account)#data", false),
            ]
        }
        return [
            (texts.overview, Pages.Path.admin, place == .adminOverview),
            (texts.users, Pages.Path.adminUsers, place == .adminUsers),
            (texts.invitations, Pages.Path.adminInvites, place == .adminInvites),
            (texts.emails, Pages.Path.adminMails, place == .adminMails),
            (texts.settings, Pages.Path.adminSettings, place == .adminSettings),
        ]
    }
}
