import Auth
import HTTP
import JSON
import Web

extension RequestContext {
    /// The response that gives a client its new session.
    ///
    /// - Parameters:
    ///   - status: Its status.
    ///   - signedIn: The session and its account.
    ///   - token: Whether the access token is in it; not while it is of no use.
    ///   - object: The members before those of the session.
    /// - Returns: The response, which sets the cookies.
    func session(
        _ status: Status, _ signedIn: SignedIn, token: Bool = true,
        addingTo object: JSONObject = JSONObject()
    ) -> Response {
        var object = object
        if token { object.add("token", .string(signedIn.accessToken)) }
        object.add("user", signedIn.account.json)
        if let left = signedIn.recoveryCodesLeft {
            object.add("recoveryCodesLeft", .integer(Int64(left)))
        }
        var response = json(status, object)
        signIn(signedIn, on: &response)
        return response
    }
}

extension Operation.Success {
    /// The response that gives a client its new session.
    static func signedIn(_ status: Status, _ description: String) -> Operation.Success {
        .json(status, description, .named(.signedIn), fields: [.setCookie])
    }

    /// The response with an account that may not be used yet.
    static let waiting = json(
        .accepted,
        """
        The account waits for approval, or for its address to be confirmed; with its cookie the \
        client may read it
        """,
        .object(["user": .named(.account)]), fields: [.setCookie])
}
