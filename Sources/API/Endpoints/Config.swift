import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// `GET /auth/config`: how one may sign in here; public.
    static func config(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let settings = context.service.state.settings
        let object = context.configurationMembers(settings, of: JSONObject())
        return EndpointResult(context.json(.ok, object))
    }
}

extension RequestContext {
    /// An object with the settings added, and with what clients have to know besides.
    func configurationMembers(_ settings: Settings, of object: JSONObject) -> JSONObject {
        var object = object
        object.add("nativeSignin", .bool(settings.nativeSignin))
        object.add("register", .bool(settings.register))
        object.add("signup", .bool(settings.signup))
        object.add("approval", .bool(settings.approval))
        object.add("requireEmailVerification", .bool(settings.requireEmailVerification))
        for (name, value) in fixedConfiguration { object.add(name, value) }
        return object
    }

    /// What the configuration decides, and no request changes; single sign-on is not offered.
    var fixedConfiguration: KeyValuePairs<String, JSONValue> {
        ["mail": .bool(service.sendsMail), "sso": .bool(false), "providers": .array([])]
    }
}
