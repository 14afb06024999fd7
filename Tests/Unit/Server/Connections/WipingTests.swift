import Bytes
import HTTP
import System
import Synchronization
import TestSupport
import Testing

@testable import Server

/// Answers every request on one lane, has its body wiped and keeps nothing of it.
private final class SecretResponder: Responder {
    private let lane: Lane
    private let hidden: HiddenBytes
    private let found: Found

    /// Whether the bytes were found.
    final class Found: Sendable {
        private let value = Atomic(false)

        var isFound: Bool {
            get { value.load(ordering: .relaxed) }
            set { value.store(newValue, ordering: .relaxed) }
        }
    }

    /// Creates a responder that looks for bytes in memory while it answers a request.
    init(on lane: Lane, lookingFor hidden: HiddenBytes, telling found: Found) {
        self.lane = lane
        self.hidden = hidden
        self.found = found
    }

    func respond(to request: Request, on lane: Lane) -> ResponderResult {
        guard lane == self.lane else { return .forward(self.lane, wipingBody: true) }
        found.isFound = hidden.areInMemory
        return .answer(Response(status: .ok, body: Array("<done>".utf8)))
    }

    func screen(_ head: Request) -> Response? { nil }

    func refuse(_ refusal: Refusal, request: Request?) -> Response {
        Response(status: .badRequest)
    }
}

@Suite struct WipingTests {
    /// A body with a password is in the input buffer of the loop and in the request: both are
    /// overwritten once it is answered.
    @Test(arguments: [64, 2_048], [Lane.store, .hashing])
    func `a body that its route calls secret is wiped from memory on every lane`(
        count: Int, lane: Lane
    ) throws {
        let hidden = HiddenBytes(count: count)
        let found = SecretResponder.Found()
        let running = try RunningServer(
            responder: { _ in SecretResponder(on: lane, lookingFor: hidden, telling: found) },
            configure: { $0.eventLoops = 1 })
        let client = Client(running.address)
        var request = Array(post("/login", length: count).utf8)
        request.reserveCapacity(request.count + count)
        hidden.append(to: &request)
        client.send(request)
        wipe(&request)
        #expect(client.receive(until: "<done>").contains(" 200 "))
        #expect(found.isFound, "present during the check")
        #expect(!hidden.areInMemory)
        #expect(running.finish())
    }

    @Test func `a secret body is wiped though another thread still holds the request`() throws {
        let hidden = HiddenBytes()
        let found = SecretResponder.Found()
        var parser = HeadParser()
        var request = try #require(try parser.parse(Array(get("/login").utf8).span)).request
        request.body.reserveCapacity(hidden.count)
        hidden.append(to: &request.body)
        // As the loop does between its hand-over to the lane and the end of its step.
        let forwarded = ForwardedRequest(request, lane: .store, wipesBody: true)
        request.body = []
        let lanes = try Lanes(ServerConfiguration(listen: []))
        let job = Job(
            forwarded: forwarded, token: Token(slot: 1, generation: 1), loopQueue: try LoopQueue(),
            deadline: .max)
        let responder = SecretResponder(on: .store, lookingFor: hidden, telling: found)
        lanes.serve(job, on: lanes.store, with: responder) { 0 }
        #expect(found.isFound, "present during the check")
        #expect(!hidden.areInMemory)
        #expect(forwarded.request.body.count == hidden.count)
    }
}
