import Auth
import HTTP
import Web

extension Pages {
    /// The account of the person who is signed in: one page, where each change is a form of its own.
    static func account(_ configuration: PagesConfiguration) -> [WebPage] {
        let page = WebPage(
            .get, Path.account, .init(on: .store, access: .account(.person)),
            handler: { context, caller throws(RequestError) in
                try PageContext(context, configuration, caller).showAccount(of: caller)
            })
        return [page] + profile(configuration) + email(configuration) + security(configuration)
            + password(configuration)
            + sessions(configuration) + disown(configuration) + apiKeys(configuration)
            + data(configuration)
    }

    /// A form of the account page: runs, and leads back to the page, which says what was done; where it
    /// fails, the page shows it again with its values and what is wrong.
    static func accountForm(
        _ form: AccountForm, _ path: String, _ configuration: PagesConfiguration,
        _ rules: RouteRules? = nil,
        run: @escaping @Sendable (PageContext, Caller) throws(RequestError) -> Response
    ) -> WebPage {
        WebPage(
            .post, path, rules,
            handler: { context, caller throws(RequestError) in
                let proven = try PageContext(context, configuration, caller).proven(caller)
                return try run(PageContext(context, configuration, proven), proven)
            },
            failed: { context, error throws(RequestError) in
                guard FormFailure.mayShow(error) else { return nil }
                let caller = try context.callerOfFailure()
                let page = PageContext(context, configuration, caller)
                if let proof = try page.accountProofPage(after: form, error, of: caller) {
                    return proof
                }
                return try page.showAccount(of: caller, after: form, error)
            })
    }
}

extension PageContext {
    /// The page, as it is opened.
    func showAccount(of caller: Caller) throws(RequestError) -> Response {
        let made = AccountChangeMade(rawValue: query("done"))
        if let card = try unusableAccountPage(of: caller, made) { return card }
        var state = try accountState(of: caller)
        state.outcome = made.map(AccountOutcome.made) ?? .none
        return accountPage(state)
    }

    /// The page with a form that failed.
    func showAccount(
        of caller: Caller, after form: AccountForm, _ error: RequestError
    ) throws(RequestError) -> Response? {
        guard let failure = AccountFailure(form, error, texts: texts) else { return nil }
        if let card = try unusableAccountPage(of: caller, nil, failure) {
            return failed(error, card)
        }
        var state = try accountState(of: caller)
        state.outcome = .failed(failure)
        return failed(error, accountPage(state))
    }

    /// The page of a fresh proof for a form that failed without one; nil where the form has a field for
    /// the password that is enough, and for other errors.
    fileprivate func accountProofPage(
        after form: AccountForm, _ error: RequestError, of caller: Caller
    ) throws(RequestError) -> Response? {
        if case .domain(.reauthenticationRequired([.password])) = error, form.proof != nil {
            return nil
        }
        return try proofPage(after: error, of: caller, from: form.section.address)
    }

    private func accountPage(_ state: AccountState) -> Response {
        appPage(
            .account, texts.yourAccount, lead: texts.accountIntroduction,
            navigation: accountNavigation(state), usesPasskeys: state.factors.passkeysAvailable
        ) {
            recoveryCodesWarning(state)
            profileSection(state)
            emailSection(state)
            securitySection(state)
            passwordSection(state)
            sessionsSection(state)
            activitySection(state)
            apiKeysSection(state)
            dataSection(state)
        }
    }

    /// The sections of the account page, with how many sessions and keys there are.
    ///
    /// - Parameters:
    ///   - state: Of the account; nil where it is not known.
    ///   - current: The section that the page belongs to, where it is not the account page itself.
    /// - Returns: The links.
    func accountNavigation(
        _ state: AccountState? = nil, current: AccountSection? = nil
    ) -> [NavigationItem] {
        AccountSection.allCases.map { section in
            let count: Int? =
                switch section {
                case .sessions: state?.sessions.count
                case .keys: state?.keys.count
                default: nil
                }
            return NavigationItem(
                texts.name(of: section), section.address, count: count.map(texts.number),
                isCurrent: section == current)
        }
    }

    /// What a section says of the last action: that it was done.
    func doneNotice(_ state: AccountState, in section: AccountSection) -> HTML? {
        state.made(in: section).map { change in
            notice(.success, follows: .action, level: .third) {
                p { texts.done(change) }
                // The other person may have changed the password.
                if change == .disowned, service.sendsMail {
                    p { a(Pages.Path.forgotPassword) { texts.resetUnknownPassword } }
                }
            }
        }
    }

    /// The notice above a form that failed.
    func failureNotice(_ state: AccountState, of form: AccountForm) -> HTML? {
        state.failure(of: form).map { $0.summary(texts) }
    }
}
