import Auth
import Crypto
import HTTP
import Web

/// One request with everything that its page is made of: the language, the site, who is signed in.
struct PageContext {
    /// The request.
    let request: RequestContext
    let configuration: PagesConfiguration
    /// Who is signed in, where the page knows it.
    let caller: Caller?
    /// The language of the page: that of the account, else the first one that the browser accepts.
    let language: Language
    /// The sentences of the page.
    let texts: any Texts

    /// A context, with the caller where there is one.
    init(
        _ request: RequestContext, _ configuration: PagesConfiguration, _ caller: Caller? = nil
    ) {
        self.request = request
        self.configuration = configuration
        self.caller = caller
        language = caller?.account.language ?? AcceptLanguage.preferred(by: request.request)
        texts = language.texts
    }

    var service: AuthService { request.service }

    /// Calls the domain.
    ///
    /// - Throws: The domain's error.
    func domain<Value>(
        _ verb: (AuthService) throws(AuthError) -> Value
    ) throws(RequestError) -> Value {
        try request.domain(verb)
    }

    /// The fields of the form that was posted.
    ///
    /// - Throws: `invalidInput` for what is not UTF-8.
    func form() throws(RequestError) -> RequestBody { try RequestBody(request.request) }

    /// What a field of a failed form had, to show it again; never asked for a secret.
    func posted(_ name: String) -> String {
        guard case .text(let text)? = (try? form())?.text(name) else { return "" }
        return text
    }

    /// The id that what a form creates gets: posted twice, it creates one.
    var formID: UUID { UUID(parsing: posted("form_id").utf8) ?? .random() }

    /// The last value of a name in the query; empty without one.
    func query(_ name: String) -> String {
        (try? Query.values(of: name, in: request.request.query))?.last ?? ""
    }
}
