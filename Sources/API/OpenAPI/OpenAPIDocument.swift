import HTTP
import JSON
import Web

/// The description of all endpoints that tools read to make clients and pages (OpenAPI 3.1).
///
/// Nothing of it is made before the first request for it.
struct OpenAPIDocument {
    /// Every route.
    let table: RouteTable
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
        server.add("description", .string("The server of this document"))
        document.add("servers", [server])
        document.add("tags", Self.tags)
        document.add("paths", paths)
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

        A body is one JSON object, sent as `application/json`; unknown members are ignored, except \
        in `config/update` and every PATCH: there they are refused by name. `null` counts as \
        omitted unless the schema of the member says otherwise. Every error has the form `Error`: \
        branch on `code`, show `error` to a person.

        A browser needs only the cookie, which signing in sets. Other clients send \
        `Authorization: Bearer` with the token of that response or with an API key. A Bearer \
        credential counts alone, whatever the cookie.

        The paths of this document respond to browsers with pages: where `Accept` prefers `text/html`. \
        Without it the response is always JSON.

        Scripts of other origins may use the API where the operator allows their origin \
        (`http.allowedOrigins`): with a Bearer credential, since their cookies do not count, and never \
        setup, `/auth/verify` or what links in mails lead to.

        `HEAD` works wherever `GET` does, except at `/auth/logout`; `OPTIONS` lists the methods of a \
        path, any other method is 405 with `Allow`, an unknown path 404.
        """

    private static var tags: [JSONObject] {
        Operation.Tag.allCases.map { tag in
            var object = JSONObject()
            object.add("name", .string(tag.rawValue))
            object.add("description", .string(tag.description))
            return object
        }
    }

    private var operations: [DocumentedOperation] {
        table.entries.compactMap(DocumentedOperation.init)
    }

    private var paths: JSONObject {
        var paths = JSONObject()
        var written: Set<String> = []
        let operations = operations
        for path in operations.map(\.entry.path) where written.insert(path).inserted {
            var item = JSONObject()
            for operation in operations where operation.entry.path == path {
                item.add(operation.entry.method.rawValue.lowercased(), operation.encoded)
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
        components.add("responses", responses)
        components.add("headers", Self.headers)
        return components
    }

    private var responses: JSONObject {
        var responses = JSONObject()
        var written: Set<DocumentedError> = []
        for error in operations.flatMap(\.errors) where written.insert(error).inserted {
            responses.add(error.name, error.encoded)
        }
        return responses
    }

    private static var headers: JSONObject {
        var headers = JSONObject()
        for field in ResponseField.allCases { headers.add(field.rawValue, field.encoded) }
        return headers
    }

    private var securitySchemes: JSONObject {
        var session = JSONObject()
        session.add("type", .string("http"))
        session.add("scheme", .string("bearer"))
        session.add("bearerFormat", .string("JWT"))
        session.add("description", .string("The `token` of the response to a sign-in"))
        var key = JSONObject()
        key.add("type", .string("http"))
        key.add("scheme", .string("bearer"))
        key.add("bearerFormat", .string("luna_…"))
        key.add(
            "description",
            .string("An API key, where it is accepted; with the required scopes"))
        var cookie = JSONObject()
        cookie.add("type", .string("apiKey"))
        cookie.add("in", .string("cookie"))
        cookie.add("name", .string(cookieName))
        cookie.add(
            "description",
            .string(
                "Set by signing in; requests that change something must come from the same site"))
        var probe = JSONObject()
        probe.add("type", .string("apiKey"))
        probe.add("in", .string("header"))
        probe.add("name", .string(ProbePass.fieldName))
        probe.add(
            "description",
            .string("Of `lunauth doctor`, for one request; without it the path is unknown"))
        var schemes = JSONObject()
        schemes.add("session", session)
        schemes.add("apiKey", key)
        schemes.add("cookie", cookie)
        schemes.add("probe", probe)
        return schemes
    }
}
