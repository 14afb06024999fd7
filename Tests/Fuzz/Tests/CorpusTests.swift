import Fuzzing
import Testing

struct CorpusTests {
    @Test(arguments: Corpus.inputs)
    func `what is fuzzed holds for every input that is kept`(input: Corpus.Input) throws {
        try input.harness.run(input.bytes())
    }

    @Test(arguments: Harness.allCases)
    func `each harness begins with inputs`(harness: Harness) {
        #expect(Corpus.inputs.count { $0.harness == harness } >= 5)
    }
}
