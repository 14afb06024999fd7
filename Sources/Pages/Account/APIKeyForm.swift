import Auth
import Crypto
import Web

/// How long a new API key is valid, as the page offers it; the raw value is that of the field.
enum APIKeyPeriod: String, CaseIterable {
    case month = "30d"
    case quarter = "90d"
    case year = "1y"
    /// Until it is revoked.
    case unlimited = ""
}

extension PageContext {
    /// The form for another key, folded.
    ///
    /// It has an id that becomes that of the key: sent twice, it makes one.
    func apiKeyForm(_ state: AccountState) -> HTML {
        let failure = state.failure(of: .createKey)
        let body = failure.flatMap { _ in try? form() }
        return fold(texts.createKey, isOpen: failure != nil) {
            postForm(
                "/auth/api-keys", hidden: ["form_id": UUID.random().description, "scopes": ""]
            ) {
                failureNotice(state, of: .createKey)
                field(
                    texts.nameOfKey, name: "name", autocomplete: .off,
                    id: AccountForm.createKey.id(of: "name"),
                    value: body == nil ? nil : posted("name"), hint: texts.nameOfKeyHint,
                    error: failure?["name"])
                scopeChoices(state.account, body)
                selectField(
                    texts.keyEnds, name: "expiresIn",
                    APIKeyPeriod.allCases.map { SelectOption($0.rawValue, texts.name(of: $0)) },
                    selected: body == nil ? APIKeyPeriod.quarter.rawValue : posted("expiresIn"),
                    id: AccountForm.createKey.id(of: "expiresIn"),
                    error: failure?["expiresIn"])
                if failure?.isProofNeeded == true || body?.has("password") == true {
                    passwordField(
                        texts.currentPassword, .current,
                        id: AccountForm.createKey.id(of: "password"),
                        error: failure?["password"], texts: texts)
                }
                actions { button(texts.createKey) }
            }
        }
    }

    private func scopeChoices(_ account: Account, _ body: RequestBody?) -> HTML {
        var ignored: [InvalidInput] = []
        let chosen = body.map { $0.texts("scopes", &ignored) ?? [] }
        let scopes: [APIKey.Scopes] =
            account.isAdministrator ? [.read, .write, .admin] : [.read, .write]
        return choices(texts.scopesOfKey) {
            for (index, scope) in scopes.enumerated() {
                for name in scope.names {
                    choice(
                        texts.name(of: scope), name: "scopes", oneOf: name,
                        isOn: chosen?.contains(name) ?? APIKey.Scopes.standard.contains(scope),
                        // What is wrong with all of them leads to the first.
                        id: index == 0
                            ? AccountForm.createKey.id(of: "scopes") : nil,
                        hint: texts.hint(for: scope))
                }
            }
        }
    }
}
