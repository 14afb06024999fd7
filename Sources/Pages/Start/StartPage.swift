import Auth
import HTTP
import Web

extension Pages {
    /// Leads a person to where they belong: to setup, to the account, or to sign-in.
    static func start(_ configuration: PagesConfiguration) -> [WebPage] {
        ["/", Path.start].map { path in
            WebPage(
                .get, path, .init(on: .loop, access: .optionalCredentials),
                handler: { request throws(RequestError) in
                    let context = PageContext(request, configuration)
                    guard context.service.state.hasOwner else {
                        return EndpointResult(context.seeOther(Path.setup))
                    }
                    let caller = try request.signedInCaller()
                    return EndpointResult(
                        context.seeOther(
                            caller == nil ? configuration.loginPage : Path.account),
                        account: caller?.account.id)
                })
        }
    }

    /// The paths that people try and programs know, each of which leads to its page.
    static func wellKnownPaths(_ configuration: PagesConfiguration) -> [WebPage] {
        let places = [
            ("/login", Path.login), ("/register", Path.register), ("/setup", Path.setup),
            ("/account", Path.account), ("/admin", Path.admin),
        ]
        let redirects = places.map { path, place in
            redirect(from: path, configuration) { request in
                request.address(of: place)
            }
        }
        // A Well-Known URL for Changing Passwords (W3C): password managers open it.
        return redirects + [
            redirect(from: "/.well-known/change-password", configuration) { _ in
                Path.changePassword
            }
        ]
    }

    private static func redirect(
        from path: String, _ configuration: PagesConfiguration,
        to place: @escaping @Sendable (Request) -> String
    ) -> WebPage {
        WebPage(
            .get, path, .init(on: .loop, [.anyAccept]),
            handler: { request throws(RequestError) in
                EndpointResult(
                    PageContext(request, configuration).seeOther(place(request.request)))
            })
    }
}
