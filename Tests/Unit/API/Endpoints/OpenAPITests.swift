import Auth
import Crypto
import HTTP
import JSON
import TestSupport
import Testing
import Web

@testable import API

struct OpenAPITests {
    private let harness: Harness
    private let document: JSONValue

    init() throws {
        harness = try Harness()
        let answer = try harness.send(get("/openapi.json"))
        try #require(answer.status == .ok)
        document = try #require(JSONValue(ofDocument: answer.body))
    }

    @Test func `every route is documented and everything documented is a route`() throws {
        let routes = Site.routes.filter { !$0.rendersHTML }.map {
            "\($0.method.rawValue) \($0.path)"
        }
        let documented = try operations().map { "\($0.method) \($0.path)" }
        #expect(Set(routes).count == routes.count)
        #expect(documented.sorted() == routes.sorted())
    }

    @Test func `operations have names of their own`() throws {
        let names = try operations().compactMap { $0.members["operationId"]?.text }
        #expect(names.count == Site.routes.filter { !$0.rendersHTML }.count)
        #expect(Set(names).count == names.count)
    }

    @Test func `every code is documented under its status`() throws {
        let codes = document["components", "schemas", "Error", "properties", "code", "enum"]
        #expect(codes == .array(ErrorCode.allCases.map { .string($0.rawValue) }))
        for code in ErrorCode.allCases { #expect(!code.meaning.isEmpty) }
    }

    @Test func `every reference leads somewhere and every component is used`() throws {
        let references = Set(document.references)
        for reference in references {
            let names = reference.split(separator: "/").map(String.init)
            let target = names.dropFirst().reduce(document) { $0?.members[$1] }
            #expect(names.first == "#" && target != nil, "\(reference)")
        }
        for kind in ["schemas", "responses", "headers"] {
            for name in document["components", kind]?.members.keys.sorted() ?? [] {
                #expect(references.contains("#/components/\(kind)/\(name)"), "\(kind) \(name)")
            }
        }
    }

    @Test func `an anonymous request gets 401 where a credential is documented`() throws {
        for operation in try operations() {
            let requirements = operation.members["security"]?.elements ?? []
            let needsCaller =
                !requirements.isEmpty && !requirements.contains(.object([:]))
                && !requirements.contains(.object(["probe": .array([])]))
            let path = operation.path.replacing("{id}", with: UUID.random().description)
                .replacing("{requestId}", with: "a-1").replacing("{rest}", with: "role=user/")
            let answer = try Harness().send(
                "\(operation.method) \(path) HTTP/1.1\nHost: localhost:8080\n\n", from: .loopback)
            #expect(
                (answer.status == .unauthorized) == needsCaller, "\(operation.name): \(answer.text)"
            )
        }
    }

    @Test func `the document contains the configured values`() throws {
        var site = Site()
        site.cookie = SessionCookie(name: "__Host-session", sameSite: .lax)
        let body = try Harness(site).send(get("/openapi.json")).body
        let document = try #require(JSONValue(ofDocument: body))
        #expect(document["openapi"] == .string("3.1.0"))
        #expect(document["info", "version"] == .string("1.2.3"))
        #expect(
            document["components", "securitySchemes", "cookie", "name"]
                == .string("__Host-session"))
        #expect(
            document["components", "schemas", "NewPassword", "minLength"] == .integer(8))
    }

    @Test func `HEAD says how long the document is`() throws {
        let whole = try harness.send(get("/openapi.json"))
        let head = try harness.send("HEAD /openapi.json HTTP/1.1\nHost: localhost:8080\n\n")
        #expect(head.status == .ok && head.body == whole.body)
        #expect(whole["Content-Type"] == "application/json")
    }

    private func operations() throws -> [ParsedOperation] {
        let paths = try #require(document["paths"]?.members)
        return paths.flatMap { path, item in
            item.members.map { method, operation in
                ParsedOperation(
                    method: method.uppercased(), path: path, members: operation.members)
            }
        }
    }
}
