import Auth
import Bytes
package import HTTP
package import Web

extension Pages {
    /// An error as a page: what happened, what to do, and the id under which the operator finds it.
    ///
    /// A person who is not signed in is redirected to sign in instead, and returns from there.
    package static func error(
        _ configuration: PagesConfiguration
    ) -> @Sendable (RequestError, RequestContext) -> Response {
        { error, context in
            PageContext(context, configuration, context.foundCaller).errorPage(error)
        }
    }
}

extension PageContext {
    /// The general page of an error.
    func errorPage(_ error: RequestError) -> Response {
        switch error.code {
        case .unauthenticated, .invalidToken, .tokenExpired:
            if let place = placeToReturnTo { return seeOther(signInAddress(returningTo: place)) }
        default: break
        }
        return failed(
            error,
            cardPage(title(of: error), lead: texts.advice(for: error.code), status: error.status) {
                if let seconds = error.retryAfter, seconds > 1 {
                    p { texts.tryAgain(inSeconds: seconds) }
                }
                a(startAddress, class: "button block") {
                    error.status == .unauthorized ? texts.goToSignIn : texts.goToAccount
                }
                requestIDNote
            })
    }

    /// Under what the operator finds the request in the log.
    var requestIDNote: HTML {
        p("card-foot small muted") {
            texts.requestID
            " "
            span("mono") { request.id.description }
        }
    }

    /// The response to a failed request with this page: the status of the error, and the fields that
    /// it requires.
    func failed(_ error: RequestError, _ page: Response) -> Response {
        var response = error.response(page.fields)
        response.body = page.body
        return response
    }

    private func title(of error: RequestError) -> String {
        if case .domain(.invalidLink(let settled?)) = error {
            return texts.settled(settled.outcome)
        }
        return texts.title(of: error.code)
    }

    /// The page that a person wants once signed in again; nil for one that is not for signed-in people.
    private var placeToReturnTo: String? {
        let path = String(decoding: request.request.path, as: UTF8.self)
        let isOpened = request.request.method.isSafe
        if path.hasPrefix(Pages.Path.account) || path.hasPrefix(Pages.Path.admin) {
            guard isOpened else {
                return path.hasPrefix(Pages.Path.admin) ? Pages.Path.admin : Pages.Path.account
            }
            let whole = request.request.address(of: path)
            let length = PercentEncoding.encoded(whole.utf8).utf8.count
            return length <= ReturnOrigins.maximumAddressBytes ? whole : path
        }
        if isOpened || path == Pages.Path.login { return nil }
        let isAdministration = ["/auth/users/", "/auth/invites", "/auth/config/"].contains {
            path.hasPrefix($0)
        }
        return isAdministration ? Pages.Path.admin : Pages.Path.account
    }

    /// The sign-in page, which leads back.
    ///
    /// - Parameter place: A path of this server, or a URL.
    /// - Returns: A path, or the URL of a page that the operator has elsewhere.
    func signInAddress(returningTo place: String) -> String {
        let page = configuration.loginPage
        let isElsewhere = !page.hasPrefix("/") && place.hasPrefix("/")
        let target = PercentEncoding.encoded(
            (isElsewhere ? "\(service.websiteURL)\(place)" : place).utf8)
        return "\(page)\(page.contains("?") ? "&" : "?")return_to=\(target)"
    }
}
