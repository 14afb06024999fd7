import Auth
import Crypto
import HTTP

extension PageContext {
    /// The page of one account.
    func userPage(_ state: UserState) -> Response {
        let account = state.account
        return appPage(
            .adminUsers, account.name,
            head: pageHead(
                bdi(account.name), crumb: Link(texts.users, Pages.Path.adminUsers),
                badges: html {
                    statusBadges(of: account)
                    " "
                    badge(.plain, texts.name(of: account.role))
                    " "
                    badge(.plain, texts.name(of: account.tier))
                }, actions: headActions(state))
        ) {
            outcome(state)
            lockNotice(state)
            columns {
                factsSection(state)
                rightsSection(state)
            }
            userFactorsSection(state)
            userSessionsSection(state)
            userKeysSection(state)
            userInvitesSection(state)
            userEventsSection(state)
            deletionSection(state)
        }
    }

    /// What the last action led to.
    private func outcome(_ state: UserState) -> HTML? {
        if let failure = state.failure { return failure.summary(texts) }
        if let change = UserChange(rawValue: query("done")) {
            return notice(.success, text: texts.done(change), follows: .action)
        }
        return decisionNotice
    }

    private func headActions(_ state: UserState) -> HTML? {
        let (account, options) = (state.account, state.options)
        let buttons = html {
            if options.mayDecide { decisionForms(account, from: .user, .primary, .danger) }
            if options.mayReset, service.sendsMail {
                postForm("/auth/users/\(account.id)/reset", button(texts.sendResetLink))
            }
            if options.maySwitch {
                let isActive = account.status == .active
                postForm(
                    "/auth/users/\(account.id)/update",
                    hidden: ["status": isActive ? "disabled" : "active"],
                    isActive
                        ? button(texts.disableAccount, .danger) : button(texts.enableAccount))
            }
        }
        return buttons.isEmpty ? nil : buttons
    }

    private func lockNotice(_ state: UserState) -> HTML? {
        state.lock.map { lock in
            notice(.warning, texts.signInLimited) {
                p {
                    texts.failedSignIns(
                        lock.failures,
                        until: time(lock.until, now: service.now, .sentence, texts: texts))
                }
                if state.options.mayChange {
                    actions {
                        postForm(
                            "/auth/users/\(state.account.id)/unlock",
                            button(texts.unlockAccount))
                    }
                }
            }
        }
    }

    // MARK: Sections

    private func factsSection(_ state: UserState) -> HTML {
        let (account, now) = (state.account, service.now)
        let isConfirmed = account.emailVerifiedAt != nil
        return panel(texts.account, id: "facts") {
            facts {
                fact(
                    texts.email,
                    html {
                        bdi(account.email.address)
                        " "
                        emailBadge(of: account)
                    })
                fact(texts.created, time(account.createdAt, now: now, texts: texts))
                if let approved = account.approvedAt {
                    fact(texts.approvedAt, time(approved, now: now, texts: texts))
                }
                fact(
                    texts.lastSeen,
                    state.lastSeen.map { time($0, now: now, texts: texts) }
                        ?? HTML(texts.notSeenLately))
                fact(texts.identifier, identifier: account.id.description)
            }
            if state.options.mayChange {
                if !isConfirmed {
                    postForm(
                        "/auth/users/\(account.id)/update", hidden: ["emailVerified": "true"],
                        button(texts.markEmailConfirmed))
                }
                nameForm(state)
            }
        }
    }

    private func nameForm(_ state: UserState) -> HTML {
        let failure = state.failure(of: .name)
        return fold(texts.changeName, isOpen: failure != nil) {
            postForm("/auth/users/\(state.account.id)/update") {
                field(
                    texts.nameOfPerson, name: "name", autocomplete: .off,
                    value: failure == nil ? state.account.name : posted("name"),
                    error: failure?["name"])
                actions { button(texts.saveName) }
            }
        }
    }

    private func rightsSection(_ state: UserState) -> HTML {
        let (account, failure) = (state.account, state.failure(of: .rights))
        return panel(texts.rightsTitle, id: "rights", about: texts.rightsConsequence) {
            if state.options.mayChange {
                postForm("/auth/users/\(account.id)/update") {
                    selectField(
                        texts.role, name: "role",
                        (state.options.roles.isEmpty ? [account.role] : state.options.roles).map {
                            SelectOption($0.rawValue, texts.name(of: $0))
                        },
                        selected: failure == nil ? account.role.rawValue : posted("role"),
                        error: failure?["role"],
                        locked: state.options.roles.isEmpty ? texts.roleIsFixed : nil)
                    selectField(
                        texts.plan, name: "tier",
                        Account.Tier.allCases.map {
                            SelectOption($0.rawValue, texts.name(of: $0))
                        },
                        selected: failure == nil ? account.tier.rawValue : posted("tier"),
                        error: failure?["tier"])
                    actions { button(texts.saveRights) }
                }
            } else {
                facts {
                    fact(texts.role, texts.name(of: account.role))
                    fact(texts.plan, texts.name(of: account.tier))
                }
                p("muted") { texts.ownerAlone }
            }
        }
    }

    private func userFactorsSection(_ state: UserState) -> HTML {
        let factors = state.factors
        let mayReset = state.options.mayChange && !state.isOwn && factors.hasSecondFactor
        return panel(texts.signInMethods, id: "factors") {
            rows {
                if factors.hasPassword { row(.key, texts.passwordMethod) }
                for passkey in factors.passkeys {
                    row(
                        .passkey, bdi(passkey.name),
                        badge: passkey.isSynced ? badge(.plain, texts.syncedPasskey) : nil,
                        about: history(passkey.createdAt, passkey.lastUsedAt))
                }
                if let app = factors.totp {
                    row(
                        .phone, texts.authenticatorApp,
                        about: history(app.createdAt, app.lastUsedAt))
                }
                if factors.hasSecondFactor {
                    row(
                        .shield, texts.recoveryCodes,
                        about: texts.recoveryCodesLeft(factors.recoveryCodes))
                }
            }
            if !factors.hasSecondFactor { p("muted") { texts.noFactors } }
            if mayReset {
                p("muted") { texts.resetFactorsConsequence }
                postForm(
                    "/auth/users/\(state.account.id)/factors/delete",
                    button(texts.resetFactors, .danger))
            }
        }
    }

    private func userSessionsSection(_ state: UserState) -> HTML {
        let path = "/auth/users/\(state.account.id)/sessions/end"
        let mayEnd = state.options.mayChange && !state.sessions.isEmpty
        return panel(
            texts.sessions, id: "sessions",
            actions: mayEnd ? postForm(path, button(texts.endAllSessions)) : nil
        ) {
            if state.sessions.isEmpty {
                empty(texts.noSessionsOfUser)
            } else {
                rows {
                    for details in state.sessions {
                        sessionRow(
                            details, isOwn: details.session.id == caller?.session?.id,
                            end: mayEnd
                                ? (path, ["session": details.session.id.description]) : nil)
                    }
                }
            }
        }
    }

    private func userKeysSection(_ state: UserState) -> HTML {
        let path = "/auth/users/\(state.account.id)/api-keys/revoke"
        let mayRevoke = state.options.mayChange && !state.keys.isEmpty
        return panel(
            texts.apiKeys, id: "keys",
            actions: mayRevoke && state.keys.count > 1
                ? postForm(path, button(texts.revokeAllKeys)) : nil
        ) {
            if state.keys.isEmpty {
                empty(texts.noKeysOfUser)
            } else {
                rows {
                    for details in state.keys {
                        apiKeyRow(
                            details,
                            revoke: mayRevoke
                                ? postForm(
                                    path, hidden: ["key": details.key.id.description],
                                    button(texts.revoke, .quietDanger, object: details.name))
                                : nil)
                    }
                }
            }
        }
    }

    private func userInvitesSection(_ state: UserState) -> HTML {
        panel(texts.invitations, id: "invitations", about: texts.invitationsOfUser) {
            if state.invites.items.isEmpty {
                empty(texts.noInvitationsOfUser)
            } else {
                rows {
                    for invite in state.invites.items { inviteRow(invite) }
                }
                listNavigation(
                    state.invites.next, isFirst: state.areInvitesFirst,
                    at: "\(Pages.Path.adminUsers)/\(state.account.id)")
            }
        }
    }

    private func inviteRow(_ invite: Invite) -> HTML {
        row(
            .mail, bdi(invite.email?.address ?? texts.anyoneWithInvitation),
            badge: stateBadge(invite.state(at: service.now)),
            about: html {
                "\(texts.name(of: invite.role)), \(texts.name(of: invite.tier)), "
                "\(texts.invitationUses(invite.uses, of: invite.maximumUses)), "
                texts.expires(date(invite.expiresAt, .sentence, texts: texts))
            })
    }

    private func deletionSection(_ state: UserState) -> HTML? {
        guard state.options.mayDelete else { return nil }
        let failure = state.failure(of: .deletion)
        return panel(
            texts.deleteAccount, id: "delete", about: texts.deleteUserConsequence, .perilous
        ) {
            postForm("/auth/users/\(state.account.id)/delete", class: "toolbar") {
                field(
                    texts.typeToConfirm(state.account.email.address), name: "confirm",
                    autocomplete: .off,
                    value: failure == nil ? nil : posted("confirm"),
                    error: failure?["confirm"])
                button(texts.deleteAccount, .danger)
            }
        }
    }
}
