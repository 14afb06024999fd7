import Auth
import Crypto
import HTTP
import Web

extension Pages {
    static func apiKeys(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            accountForm(.createKey, "/auth/api-keys", configuration) {
                context, caller throws(RequestError) in
                let body = try context.form()
                let created = try context.domain { service throws(AuthError) in
                    try service.apiKeys.createAPIKey(
                        APIKeyRequest(body), id: context.formID, by: caller,
                        from: context.request.clientContext)
                }
                return switch created {
                case .made(let new): try context.apiKeyPage(new, of: caller)
                case .alreadyMade(let details): try context.apiKeyPage(details, of: caller)
                }
            },
            accountForm(
                .revokeKey, "/auth/api-keys/{id}/revoke", configuration,
                .init(on: .store, access: .activeAccount(.person))
            ) { context, caller throws(RequestError) in
                let id = try context.request.idInPath()
                try context.domain { service throws(AuthError) in
                    try isDone { () throws(AuthError) in
                        try service.apiKeys.revokeAPIKey(id, by: caller)
                    }
                }
                return context.seeOther(AccountChangeMade.key.address)
            },
        ]
    }
}

extension PageContext {
    /// The keys that programs use, and a form for another one.
    func apiKeysSection(_ state: AccountState) -> HTML {
        let part = ListPart(of: state.keys, page: query(AccountSection.keys.rawValue))
        return panel(
            texts.name(of: .keys), id: AccountSection.keys.rawValue, about: texts.keysIntroduction
        ) {
            doneNotice(state, in: .keys)
            failureNotice(state, of: .revokeKey)
            if state.keys.isEmpty {
                empty(texts.noKeys)
            } else {
                rows {
                    for details in part.items {
                        apiKeyRow(
                            details,
                            revoke: revokeForm(
                                details,
                                button(texts.revoke, .quietDanger, object: details.name)))
                    }
                }
                navigation(part, .keys)
            }
            apiKeyForm(state)
        }
    }

    /// The form that revokes a key.
    func revokeForm(_ details: APIKeyDetails, _ button: HTML) -> HTML {
        postForm("/auth/api-keys/\(details.key.id)/revoke", button)
    }
}
