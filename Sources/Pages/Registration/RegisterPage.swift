import Auth
import HTTP
import Web

extension Pages {
    /// Joining the team, with an invitation or without one.
    static func register(_ configuration: PagesConfiguration) -> [WebPage] {
        let failed: WebPage.Failed = { request, error throws(RequestError) in
            try PageContext(request, configuration).failedRegister(error)
        }
        return [
            WebPage(
                .get, Path.register, .init(on: .store),
                handler: { request throws(RequestError) in
                    EndpointResult(try PageContext(request, configuration).showRegister())
                }, failed: failed),
            WebPage(
                .post, Path.register,
                handler: { request throws(RequestError) in
                    let context = PageContext(request, configuration)
                    return context.result(try request.register())
                }, failed: failed),
        ]
    }
}

extension PageContext {
    fileprivate func showRegister() throws(RequestError) -> Response {
        guard let code = try request.inviteCode(in: nil) else {
            try domain { service throws(AuthError) in
                try service.registration.requireRegistrationOpen(invite: nil)
            }
            return registerPage(nil, nil)
        }
        let preview = try preview(code)
        guard preview.state == .open else { throw .domain(.invalidInvite) }
        return registerPage((code, preview), nil)
    }

    fileprivate func failedRegister(_ error: RequestError) throws(RequestError) -> Response? {
        if error.code == .registrationClosed { return failed(error, registrationClosedPage) }
        let code = try? request.inviteCode(in: try? form())
        let preview = try code.flatMap { code throws(RequestError) in try knownPreview(code) }
        if error.code == .invalidInvite, preview?.state != .open {
            return failed(error, invalidInvitePage(preview?.state))
        }
        // The general page of the error says more than a form that was not sent.
        guard !request.request.method.isSafe else { return nil }
        let failure = FormFailure(
            error,
            labels: [
                "username": texts.nameOfPerson, "email": texts.email, "password": texts.password,
            ], about: [.emailTaken: "email", .invalidInvite: "email"],
            saying: preview?.email.map {
                [.invalidInvite: texts.invitedAnotherEmail($0.address)]
            } ?? [:], title: texts.accountNotCreated, texts: texts)
        guard let failure else { return nil }
        let invite = code.flatMap { code in preview.map { (code, $0) } }
        return failed(error, registerPage(invite, failure))
    }

    private func preview(_ code: String) throws(RequestError) -> InvitePreview {
        try domain { service throws(AuthError) in try service.invites.preview(code: code) }
    }

    /// Nil for an invitation that does not exist.
    private func knownPreview(_ code: String) throws(RequestError) -> InvitePreview? {
        do throws(RequestError) {
            return try preview(code)
        } catch .domain(.invalidInvite) {
            return nil
        } catch {
            throw error
        }
    }

    private func registerPage(
        _ invite: (code: String, preview: InvitePreview)?, _ failure: FormFailure?
    ) -> Response {
        let needsApproval = invite == nil && service.state.settings.approval
        let email = failure == nil ? invite?.preview.email?.address : posted("email")
        return cardPage(
            texts.createYourAccount, lead: needsApproval ? texts.reviewedFirst : nil
        ) {
            failure?.summary(texts)
            if let invite, failure == nil { invitation(invite.preview) }
            postForm(Pages.Path.register, hidden: ["invite": invite?.code]) {
                field(
                    texts.nameOfPerson, name: "username", autocomplete: .name,
                    value: failure == nil ? nil : posted("username"),
                    isFocused: failure == nil, hint: texts.nameVisibleToMembers,
                    error: failure?["username"])
                field(
                    texts.email, name: "email", autocomplete: .username, type: .email,
                    value: email,
                    hint: invite?.preview.email == nil ? nil : texts.invitedEmailHint,
                    error: failure?["email"])
                newPasswordField(failure)
                button(texts.createAccountButton, .primary, isBlock: true)
            }
            signInInstead
        }
    }

    private func invitation(_ preview: InvitePreview) -> HTML {
        notice(
            .info,
            text: texts.invited(
                by: preview.inviterName, as: preview.role, on: preview.tier,
                until: time(preview.expiresAt, now: service.now, .sentence, texts: texts)),
            icon: .mail)
    }

    /// Nil for an invitation that does not exist.
    private func invalidInvitePage(_ state: Invite.State?) -> Response {
        let settings = service.state.settings
        return cardPage(
            state.map(texts.title) ?? texts.unknownInvitation,
            lead: state.map(texts.advice) ?? texts.unknownInvitationAdvice
        ) {
            linkButton(texts.goToSignIn, configuration.loginPage, .primary, isBlock: true)
            if settings.register && settings.nativeSignin {
                linkButton(texts.registerWithoutInvitation, Pages.Path.register, isBlock: true)
            }
        }
    }
}
