import Auth
import Crypto
import HTTP
import Web

extension Pages {
    /// Invitations: creating, pausing and revoking them.
    static func adminInvites(_ configuration: PagesConfiguration) -> [WebPage] {
        let rules = RouteRules(on: .store, access: .administrator(.person))
        return [
            WebPage(
                .get, Path.adminInvites, rules,
                handler: { request, caller throws(RequestError) in
                    let context = PageContext(request, configuration, caller)
                    return try context.invitesPage(
                        InvitesOutcome(done: InviteChange(rawValue: context.query("done"))))
                }),
            WebPage(
                .post, "/auth/invites",
                handler: { request, caller throws(RequestError) in
                    let proven = try PageContext(request, configuration, caller).proven(caller)
                    return try PageContext(request, configuration, proven).postInvite(by: proven)
                },
                failed: { request, error throws(RequestError) in
                    guard FormFailure.mayShow(error) else { return nil }
                    let caller = try request.administrator(for: .person)
                    let context = PageContext(request, configuration, caller)
                    if let proof = try context.invitesProofPage(after: error, of: caller) {
                        return proof
                    }
                    return try context.failedInvite(error)
                }),
        ]
            + InviteChange.allCases.map { change in
                WebPage(
                    .post, "/auth/invites/{id}/\(change.rawValue)", rules,
                    handler: { request, caller throws(RequestError) in
                        let proven = try PageContext(request, configuration, caller)
                            .proven(caller)
                        return try PageContext(request, configuration, proven)
                            .post(change, by: proven)
                    },
                    failed: { request, error throws(RequestError) in
                        guard FormFailure.mayShow(error) else { return nil }
                        let caller = try request.administrator(for: .person)
                        return try PageContext(request, configuration, caller)
                            .invitesProofPage(after: error, of: caller)
                    })
            }
    }
}

/// What is done with an invitation: the end of the path that the form posts to.
private enum InviteChange: String, CaseIterable {
    case pause, resume, revoke
}

/// What the last action led to.
private struct InvitesOutcome {
    /// A new invitation, whose code is shown this once.
    var created: NewInvite?
    /// The invitation that an earlier post of the same form created.
    var createdBefore: Invite?
    var done: InviteChange?
    var failure: FormFailure?
}

extension PageContext {
    fileprivate func postInvite(by caller: Caller) throws(RequestError) -> Response {
        let body = try form()
        let request = InviteRequest(body)
        let result = try domain { service throws(AuthError) in
            try service.invites.createInvite(request, id: formID, by: .caller(caller))
        }
        let outcome =
            switch result {
            case .made(let new): InvitesOutcome(created: new)
            case .alreadyMade(let invite): InvitesOutcome(createdBefore: invite)
            }
        return try invitesPage(outcome)
    }

    /// The page of a fresh proof, for what lets people in; nil for other errors.
    fileprivate func invitesProofPage(
        after error: RequestError, of caller: Caller
    ) throws(RequestError) -> Response? {
        try proofPage(after: error, of: caller, from: Pages.Path.adminInvites)
    }

    fileprivate func failedInvite(_ error: RequestError) throws(RequestError) -> Response? {
        let labels: KeyValuePairs = [
            "email": texts.email, "maxUses": texts.invitationMaximumUses, "role": texts.role,
            "tier": texts.plan, "expiresIn": texts.invitationValidFor,
        ]
        guard
            let failure = FormFailure(
                error, labels: labels, about: [.emailTaken: "email"], texts: texts)
        else { return nil }
        return failed(error, try invitesPage(InvitesOutcome(failure: failure)))
    }

    fileprivate func post(
        _ change: InviteChange, by caller: Caller
    ) throws(RequestError) -> Response {
        let id = try request.idInPath()
        try domain { service throws(AuthError) in
            switch change {
            case .pause: _ = try service.invites.setInvite(id, paused: true, by: .caller(caller))
            case .resume: _ = try service.invites.setInvite(id, paused: false, by: .caller(caller))
            case .revoke:
                try Pages.isDone { () throws(AuthError) in
                    try service.invites.removeInvite(id, by: .caller(caller))
                }
            }
        }
        return seeOther("\(Pages.Path.adminInvites)?done=\(change.rawValue)")
    }

    // MARK: View

    fileprivate func invitesPage(_ outcome: InvitesOutcome) throws(RequestError) -> Response {
        let request = request.request.method.isSafe ? try request.pageRequest() : PageRequest()
        let page = try domain { service throws(AuthError) in try service.invites.invites(request) }
        let makers = try names(ofMakersOf: page.items)
        return appPage(.adminInvites, texts.invitations, lead: texts.invitationsLead) {
            if let done = outcome.done { notice(.success, text: text(done), follows: .action) }
            if let created = outcome.created { createdPanel(created) }
            if let invite = outcome.createdBefore { createdBeforeNotice(invite) }
            newInvitePanel(outcome)
            listPanel(page, makers, isFirst: request.after == nil)
        }
    }

    private func text(_ change: InviteChange) -> String {
        switch change {
        case .pause: texts.invitationPaused
        case .resume: texts.invitationResumed
        case .revoke: texts.invitationRevoked
        }
    }

    private func createdPanel(_ created: NewInvite) -> HTML {
        panel(texts.invitationCreated, id: "created", isTitleUnseen: true) {
            notice(.success, texts.invitationCreated, follows: .action) {
                p {
                    texts.sendInvitation(
                        uses: created.invite.maximumUses,
                        until: time(
                            created.invite.expiresAt, now: service.now, .sentence, texts: texts))
                }
                if let email = created.invite.email, service.sendsMail {
                    p { texts.invitationMailed(email.address) }
                }
            }
            secret(created.link, id: "link", copy: texts.copyInvitationLink, texts: texts)
            secret(created.code, id: "code", copy: texts.copyInvitationCode, texts: texts)
        }
    }

    private func createdBeforeNotice(_ invite: Invite) -> HTML {
        notice(.info, texts.invitationCreatedBefore, follows: .action) {
            p {
                texts.invitationCreatedBeforeAdvice(
                    time(invite.createdAt, now: service.now, .sentence, texts: texts))
            }
        }
    }

    private func newInvitePanel(_ outcome: InvitesOutcome) -> HTML {
        let failure = outcome.failure
        func value(_ name: String, _ standard: String) -> String {
            failure == nil ? standard : posted(name)
        }
        return panel(texts.invitePerson, id: "new") {
            failure?.summary(texts)
            postForm("/auth/invites", hidden: ["form_id": "\(UUID.random())"]) {
                pair {
                    field(
                        texts.email, name: "email", autocomplete: .off, type: .email,
                        value: value("email", ""), presence: .optional(mark: texts.optional),
                        hint: service.sendsMail
                            ? texts.inviteEmailHint : texts.inviteEmailHintWithoutMail,
                        error: failure?["email"])
                    field(
                        texts.invitationMaximumUses, name: "maxUses", autocomplete: .off,
                        type: .number(
                            Int(Invite.useBounds.lowerBound)...Int(Invite.useBounds.upperBound)),
                        value: value("maxUses", "1"), error: failure?["maxUses"])
                }
                pair {
                    selectField(
                        texts.role, name: "role", roleOptions,
                        selected: value("role", Account.Role.member.rawValue),
                        error: failure?["role"])
                    selectField(
                        texts.plan, name: "tier",
                        Account.Tier.allCases.map {
                            SelectOption($0.rawValue, texts.name(of: $0))
                        }, selected: value("tier", Account.Tier.free.rawValue),
                        error: failure?["tier"])
                    selectField(
                        texts.invitationValidFor, name: "expiresIn",
                        ["1d", "7d", "30d", "1y"].map { SelectOption($0, texts.period($0)) },
                        selected: value("expiresIn", "7d"), error: failure?["expiresIn"])
                }
                actions { button(texts.createInvitation, .primary) }
            }
        }
    }

    private var roleOptions: [SelectOption] {
        (caller.map(service.administration.assignableRoles) ?? []).map {
            SelectOption($0.rawValue, texts.name(of: $0))
        }
    }

    private func listPanel(_ page: Page<Invite>, _ makers: [UUID: String], isFirst: Bool) -> HTML {
        panel(texts.allInvitations, id: "all", .flush) {
            if page.items.isEmpty {
                empty(texts.noInvitations)
            } else {
                table(columns(makers), page.items)
                listNavigation(page.next, isFirst: isFirst, at: Pages.Path.adminInvites)
            }
        }
    }

    private func columns(_ makers: [UUID: String]) -> [Column<Invite>] {
        let now = service.now
        return [
            .name(texts.invitationFor) { invite in
                person(
                    invite.email?.address ?? texts.anyoneWithInvitation,
                    about: invite.createdBy.flatMap { makers[$0] }.map(texts.invitationMade(by:))
                        ?? texts.invitationMadeByCommandLine)
            },
            .text(texts.status) { invite in stateBadge(invite.state(at: now)) },
            .text(texts.roleAndPlan) { invite in
                "\(texts.name(of: invite.role)), \(texts.name(of: invite.tier))"
            },
            .number(texts.invitationUsed) { invite in
                texts.invitationUses(invite.uses, of: invite.maximumUses)
            },
            .short(texts.invitationValidUntil) { invite in date(invite.expiresAt, texts: texts) },
            .actions(texts.listActions) { invite in inviteActions(invite, at: now) },
        ]
    }

    /// The state of an invitation.
    func stateBadge(_ state: Invite.State) -> HTML {
        switch state {
        case .open: badge(.active, texts.invitationOpen)
        case .paused: badge(.pending, texts.invitationIsPaused)
        case .expired: badge(.expired, texts.invitationExpired)
        case .usedUp: badge(.disabled, texts.invitationUsedUp)
        }
    }

    private func inviteActions(_ invite: Invite, at now: Timestamp) -> HTML {
        let object =
            invite.email.map { texts.invitationOf($0.address) } ?? texts.invitationForAnyone
        func form(_ change: InviteChange, _ verb: String, _ style: ButtonStyle) -> HTML {
            postForm(
                "/auth/invites/\(invite.id)/\(change.rawValue)",
                button(verb, style, object: object))
        }
        return html {
            switch invite.state(at: now) {
            case .open: form(.pause, texts.pauseInvitation, .quiet)
            case .paused: form(.resume, texts.resumeInvitation, .quiet)
            case .expired, .usedUp: HTML()
            }
            if [.open, .paused].contains(invite.state(at: now)) {
                form(.revoke, texts.revoke, .quietDanger)
            }
        }
    }

    /// The names of the accounts that made invitations, as far as they exist.
    private func names(ofMakersOf invites: [Invite]) throws(RequestError) -> [UUID: String] {
        var names: [UUID: String] = [:]
        for id in Set(invites.compactMap(\.createdBy)) {
            names[id] = try domain { service throws(AuthError) in
                do throws(AuthError) {
                    return try service.administration.user(id).account.name
                } catch .notFound {
                    return nil
                }
            }
        }
        return names
    }
}
