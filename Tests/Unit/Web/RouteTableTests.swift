import Auth
import HTTP
import Testing

@testable import Web

/// Joining the tables of endpoints and pages.
@Suite struct RouteTableTests {
    private static var operation: Operation {
        Operation(
            id: "x", summary: "", tag: .server, responses: [.json(.ok, "", .object([:]))])
    }

    private func endpoint(_ method: HTTP.Method, _ path: String) -> Endpoint {
        Endpoint(
            method, path, .init(on: .store, access: .optionalCredentials, limit: .login),
            handler: { _ throws(RequestError) in throw .notFound }, Self.operation)
    }

    private func page(_ method: HTTP.Method, _ path: String) -> WebPage {
        WebPage(method, path, handler: { _ throws(RequestError) in throw .notFound })
    }

    @Test func `a page takes the rules of the endpoint with its method and path`() throws {
        let table = try RouteTable(
            endpoints: [endpoint(.post, "/a"), endpoint(.get, "/a")], pages: [page(.post, "/a")])
        #expect(table.entries.map(\.acceptsForm) == [true, false])
        #expect(table.entries.allSatisfy { $0.rules.limit == .login })
        #expect(table.entries.map(\.isShared) == [true, true])
        #expect(table.entries.allSatisfy { $0.isNegotiated })
    }

    @Test func `conflicting declarations are refused`() {
        let (one, other) = (endpoint(.get, "/a"), page(.get, "/a"))
        let own = WebPage(
            .get, "/a", .init(on: .loop),
            handler: { _ throws(RequestError) in throw .notFound })
        let caller = WebPage(
            .get, "/a",
            handler: { (_, _: Caller) throws(RequestError) -> Response in throw .notFound })
        func conflict(_ endpoints: [Endpoint], _ pages: [WebPage]) -> RouteTable.Conflict? {
            do throws(RouteTable.Conflict) {
                _ = try RouteTable(endpoints: endpoints, pages: pages)
                return nil
            } catch {
                return error
            }
        }
        #expect(conflict([one, one], []) == .declaredTwice("GET /a"))
        #expect(conflict([one], [other, other]) == .declaredTwice("GET /a"))
        #expect(conflict([], [other]) == .noRules("GET /a"))
        #expect(conflict([one], [own]) == .rulesDeclaredTwice("GET /a"))
        #expect(conflict([one], [caller]) == .accessMismatch("GET /a"))
        let secret = Endpoint(
            .post, "/b", .init(on: .loop, [.secretBody]),
            handler: { _ throws(RequestError) in throw .notFound }, Self.operation)
        #expect(conflict([secret], []) == .secretOnLoop("POST /b"))
    }
}
