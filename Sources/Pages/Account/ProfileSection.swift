import Auth
import HTTP
import Web

extension Pages {
    static func profile(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            accountForm(
                .profile, "/auth/me/update", configuration,
                .init(on: .store, access: .activeAccount(.write))
            ) { context, caller throws(RequestError) in
                let change = ProfileChange(try context.form())
                _ = try context.domain { service throws(AuthError) in
                    try service.accounts.changeProfile(change, by: caller)
                }
                return context.seeOther(AccountChangeMade.profile.address)
            }
        ]
    }
}

extension PageContext {
    /// Name and language; role and tier, which others decide.
    func profileSection(_ state: AccountState) -> HTML {
        let (account, failure) = (state.account, state.failure(of: .profile))
        return panel(
            texts.name(of: .profile), id: AccountSection.profile.rawValue
        ) {
            doneNotice(state, in: .profile)
            postForm("/auth/me/update") {
                failureNotice(state, of: .profile)
                pair {
                    field(
                        texts.nameOfPerson, name: "name", autocomplete: .name,
                        value: failure == nil ? account.name : posted("name"),
                        error: failure?["name"])
                    selectField(
                        texts.languageOfAccount, name: "language", languages,
                        selected: failure == nil
                            ? account.language?.rawValue ?? "" : posted("language"),
                        autocomplete: .language, error: failure?["language"])
                }
                actions { button(texts.saveProfile) }
            }
            void("hr")
            facts {
                fact(texts.role, texts.name(of: account.role))
                fact(texts.plan, texts.name(of: account.tier))
                fact(texts.memberSince, date(account.createdAt, texts: texts))
            }
        }
    }

    private var languages: [SelectOption] {
        [SelectOption("", texts.automaticLanguage)]
            + Language.allCases.map { each in
                SelectOption(
                    each.rawValue, each.texts.nameOfLanguage,
                    language: each == language ? nil : each.rawValue)
            }
    }
}
