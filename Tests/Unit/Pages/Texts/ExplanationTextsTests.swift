import Auth
import Crypto
import HTTP
import TestSupport
import Testing
import Web

@testable import Pages

/// What administrators read about refused requests.
struct ExplanationTextsTests {
    private static let languages = [Language.en, .de].map { $0.texts.explanations }

    @Test(arguments: Reason.allCases)
    func `each reason has a sentence of its own in each language`(reason: Reason) {
        let sentences = Self.languages.map { $0.sentence(for: reason) }
        #expect(sentences[0] != sentences[1])
        for (texts, sentence) in zip(Self.languages, sentences) {
            #expect(sentence.hasSuffix(".") && sentence.count > 15)
            let others = Reason.allCases.filter { $0 != reason }
            #expect(!others.contains { texts.sentence(for: $0) == sentence }, "\(sentence)")
        }
    }

    @Test func `an explanation says what happened, when, by whom and from where`() throws {
        let event = Event(
            id: .random(), time: TestClock.start, kind: .passwordChanged,
            actor: .commandLine(user: "root"), subject: .random(), object: nil,
            client: EventClient(PersonalData(bytes: nil, commitment: SHA256.digest([]))),
            details: EventDetails(PersonalData(bytes: nil, commitment: SHA256.digest([]))))
        let decisive = DecisiveEvent(event, actorEmail: nil)
        #expect(
            Self.languages.map { $0.happened(decisive) } == [
                "The password was changed on 2023-11-14 at 22:13:20 UTC by root at the command line.",
                "Das Passwort wurde am 14. November 2023 um 22:13:20 UTC von root auf der "
                    + "Befehlszeile geändert.",
            ])
    }

    @Test func `the sentences follow each other: the reason, then what led to it`() {
        let refused = Refused(
            id: Array("a".utf8), method: .get, route: "/auth/me", status: .unauthorized,
            code: .invalidToken, client: nil,
            facts: RefusalFacts(time: TestClock.start, reason: .tokenNotYetValid))
        let refusal = ExplainedRefusal(refused: refused, explanation: .clockAhead(seconds: 41))
        #expect(
            EnglishExplanations().sentences(refusal) == [
                "The token was issued in the future.",
                "The clock that issued it is 41 s ahead of this server's.",
            ])
    }
}
