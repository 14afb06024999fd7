import Auth
import HTTP
import Web

extension PageContext {
    /// A key that was just created, with its text: this response is the only one that has it.
    func apiKeyPage(_ new: NewAPIKey, of caller: Caller) throws(RequestError) -> Response {
        let (details, state) = (new.details, try accountState(of: caller))
        return appPage(
            .account, texts.keyCreated,
            head: pageHead(
                texts.keyCreated,
                crumb: Link(texts.name(of: .keys), AccountSection.keys.address)),
            navigation: accountNavigation(state, current: .keys)
        ) {
            panel(texts.keyCreated, id: "created", isTitleUnseen: true) {
                notice(.warning, text: texts.copyKeyNow)
                div("field") {
                    heading(.second, bdi(details.name), id: "key-title", class: "label")
                    secret(new.text, id: "secret", copy: texts.copyKey, texts: texts)
                }
                apiKeyFacts(details, state)
                div("stack") {
                    heading(.third, texts.tryIt)
                    codeblock(
                        "curl \(service.websiteURL)/auth/me \\\n  -H \"Authorization: Bearer $LUNA_KEY\""
                    )
                }
                actions {
                    linkButton(texts.keySaved, AccountSection.keys.address, .primary)
                    revokeForm(details)
                }
            }
        }
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
