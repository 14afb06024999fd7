import CFuzzer
import Fuzzing
import Glibc

/// Passes libFuzzer's inputs to the harness that the environment names.
@main enum Driver {
    static func main() {
        var count = CommandLine.argc
        var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        unsafe words = CommandLine.unsafeArgv
        exit(unsafe LLVMFuzzerRunDriver(&count, &words, testOneInput))
    }
}

/// The harness that the environment names.
private let harness: Harness = {
    let name = unsafe getenv("HARNESS").map { unsafe String(cString: $0) } ?? ""
    guard let harness = Harness(rawValue: name) else {
        print("HARNESS is one of", Harness.allCases.map(\.rawValue).joined(separator: ", "))
        exit(64)
    }
    return harness
}()

/// Runs one input of libFuzzer, which owns its bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do throws(BrokenProperty) {
        try harness.run(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
        return 0
    } catch {
        fatalError("\(harness.rawValue): \(error)")
    }
}
