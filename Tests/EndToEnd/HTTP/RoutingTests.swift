import Testing

extension EndToEnd {
    /// Paths and methods.
    @Suite struct RoutingTests {
        @Test func `health answers without the database`() throws {
            let answer = try Shared.client.send(.get("/health"))
            #expect(answer.status == 200)
            #expect(answer.json["status"] == "ok")
        }

        @Test(arguments: [
            "/", "/auth", "/auth/", "/auth/login/", "//auth/login", "/auth//login",
            "/auth/%6Cogin", "/AUTH/login", "/auth/login;v=1", "/auth/./login",
            "/Login", "/auth/me%00", "/health/",
        ])
        func `a path that differs in one byte is not found`(path: String) throws {
            try Shared.client.send(.get(path)).expect(404, "not_found")
            try Shared.client.send(.post(path, [:])).expect(404, "not_found")
        }

        @Test func `a query does not change the path`() throws {
            #expect(try Shared.client.send(.get("/health?to=%2Fauth%2Fme")).status == 200)
            #expect(try Shared.client.send(.get("/health?")).status == 200)
        }

        @Test(arguments: [
            ("GET", "/auth/login", "POST, OPTIONS"), ("HEAD", "/auth/login", "POST, OPTIONS"),
            ("PUT", "/auth/me", "GET, HEAD, PATCH, DELETE, OPTIONS"),
            ("POST", "/health", "GET, HEAD, OPTIONS"),
            ("PUT", "/auth/config/update", "POST, OPTIONS"),
            ("PATCH", "/auth/logout", "GET, POST, OPTIONS"),
            ("HEAD", "/auth/logout", "GET, POST, OPTIONS"),
            ("POST", "/auth/setup/exists", "GET, HEAD, OPTIONS"),
        ])
        func `a wrong method is answered with the allowed ones`(
            method: String, path: String, allowed: String
        ) throws {
            let answer = try Shared.client.send(Call(method: method, target: path))
            #expect(answer.status == 405)
            #expect(answer["Allow"] == allowed)
            if method != "HEAD" { #expect(answer.code == "method_not_allowed") }
        }

        @Test(arguments: ["BREW", "get", "TRACE", "CONNECT", "PROPFIND"])
        func `an unknown method is not implemented`(method: String) throws {
            try Shared.client.send(Call(method: method, target: "/health"))
                .expect(501, "method_not_implemented")
        }

        @Test(arguments: ["/health", "/auth/config", "/auth/setup/exists"])
        func `HEAD has the response of GET without content`(path: String) throws {
            let get = try Shared.client.send(.get(path))
            let head = try Shared.client.send(Call(method: "HEAD", target: path))
            #expect(head.status == get.status)
            #expect(head["Content-Length"] == get["Content-Length"])
        }

        @Test func `HEAD of me requires authentication like GET`() throws {
            let person = try Shared.client.signUp()
            let head = Call(method: "HEAD", target: "/auth/me")
            #expect(try Shared.client.send(head).status == 401)
            #expect(try Shared.client.send(head.cookie(person.cookie)).status == 200)
        }

        @Test func `the connection persists after HEAD`() throws {
            let connection = try Shared.client.connection()
            let head = Call(method: "HEAD", target: "/health")
            try connection.send(head, .get("/health"), head)
            #expect(try connection.readResponse().body.isEmpty)
            #expect(try connection.readResponse().json["status"] == "ok")
            #expect(try connection.readResponse().body.isEmpty)
        }

        @Test(arguments: [
            ("/auth/login", "POST, OPTIONS"), ("/auth/me", "GET, HEAD, PATCH, DELETE, OPTIONS"),
            ("/auth/logout", "GET, POST, OPTIONS"),
            ("*", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"),
        ])
        func `OPTIONS returns the allowed methods`(path: String, allowed: String) throws {
            let answer = try Shared.client.send(Call(method: "OPTIONS", target: path))
            #expect(answer.status == 204)
            #expect(answer["Allow"] == allowed)
        }

        @Test func `OPTIONS of an unknown path is not found`() throws {
            try Shared.client.send(Call(method: "OPTIONS", target: "/auth")).expect(
                404, "not_found")
        }

        @Test func `an absolute-form target is accepted`() throws {
            #expect(try Shared.client.send(.get("http://any.example/health")).status == 200)
            try Shared.client.send(.get("http://any.example")).expect(404, "not_found")
        }

        @Test func `the authority of an absolute-form target replaces Host`() throws {
            let call = try Call.post("http://own.example/auth/login")
            try Shared.client.send(call.with("Origin", "http://own.example"))
                .expect(400, "invalid_request", fields: ["email", "password"])
            try Shared.client
                .send(call.with("Host", "other.example").with("Origin", "http://other.example"))
                .expect(403, "cross_origin")
        }
    }
}
