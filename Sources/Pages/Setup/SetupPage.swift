package import Auth
import Bytes
import HTTP
import Web

extension Pages {
    /// Setting the server up, from a browser.
    ///
    /// Once there is an owner, there is no page.
    static func setup(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            // It looks up whose process the browser is.
            WebPage(
                .get, Path.setup, .init(on: .store),
                handler: { request throws(RequestError) in
                    EndpointResult(try PageContext(request, configuration).showSetup())
                }),
            WebPage(
                .post, Path.setup,
                handler: { request throws(RequestError) in
                    try PageContext(request, configuration).postSetup()
                },
                failed: { request, error throws(RequestError) in
                    PageContext(request, configuration).failedSetup(error)
                }),
        ]
    }

    /// The path of the page with the code filled in, for the log.
    package static func setupAddress(code: SetupCode) -> String {
        "\(Path.setup)?code=\(PercentEncoding.encoded(code.text.utf8))"
    }
}

/// What the form shows that sets the server up.
struct SetupState {
    /// How the browser reached the server.
    let connection: ConnectionReview
    /// Whether the form asks for the code, or has it from the link in the log.
    let code: Code
    /// Why the form failed that was posted.
    var failure: FormFailure?

    enum Code {
        case unneeded, asked
        case known(String)
    }

    /// Whether the origin that the server sees can be the site's: without https it is the proxy that
    /// has to be mended first.
    var isAddressPlausible: Bool {
        switch connection.finding {
        case .thisMachine, .encrypted, .unnamedClient: true
        case .untrustedProxy, .changedHost, .unknownScheme, .unencrypted: false
        }
    }
}

extension PageContext {
    fileprivate func showSetup() throws(RequestError) -> Response {
        guard !service.state.hasOwner else { throw .notFound }
        return setupPage(setupState(code: query("code")))
    }

    fileprivate func postSetup() throws(RequestError) -> EndpointResult {
        let signedIn = try request.setUp { body, wanted in
            guard body.text("address") == .text("detected") else { return }
            // Where it is that of the configuration, that goes on to apply.
            let seen = request.connectionReview.origin
            wanted.websiteURL =
                seen == service.websiteURL
                ? .absent : seen.map { .text("\($0)") } ?? .absent
        }
        var response = seeOther(Pages.Path.admin)
        request.signIn(signedIn, on: &response)
        return EndpointResult(response, account: signedIn.account.id)
    }

    fileprivate func failedSetup(_ error: RequestError) -> Response? {
        if case .domain(.alreadySetUp) = error { return failed(error, setUpAlreadyPage) }
        let failure = FormFailure(
            error,
            labels: [
                "code": texts.setupCode, "username": texts.nameOfPerson, "email": texts.email,
                "password": texts.password, "siteName": texts.siteNameLabel,
                "websiteUrl": texts.websiteLabel, "databaseName": texts.databaseNameLabel,
                "retentionPeriod": texts.retentionLabel, "migrationType": texts.migrationLabel,
            ],
            about: [
                .setupCodeRequired: "code", .emailTaken: "email", .databaseInUse: "databaseName",
            ], title: texts.setUpFailed, texts: texts)
        guard let failure else { return nil }
        // A wrong code is asked for again, and so is one that is shown no more.
        let code = error.code == .setupCodeRequired ? "" : posted("code")
        var state = setupState(code: code)
        state.failure = failure
        return failed(error, setupPage(state))
    }

    private func setupState(code: String) -> SetupState {
        let known: SetupState.Code = code.isEmpty ? .asked : .known(code)
        return SetupState(
            connection: request.connectionReview,
            code: request.needsSetupCode ? known : .unneeded)
    }

    private var setUpAlreadyPage: Response {
        cardPage(texts.setUpAlready, lead: texts.setUpAlreadyLead) {
            linkButton(texts.goToSignIn, configuration.loginPage, .primary, isBlock: true)
        }
    }
}
