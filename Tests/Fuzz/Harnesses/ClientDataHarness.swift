import FoundationEssentials

@testable import WebAuthn

/// Client data are taken only where another JSON reader finds the same ceremony in them.
enum ClientDataHarness {
    /// What the browsers of the corpora were given.
    static let challenge = Array("a challenge of thirty-two bytes.".utf8)
    private static let challengeText = "YSBjaGFsbGVuZ2Ugb2YgdGhpcnR5LXR3byBieXRlcy4"

    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        let client: ClientData
        do throws(WebAuthnError) {
            client = try ClientData(json: input)
        } catch {
            try check([.size, .malformedClientData].contains(error), "the error \(error)")
            return
        }
        for ceremony in [ClientData.Ceremony.create, .get] {
            do throws(WebAuthnError) {
                try client.check(
                    type: ceremony, challenge: challenge, origin: CorpusSite.site.origin)
            } catch {
                let expected: [WebAuthnError] = [
                    .type, .challenge, .origin, .crossOrigin, .topOrigin,
                ]
                try check(expected.contains(error), "the error \(error)")
                continue
            }
            try checkMembers(input, ceremony)
        }
    }

    private static func checkMembers(
        _ input: [UInt8], _ ceremony: ClientData.Ceremony
    ) throws(BrokenProperty) {
        guard let members = try? JSONDecoder().decode(Members.self, from: Data(input)) else {
            throw BrokenProperty("what is no client data to another reader")
        }
        try check(members.type.utf8.elementsEqual(ceremony.rawValue.utf8), members.type)
        try check(members.challenge.utf8.elementsEqual(challengeText.utf8), members.challenge)
        try check(
            members.origin.utf8.elementsEqual(CorpusSite.site.origin.utf8), members.origin)
        try check(members.crossOrigin != true && members.topOrigin == nil, "a frame")
    }

    private struct Members: Decodable {
        let type: String
        let challenge: String
        let origin: String
        let crossOrigin: Bool?
        let topOrigin: String?
    }
}
