import Auth
import HTTP
import Web

/// What the form of the sign-in page shows.
struct LoginForm {
    /// Where the browser goes on afterwards.
    var target: ReturnAddress?
    /// What was typed before.
    var email = ""
    var emailError: FieldError?
    var passwordError: FieldError?
    /// Above the form.
    var notice: HTML?
    /// Whether the form is shown for the first time: after a failure, the notice has the focus.
    var isNew = true
    /// The id of a passkey that this server does not know: the password manager is told.
    var unknownPasskey: String?

    /// What happened before the page was opened, as its address says: `?done=logout`.
    enum Done: String {
        /// The person signed out.
        case logout
        /// The password was set by the link of a mail.
        case password
        /// The account was deleted.
        case deleted
        /// The second step of a sign-in came too late, or was answered wrong too often.
        case expired
    }
}

extension SignInTexts {
    /// What happened before.
    func done(_ done: LoginForm.Done) -> String {
        switch done {
        case .logout: signedOut
        case .password: passwordWasSet
        case .deleted: accountWasDeleted
        case .expired: signInExpired
        }
    }
}

extension PageContext {
    /// The sign-in page.
    func loginPage(_ form: LoginForm) -> Response {
        cardPage(
            texts.signIn, lead: form.target?.host.map(texts.continueTo),
            formsLeadTo: form.target?.origin.map { [$0] } ?? [],
            usesPasskeys: offersPasskeys
        ) {
            form.notice
            postForm(Pages.Path.login, hidden: ["return_to": form.target?.location]) {
                field(
                    texts.email, name: "email",
                    autocomplete: offersPasskeys ? .usernameOrPasskey : .username,
                    type: .email, value: form.email.isEmpty ? nil : form.email,
                    isFocused: form.isNew,
                    error: form.emailError)
                passwordField(
                    texts.password, .current, error: form.passwordError, texts: texts)
                if offersPasskeys { passkeyOfferField }
                button(texts.signIn, .primary, isBlock: true)
            }
            if offersPasskeys { passkeySignInForm(form) }
            loginLinks
        }
    }

    /// Whether people may sign in with a passkey here.
    var offersPasskeys: Bool { service.passkeys.availability.isAvailable }

    /// Set by the script of passkeys: whether the browser could keep one.
    private var passkeyOfferField: HTML {
        void(
            "input", .type("hidden"), .name("passkeys"), .value(""), Attribute("data-passkey-offer")
        )
    }

    private func passkeySignInForm(_ form: LoginForm) -> HTML {
        html {
            passkeyForm(
                Pages.Path.passkeyLogin, .get, at: "\(service.websiteURL)",
                hidden: [("return_to", form.target?.location)], texts.signInWithPasskey,
                isSuggested: form.isNew, next: form.target?.location ?? Pages.Path.account,
                texts: texts
            ) { HTML() }
            if let id = form.unknownPasskey, let rpID = service.passkeys.availability.rpID {
                passkeySignal(
                    "signalUnknownCredential", #"{"rpId":"\#(rpID)","credentialId":"\#(id)"}"#)
            }
        }
    }

    /// What one may want to do instead, as far as the settings allow it.
    private var loginLinks: HTML? {
        let settings = service.state.settings
        var ways: [Link] = []
        if service.sendsMail { ways.append(Link(texts.forgotPassword, Pages.Path.forgotPassword)) }
        if settings.nativeSignin && settings.register {
            if settings.signup {
                ways.append(Link(texts.createAccount, Pages.Path.signup))
                ways.append(Link(texts.joinTeam, Pages.Path.register))
            } else {
                ways.append(Link(texts.createAccount, Pages.Path.register))
            }
        }
        return ways.isEmpty ? nil : links(texts.otherWays, ways, isApart: ways.count == 2)
    }

    /// The page for a person who is signed in: to go on, or to use another account.
    func alreadySignedInPage(_ account: Account) -> Response {
        let target = returnAddress
        return cardPage(
            texts.alreadySignedIn,
            lead: target?.host.map(texts.continueTo) ?? texts.continueOrSwitch
        ) {
            facts { fact(texts.signedInAs, identity(of: account)) }
            div("stack") {
                a(target?.location ?? Pages.Path.account, class: "button primary block") {
                    texts.continueAs(account.name)
                }
                switchAccountForm(target)
            }
        }
    }

    /// The page after the right password of an account that waits.
    var waitingPage: Response {
        let email = posted("email")
        return cardPage(texts.waitingTitle, lead: texts.waitingLead) {
            facts {
                fact(texts.email, email)
                fact(texts.status, badge(.pending, texts.waitingForApproval))
            }
            notice(
                .info,
                text: service.sendsMail
                    ? texts.emailAfterDecision(email) : texts.noEmailAfterDecision, icon: .mail)
            actions { linkButton(texts.checkAgain, signInAddress(returningTo: returnAddress)) }
        }
    }

    /// The page after the right password of an account whose address has to be confirmed: each sign-in
    /// sends a link, so that the form for another one is a sign-in, too.
    var unconfirmedPage: Response {
        let email = posted("email")
        let isRepeated = posted("resend") == "true"
        return cardPage(texts.unconfirmedTitle) {
            notice(
                isRepeated ? .success : .warning,
                text: isRepeated ? texts.linkSentAgain(email) : texts.openConfirmationLink(email),
                follows: .action, icon: .mail)
            postForm(
                Pages.Path.login,
                hidden: ["email": email, "resend": "true", "return_to": returnAddress?.location]
            ) {
                hiddenUsername(email)
                passwordField(
                    texts.password, .current, hint: texts.resendNeedsPassword, texts: texts)
                button(texts.sendLinkAgain, isBlock: true)
            }
            links(
                texts.otherWays,
                [Link(texts.signInAfterConfirmation, signInAddress(returningTo: returnAddress))])
        }
    }
}

extension PageContext {
    /// Who an account is, for its own person.
    func identity(of account: Account) -> HTML {
        html {
            bdi(account.name)
            ", "
            account.email.address
        }
    }

    /// The button that signs out and leads to sign-in, and from there to an address.
    func switchAccountForm(_ target: ReturnAddress?, _ style: ButtonStyle = .secondary) -> HTML {
        postForm(
            Pages.Path.logout, hidden: ["return_to": target?.location ?? Pages.Path.account],
            button(texts.switchAccount, style, isBlock: true))
    }
}
