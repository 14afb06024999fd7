import Synchronization
import Testing

@testable import API

private final class Calls: Sendable {
    let count = Atomic(0)
}

struct EncodedOnceTests {
    @Test func `whatever is asked for, and how often, is encoded once`() async {
        let once = EncodedOnce()
        let calls = Calls()
        await withTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    once.bytes {
                        calls.count.wrappingAdd(1, ordering: .relaxed)
                        return [1, 2, 3]
                    }
                }
            }
            for await bytes in group { #expect(bytes == [1, 2, 3]) }
        }
        #expect(calls.count.load(ordering: .relaxed) == 1)
    }

    @Test func `the document of a server is encoded once`() throws {
        let harness = try Harness()
        let first = try harness.send(get("/openapi.json"))
        let kept = harness.api.openAPI.bytes { [] }
        #expect(first.body == String(decoding: kept, as: UTF8.self))
        #expect(try harness.send(get("/openapi.json")).body == first.body)
    }
}
