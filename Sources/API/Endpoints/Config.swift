import Auth
import HTTP

extension Endpoints {
    /// `GET /auth/config`: how one may sign in here; public.
    static func config(_ exchange: Exchange) throws(Problem) -> Answer {
        Answer(exchange.json(.ok, exchange.service.state.settings.members(of: JSONObject())))
    }
}

extension Settings {
    /// An object with the public form of the settings added.
    ///
    /// Single sign-on is not offered.
    func members(of object: JSONObject) -> JSONObject {
        var object = object
        object.add("nativeSignin", .bool(nativeSignin))
        object.add("register", .bool(register))
        object.add("signup", .bool(signup))
        object.add("approval", .bool(approval))
        object.add("requireEmailVerification", .bool(requireEmailVerification))
        object.add("sso", .bool(false))
        object.add("providers", .array([]))
        return object
    }
}
