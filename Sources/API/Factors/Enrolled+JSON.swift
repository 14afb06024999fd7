import Auth
import HTTP
import JSON
import Web

extension RequestContext {
    /// The response after a factor was added.
    ///
    /// - Parameters:
    ///   - status: Its status.
    ///   - object: The members of the factor itself.
    ///   - recoveryCodes: Of the first factor, in plain text; nil for a further one.
    ///   - signedIn: The session of a sign-in that waited for the factor; nil in a session.
    /// - Returns: The response, with the cookies of the session that it begins.
    func enrolled(
        _ status: Status, _ object: JSONObject, _ recoveryCodes: [String]?, _ signedIn: SignedIn?
    ) -> Response {
        var object = object
        if let recoveryCodes {
            object.add("recoveryCodes", .array(recoveryCodes.map(JSONValue.string)))
        }
        guard let signedIn else { return json(status, object) }
        return session(status, signedIn, addingTo: object)
    }
}

extension Operation.Success {
    /// The response after a factor was added.
    static func enrolled(
        _ status: Status, _ description: String, _ others: Schema...
    ) -> Operation.Success {
        .json(
            status, description,
            .all(
                of: others + [
                    .object(
                        [
                            "recoveryCodes": .recoveryCodes.described("With the first factor"),
                            "token": .token.described("Where a sign-in waited for the factor"),
                            "user": .named(.account),
                        ], optional: ["recoveryCodes", "token", "user"])
                ]), fields: [.setCookieSometimes])
    }
}
