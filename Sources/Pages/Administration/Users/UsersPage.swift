import Auth
import Crypto
import HTTP
import Web

extension Pages {
    /// All accounts, found by words, filters, order and page of the address.
    static func adminUsers(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, Path.adminUsers, .init(on: .store, access: .administrator(.person)),
                handler: { request, caller throws(RequestError) in
                    try PageContext(request, configuration, caller).showUsers(by: caller)
                },
                failed: { request, error throws(RequestError) in
                    guard case .domain(.invalidInput) = error else { return nil }
                    let caller = try request.administrator(for: .person)
                    return try PageContext(request, configuration, caller).failedUsers(error)
                })
        ]
    }
}

/// What was done on the page of an account that is gone: `?done=deleted`.
enum UsersChange: String {
    case deleted
}

/// What the list shows.
private struct UsersState {
    let list: UserList
    let accounts: Page<Account>
    let lastSeen: [UUID: Timestamp]
    let administrator: Caller
}

extension PageContext {
    fileprivate func showUsers(by caller: Caller) throws(RequestError) -> Response {
        let list = try UserList(request.request)
        let state = try domain { service throws(AuthError) in
            let page = try service.administration.users(matching: list.query, list.page)
            return UsersState(
                list: list, accounts: page,
                lastSeen: try service.administration.lastSeen(of: page.items.map(\.id)),
                administrator: caller)
        }
        return usersPage(
            list, try accountCounts(), searched: list.query.text ?? "",
            notice: deletionNotice ?? decisionNotice
        ) {
            accountsPanel(state)
        }
    }

    private var deletionNotice: HTML? {
        UsersChange(rawValue: query("done")).map { _ in
            notice(.success, text: texts.userDeleted, follows: .action)
        }
    }

    /// The list without accounts, for an address that names none: it says what is wrong.
    fileprivate func failedUsers(_ error: RequestError) throws(RequestError) -> Response {
        let counts = try accountCounts()
        let failure = FormFailure(
            error, labels: ["query": texts.searchUsers], texts: texts)
        let summary =
            failure.map { $0.summary(texts) }
            ?? notice(.error, texts.noSuchList, text: texts.noSuchListAdvice, follows: .action)
        return failed(
            error,
            usersPage(
                nil, counts, searched: query("query"), error: failure?["query"], notice: summary
            ) {})
    }

    private func usersPage(
        _ list: UserList?, _ counts: BoundedCounts, searched: String, error: FieldError? = nil,
        notice: HTML?,
        @HTMLBuilder content: () -> HTML
    ) -> Response {
        let accounts = content()
        return appPage(
            .adminUsers, texts.users,
            head: pageHead(
                texts.users, about: texts.usersLead,
                actions: linkButton(texts.invitePerson, Pages.Path.adminInvites, .primary))
        ) {
            notice
            toolbar(
                Pages.Path.adminUsers, label: texts.searchUsers, name: "query", value: searched,
                verb: texts.search, error: error,
                hidden: list?.kept ?? [])
            statusFilters(list, counts)
            roleFilters(list)
            orders(list)
            accounts
            if caller?.account.role == .owner {
                actions { linkButton(texts.exportAccounts, "/auth/export") }
            }
        }
    }

    // MARK: Filters

    /// The parts by status, with how many accounts they have in all; the last is of those whose address
    /// is not confirmed, whatever their status.
    private func statusFilters(_ list: UserList?, _ counts: BoundedCounts) -> HTML {
        let base = list ?? UserList()
        func filter(
            _ text: String, _ count: BoundedCount, _ status: Account.Status?,
            emailVerified: Bool? = nil
        ) -> Filter {
            let target = base.with {
                $0.status = status
                $0.emailVerified = emailVerified
            }
            return Filter(
                text, target.address, count: self.text(count),
                isCurrent: target.query == list?.query)
        }
        return filters(
            texts.filterByStatus,
            [
                filter(texts.allAccounts, counts.accounts, nil),
                filter(texts.name(of: Account.Status.pending), counts.waiting, .pending),
                filter(texts.name(of: Account.Status.active), counts.active, .active),
                filter(texts.name(of: Account.Status.disabled), counts.disabled, .disabled),
                filter(texts.unconfirmedAccounts, counts.unconfirmed, nil, emailVerified: false),
            ])
    }

    private func roleFilters(_ list: UserList?) -> HTML {
        let base = list ?? UserList()
        let roles: [Account.Role?] = [nil] + Account.Role.allCases
        return filters(
            texts.filterByRole,
            roles.map { role in
                let target = base.with { $0.role = role }
                return Filter(
                    role.map { texts.name(of: $0) } ?? texts.allRoles, target.address,
                    isCurrent: target.query == list?.query)
            })
    }

    /// The orders: in a narrow window the table has no headings that sort it.
    private func orders(_ list: UserList?) -> HTML {
        let base = list ?? UserList()
        return filters(
            texts.orderOfUsers,
            AccountSort.allCases.map { sort in
                let target = base.with { $0.sort = sort }
                return Filter(
                    texts.name(of: sort), target.address, isCurrent: target.query == list?.query)
            })
    }

    // MARK: Accounts

    private func accountsPanel(_ state: UsersState) -> HTML {
        let list = state.list
        return panel(texts.users, id: "accounts", .flush, isTitleUnseen: true) {
            if state.accounts.items.isEmpty {
                empty(texts.noUsersFound)
            } else {
                table(columns(state), state.accounts.items)
            }
            listNavigation(
                state.accounts.next, isFirst: list.cursor == nil,
                at: UserList(list.query).address, texts.usersShown(state.accounts.items.count))
        }
    }

    private func columns(_ state: UsersState) -> [Column<Account>] {
        [
            .name(texts.nameOfPerson, sort: state.list.sortLink(.name, .nameDescending)) {
                person($0.name, about: $0.email.address, "\(Pages.Path.adminUsers)/\($0.id)")
            },
            .text(texts.status) { statusBadges(of: $0) },
            .text(texts.role) { texts.name(of: $0.role) },
            .text(texts.plan) { texts.name(of: $0.tier) },
            .short(texts.lastSeen) {
                state.lastSeen[$0.id].map(recently) ?? HTML(texts.notSeenLately)
            },
            .actions(texts.listActions) { decisionForms($0, state) },
        ]
    }

    private func decisionForms(_ account: Account, _ state: UsersState) -> HTML {
        let options = service.administration.options(for: account, of: state.administrator)
        guard options.mayDecide else { return HTML() }
        return decisionForms(
            account, from: state.list.query.status == .pending ? .waiting : .users,
            .secondary, .quietDanger)
    }

    /// A time of these days to the minute, any other to the day: a table has many.
    private func recently(_ moment: Timestamp) -> HTML {
        let now = service.now
        return moment.utcDay >= now.utcDay - 1
            ? time(moment, now: now, texts: texts) : date(moment, texts: texts)
    }

    /// The status of an account, and whether its address is confirmed.
    func statusBadges(of account: Account) -> HTML {
        html {
            switch account.status {
            case .active: badge(.active, texts.name(of: account.status))
            case .pending: badge(.pending, texts.name(of: account.status))
            case .disabled: badge(.disabled, texts.name(of: account.status))
            }
            if account.emailVerifiedAt == nil {
                " "
                badge(.unconfirmed, texts.unconfirmed)
            }
        }
    }
}
