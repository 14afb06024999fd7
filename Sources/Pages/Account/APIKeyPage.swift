import Auth
import HTTP
import Web

extension PageContext {
    /// A key that was just created, with its text: this response is the only one that has it.
    func apiKeyPage(_ new: NewAPIKey, of caller: Caller) throws(RequestError) -> Response {
        let state = try accountState(of: caller)
        return apiKeyPage(texts.keyCreated, state) {
            notice(.warning, text: texts.copyKeyNow)
            div("field") {
                heading(.second, bdi(new.details.name), id: "key-title", class: "label")
                secret(new.text, id: "secret", copy: texts.copyKey, texts: texts)
            }
            apiKeyFacts(new.details, state)
            div("stack") {
                heading(.third, texts.tryIt)
                codeblock(
                    """
                    curl \(service.websiteURL)/auth/me \\
                      -H "Authorization: Bearer $LUNA_KEY"
                    """)
            }
            actions {
                linkButton(texts.keySaved, AccountSection.keys.address, .primary)
                revokeForm(new.details, button(texts.revokeKey, .quietDanger))
            }
        }
    }

    /// A key that an earlier request of the same form created: its text is not known any more.
    func apiKeyPage(_ details: APIKeyDetails, of caller: Caller) throws(RequestError) -> Response {
        let state = try accountState(of: caller)
        let isLive = state.keys.contains { $0.key.id == details.key.id }
        return apiKeyPage(texts.keyAlreadyCreated, state) {
            notice(.info, text: isLive ? texts.keyNotShownAgain : texts.keyNoLongerValid)
            heading(.second, bdi(details.name))
            apiKeyFacts(details, state)
            actions {
                linkButton(texts.goToKeys, AccountSection.keys.address)
                if isLive { revokeForm(details, button(texts.revokeKey, .quietDanger)) }
            }
        }
    }

    private func apiKeyPage(
        _ title: String, _ state: AccountState, @HTMLBuilder content: () -> HTML
    ) -> Response {
        appPage(
            .account, title,
            head: pageHead(
                title, crumb: Link(texts.name(of: .keys), AccountSection.keys.address)),
            navigation: accountNavigation(state, current: .keys)
        ) { panel(title, id: "created", isTitleUnseen: true, content) }
    }

    private func apiKeyFacts(_ details: APIKeyDetails, _ state: AccountState) -> HTML {
        facts {
            fact(
                texts.scopesOfKey,
                html {
                    for scope in [APIKey.Scopes.read, .write, .admin]
                    where details.key.scopes.contains(scope) {
                        p { texts.name(of: scope) }
                    }
                })
            fact(
                texts.keyEnds,
                details.key.expiresAt.map { date($0, texts: texts) }
                    ?? HTML(texts.name(of: APIKeyPeriod.unlimited)))
            if service.sendsMail, state.account.emailVerifiedAt != nil {
                fact(texts.noticeSentTo, bdi(state.account.email.address))
            }
        }
    }
}
