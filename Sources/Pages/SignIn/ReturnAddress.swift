import Auth
import Bytes
import HTTP
import Web

extension ReturnAddress {
    /// As a parameter of a page.
    var parameter: String { "return_to=\(PercentEncoding.encoded(location.utf8))" }
}

extension PageContext {
    /// The checked `return_to` of the query, or of the form that was posted; nil without one.
    var returnAddress: ReturnAddress? {
        let text = request.request.method.isSafe ? query("return_to") : posted("return_to")
        return ReturnAddress(
            text, allowedBy: request.configuration.returnOrigins, website: service.websiteURL)
    }

    /// The sign-in page, which leads to an address.
    func signInAddress(returningTo target: ReturnAddress?) -> String {
        guard let target else { return configuration.loginPage }
        return signInAddress(returningTo: target.location)
    }
}
