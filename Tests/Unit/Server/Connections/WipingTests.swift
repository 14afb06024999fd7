import Bytes
import HTTP
import System
import Synchronization
import TestSupport
import Testing

@testable import Server

/// Answers everything on the hashing lane and keeps nothing of it.
private final class HashingResponder: Responder {
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
    init(lookingFor hidden: HiddenBytes, telling found: Found) {
        self.hidden = hidden
        self.found = found
    }

    func respond(to request: Request, on lane: Lane) -> ResponderResult {
        guard case .hashing = lane else { return .forward(.hashing) }
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
    @Test(arguments: [64, 2_048])
    func `a request body with a password is wiped from memory after the check`(count: Int) throws {
        let hidden = HiddenBytes(count: count)
        let found = HashingResponder.Found()
        let running = try RunningServer(
            responder: { _ in HashingResponder(lookingFor: hidden, telling: found) },
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
}
