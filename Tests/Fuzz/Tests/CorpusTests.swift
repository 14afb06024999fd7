import Fuzzing
import Testing

struct CorpusTests {
    @Test(arguments: Corpus.inputs)
    func `every property holds for every kept input`(input: Corpus.Input) throws {
        try input.harness.run(input.bytes())
    }

    @Test(arguments: Harness.allCases)
    func `each harness has seed inputs`(harness: Harness) {
        #expect(Corpus.inputs.count { $0.harness == harness } >= 5)
    }
}
