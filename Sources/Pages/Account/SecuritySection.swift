import Auth
import Crypto
import HTTP
import Web

extension Pages {
    /// The ways to sign in of an account: each button a form.
    static func security(_ configuration: PagesConfiguration) -> [WebPage] {
        let rules = RouteRules(on: .store, access: .activeAccount(.person))
        let proven = RouteRules.proven(.activeAccount(.person))
        return [
            WebPage(
                .post, Path.passkeys,
                handler: { request throws(RequestError) in
                    try PageContext(request, configuration).addPasskey()
                },
                failed: { request, error throws(RequestError) in
                    try PageContext(request, configuration).failedFactorForm(error)
                }),
            accountForm(
                .renamePasskey, "\(Path.passkeys)/{id}/rename", configuration, rules
            ) { context, caller throws(RequestError) in
                let (id, name) = (try context.request.idInPath(), try context.form().text("name"))
                _ = try context.domain { service throws(AuthError) in
                    try service.passkeys.rename(id, to: name, by: caller)
                }
                return context.seeOther(AccountChangeMade.passkeyRenamed.address)
            },
            accountForm(
                .removePasskey, "\(Path.passkeys)/{id}/delete", configuration, proven
            ) { context, caller throws(RequestError) in
                let id = try context.request.idInPath()
                try context.domain { service throws(AuthError) in
                    try isDone { () throws(AuthError) in
                        try service.passkeys.remove(
                            id, by: caller, from: context.request.clientContext)
                    }
                }
                return context.seeOther(AccountChangeMade.passkeyRemoved.address)
            },
            accountForm(
                .removePassword, "/auth/password/delete", configuration, proven
            ) { context, caller throws(RequestError) in
                try context.domain { service throws(AuthError) in
                    try service.factors.removePassword(
                        by: caller, from: context.request.clientContext)
                }
                return context.seeOther(AccountChangeMade.passwordRemoved.address)
            },
            accountForm(
                .endTrust, "/auth/trusted-browsers/{id}/delete", configuration, rules
            ) { context, caller throws(RequestError) in
                let id = try context.request.idInPath()
                try context.domain { service throws(AuthError) in
                    try isDone { () throws(AuthError) in
                        try service.factors.endTrust(id, of: caller)
                    }
                }
                return context.seeOther(AccountChangeMade.trust.address)
            },
        ]
    }
}

extension PageContext {
    fileprivate func addPasskey() throws(RequestError) -> EndpointResult {
        let body = try form()
        let owner = try factorOwner()
        if case .caller(let caller) = owner, !body.has("credential") {
            // The script got no options for want of a fresh proof: it is asked for here.
            _ = try domain { service throws(AuthError) in
                try service.passkeys.registrationOptions(
                    by: owner, password: .absent, from: request.clientContext)
            }
            return EndpointResult(passkeyPage, account: caller.account.id)
        }
        let registration = try PasskeyRegistration(body)
        let new = try domain { service throws(AuthError) in
            try service.passkeys.register(
                registration, name: body.text("name"), by: owner, from: request.clientContext)
        }
        return enrolledResult(
            new.recoveryCodes, new.signedIn, of: owner.account, change: .passkey)
    }

    /// The button once more, after the proof that it lacked.
    private var passkeyPage: Response {
        cardPage(texts.addPasskey, lead: texts.passkeysAbout, usesPasskeys: true) {
            passkeyForm(
                Pages.Path.passkeys, .create, at: "\(service.websiteURL)",
                hidden: [("name", posted("name")), ("return_to", returnAddress?.location)],
                texts.addPasskey, .primary, texts: texts)
            links(texts.otherWays, [Link(texts.cancel, AccountSection.security.address)])
        }
    }

    /// Password, passkeys, authenticator app, recovery codes and trusted browsers.
    func securitySection(_ state: AccountState) -> HTML {
        panel(
            texts.name(of: .security), id: AccountSection.security.rawValue,
            about: texts.securityIntroduction
        ) {
            doneNotice(state, in: .security)
            for form in [
                AccountForm.factor, .recoveryCodes, .removeApp, .renamePasskey, .removePasskey,
                .removePassword, .endTrust,
            ] {
                failureNotice(state, of: form)
            }
            if !state.factors.hasSecondFactor { notice(.info, text: texts.noSecondFactorYet) }
            rows {
                passwordRow(state)
                for passkey in state.factors.passkeys { passkeyRow(passkey) }
                appRow(state)
                if state.usesRecoveryCodes { recoveryRow(state) }
            }
            passkeyForms(state)
            if !state.trustedBrowsers.isEmpty {
                void("hr")
                element("div") {
                    heading(.third, texts.trustedBrowsers)
                    p("muted") { texts.trustedBrowsersAbout }
                }
                rows {
                    for browser in state.trustedBrowsers { trustedBrowserRow(browser) }
                }
            }
        }
    }

    private func passwordRow(_ state: AccountState) -> HTML {
        guard state.factors.hasPassword else {
            return row(
                .key, texts.passwordMethod,
                action: actions { linkButton(texts.setPassword, Pages.Path.changePassword) })
        }
        return row(
            .key, texts.passwordMethod,
            about: state.factors.mayRemovePassword ? texts.removePasswordConsequence : nil,
            action: actions {
                linkButton(
                    texts.change, Pages.Path.changePassword, object: texts.passwordMethod)
                if state.factors.mayRemovePassword {
                    postForm(
                        "/auth/password/delete",
                        button(texts.remove, .quietDanger, object: texts.passwordMethod))
                }
            })
    }

    private func passkeyRow(_ passkey: Passkey) -> HTML {
        row(
            .passkey, bdi(passkey.name),
            badge: passkey.isSynced ? badge(.plain, texts.syncedPasskey) : nil,
            about: history(passkey.createdAt, passkey.lastUsedAt),
            action: actions {
                fold(texts.renamePasskey) {
                    postForm("\(Pages.Path.passkeys)/\(passkey.id)/rename") {
                        field(
                            texts.passkeyName, name: "name", autocomplete: .off,
                            id: "name-\(passkey.id)", value: passkey.name)
                        actions { button(texts.saveName, object: passkey.name) }
                    }
                }
                postForm(
                    "\(Pages.Path.passkeys)/\(passkey.id)/delete",
                    button(texts.remove, .quietDanger, object: passkey.name))
            })
    }

    private func appRow(_ state: AccountState) -> HTML {
        guard let app = state.factors.totp else {
            return row(
                .phone, texts.authenticatorApp, about: texts.authenticatorAppAbout,
                action: actions {
                    postForm(
                        Pages.Path.authenticator,
                        button(texts.setUp, object: texts.authenticatorApp))
                })
        }
        return row(
            .phone, texts.authenticatorApp,
            about: history(app.createdAt, app.lastUsedAt),
            action: actions {
                postForm(
                    "\(Pages.Path.authenticator)/delete",
                    button(texts.remove, .quietDanger, object: texts.authenticatorApp))
            })
    }

    private func recoveryRow(_ state: AccountState) -> HTML {
        let count = state.factors.recoveryCodes
        let left = "\(texts.recoveryCodesLeft(count))."
        return row(
            .shield, texts.recoveryCodes,
            badge: state.lacksRecoveryCodes ? badge(.pending, texts.recoveryCodesRunLow) : nil,
            about: count == 0 ? left : "\(left) \(texts.replaceCodesConsequence)",
            action: actions { postForm(Pages.Path.recoveryCodes, button(texts.replaceCodes)) })
    }

    /// The warning above the sections while few recovery codes are left.
    func recoveryCodesWarning(_ state: AccountState) -> HTML? {
        guard state.lacksRecoveryCodes else { return nil }
        return notice(.warning, texts.fewRecoveryCodes(state.factors.recoveryCodes)) {
            p { texts.fewRecoveryCodesConsequence }
            actions { postForm(Pages.Path.recoveryCodes, button(texts.replaceCodes)) }
        }
    }

    @HTMLBuilder private func passkeyForms(_ state: AccountState) -> HTML {
        switch service.passkeys.availability {
        case .unavailable(let obstacle): p("muted") { texts.passkeysUnavailable(obstacle) }
        case .available(let rpID):
            fold(texts.addPasskey) {
                p("muted") { texts.passkeysAbout }
                passkeyForm(
                    Pages.Path.passkeys, .create, at: "\(service.websiteURL)", texts.addPasskey,
                    isBlock: false, texts: texts
                ) {
                    field(
                        texts.passkeyName, name: "name", autocomplete: .off, id: "passkey-name",
                        presence: .optional(mark: texts.optional), hint: texts.passkeyNameHint)
                }
            }
            passkeySignal(
                "signalAllAcceptedCredentials",
                Passkey.accepted(state.factors.passkeys, of: state.account.id, at: rpID))
        }
    }

    private func trustedBrowserRow(_ browser: TrustedBrowser) -> HTML {
        let device = Device(userAgent: browser.userAgent)
        let label = device.isKnown ? device.label(in: language) : texts.unknownDevice
        return row(
            .laptop, label,
            about: html {
                browser.address ?? texts.unknownAddress
                ", "
                texts.trustEnds(date(browser.expiresAt, texts: texts))
            },
            action: actions {
                postForm(
                    "/auth/trusted-browsers/\(browser.id)/delete",
                    button(texts.endTrust, .quiet, object: label))
            })
    }

    /// When a factor was added, and used last.
    func history(_ added: Timestamp, _ used: Timestamp?) -> HTML {
        html {
            texts.added(date(added, .sentence, texts: texts))
            ", "
            used.map { texts.used(time($0, now: service.now, .sentence, texts: texts)) }
                ?? HTML(texts.notUsedYet)
        }
    }
}

extension Passkey {
    /// What a password manager is told: the passkeys that an account has, as JSON.
    fileprivate static func accepted(_ passkeys: [Passkey], of id: UUID, at rpID: String) -> String
    {
        let handles = passkeys.map { "\"\(Base64URL.encode($0.handle))\"" }.joined(separator: ",")
        let user = Base64URL.encode(id.octets)
        return #"{"rpId":"\#(rpID)","userId":"\#(user)","allAcceptedCredentialIds":[\#(handles)]}"#
    }
}
