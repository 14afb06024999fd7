import HTTP
import JSON

/// The description of all endpoints that tools read to make clients and pages (OpenAPI 3.1).
///
/// Nothing of it is made before the first request for it.
struct OpenAPIDocument {
    /// The program's.
    let version: String
    /// The session cookie's.
    let cookieName: String
    /// The fewest Unicode scalars of a new password.
    let minimumPasswordLength: Int

    /// The document in UTF-8.
    var encoded: [UInt8] {
        var document = JSONObject()
        document.add("openapi", .string("3.1.0"))
        document.add("info", info)
        var server = JSONObject()
        server.add("url", .string("/"))
        server.add("description", .string("Where this document comes from"))
        document.add("servers", [server])
        document.add("tags", Self.tags)
        document.add("paths", Self.paths)
        document.add("components", components)
        return document.encoded()
    }

    private var info: JSONObject {
        var license = JSONObject()
        license.add("name", .string("Apache-2.0"))
        license.add("identifier", .string("Apache-2.0"))
        var info = JSONObject()
        info.add("title", .string("lunauth"))
        info.add("version", .string(version))
        info.add("description", .string(Self.description))
        info.add("license", license)
        return info
    }

    private static let description = """
        Accounts, sessions and tokens over plain HTTP.

        Bodies are one JSON object each, sent as `application/json`; unknown members are ignored, \
        except where settings or accounts are changed: there they are refused by name. `null` counts \
        as left out unless the member's schema says otherwise. Every error has the form `Error`: branch \
        on `code`, show `error` to a person.

        A browser needs nothing but the cookie, which signing in sets. Everything else sends \
        `Authorization: Bearer` with the token of that answer or with an API key. A Bearer credential \
        counts alone, whatever the cookie.

        What links in mails lead to is answered with a page where a browser asks for it.

        Scripts of other origins may use it where the operator names them (`http.allowedOrigins`): with \
        a Bearer credential, since no cookie of theirs counts, and never what shows pages or takes forms, \
        setup or `/auth/verify`.

        `HEAD` is answered wherever `GET` is, except at `/auth/logout`; `OPTIONS` says which methods a \
        path takes, any other method is 405 with `Allow`, an unknown path 404.
        """

    private static var tags: [JSONObject] {
        Operation.Tag.allCases.map { tag in
            var object = JSONObject()
            object.add("name", .string(tag.rawValue))
            object.add("description", .string(tag.description))
            return object
        }
    }

    private static var paths: JSONObject {
        var paths = JSONObject()
        var written: Set<String> = []
        for path in Operation.all.map(\.path) where written.insert(path).inserted {
            var item = JSONObject()
            for operation in Operation.all where operation.path == path {
                item.add(operation.method.rawValue.lowercased(), operation.encoded)
            }
            paths.add(path, item)
        }
        return paths
    }

    private var components: JSONObject {
        var schemas = JSONObject()
        for schema in NamedSchema.allCases {
            schemas.add(
                schema.rawValue, schema.schema(minimumPasswordLength: minimumPasswordLength).encoded
            )
        }
        var components = JSONObject()
        components.add("securitySchemes", securitySchemes)
        components.add("schemas", schemas)
        components.add("responses", Self.responses)
        components.add("headers", Self.headers)
        return components
    }

    private static var responses: JSONObject {
        var responses = JSONObject()
        var written: Set<OperationProblem> = []
        for problem in Operation.all.flatMap(\.problems) where written.insert(problem).inserted {
            responses.add(problem.name, problem.encoded)
        }
        return responses
    }

    private static var headers: JSONObject {
        var headers = JSONObject()
        for field in AnswerField.allCases { headers.add(field.rawValue, field.encoded) }
        return headers
    }

    private var securitySchemes: JSONObject {
        var session = JSONObject()
        session.add("type", .string("http"))
        session.add("scheme", .string("bearer"))
        session.add("bearerFormat", .string("JWT"))
        session.add("description", .string("The `token` of the answer that signed somebody in"))
        var key = JSONObject()
        key.add("type", .string("http"))
        key.add("scheme", .string("bearer"))
        key.add("bearerFormat", .string("luna_…"))
        key.add(
            "description",
            .string("An API key, where this is offered; its scopes are named with it"))
        var cookie = JSONObject()
        cookie.add("type", .string("apiKey"))
        cookie.add("in", .string("cookie"))
        cookie.add("name", .string(cookieName))
        cookie.add(
            "description",
            .string(
                "Set by signing in; requests that change something must come from the same site"))
        var schemes = JSONObject()
        schemes.add("session", session)
        schemes.add("apiKey", key)
        schemes.add("cookie", cookie)
        return schemes
    }
}
