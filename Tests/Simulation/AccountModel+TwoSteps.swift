import Auth
import Crypto
import TestSupport

/// What is known of the sign-ins of an account that takes two steps.
struct TwoStepModel {
    /// A sign-in whose password was right.
    struct Challenge {
        /// Its text.
        let text: String
        /// Whether it can still be answered.
        var isOpen = AccountModel.Certainty.yes
        /// How many answers to it were wrong.
        var failures = 0
    }

    /// A recovery code.
    struct Code {
        /// As it was shown.
        let text: String
        /// Whether it can still be used.
        var isUnused = AccountModel.Certainty.yes
    }

    /// A code that no account has.
    static let wrongCode = "AAAA-AAAA-AAAA-AAAA"
    /// One less than the wrong answers that end a challenge.
    private static let admittedFailures = 4

    /// The challenges, in the order in which they became known.
    fileprivate(set) var challenges: [Challenge] = []
    /// The recovery codes.
    fileprivate(set) var codes: [Code]

    /// An account that was never signed in to.
    init(codes: [String]) {
        self.codes = codes.map { Code(text: $0) }
    }

    /// Chooses a second step: mostly the latest challenge with an unused code, also both a second time.
    ///
    /// - Returns: The step; nil when there is no challenge.
    func nextStep(_ chance: inout Chance) -> ClientRequest? {
        guard !challenges.isEmpty else { return nil }
        let challenge =
            chance.happens(60) ? challenges.count - 1 : chance.below(challenges.count)
        guard chance.happens(85) else { return .secondStep(challenge: challenge, code: nil) }
        let unused = codes.indices.filter { codes[$0].isUnused == .yes }
        let code =
            unused.isEmpty || chance.happens(20) ? chance.below(codes.count) : chance.pick(unused)
        return .secondStep(challenge: challenge, code: code)
    }

    /// Records a second step that will never be answered.
    mutating func lose(challenge: Int, code: Int?) {
        if challenges[challenge].isOpen == .yes { challenges[challenge].isOpen = .perhaps }
        if let code, codes[code].isUnused == .yes { codes[code].isUnused = .perhaps }
    }

    /// Whether a refusal of a second step is no violation of any rule.
    fileprivate func mayBeRefused(challenge: Int, code: Int?) -> Bool {
        guard let code, codes[code].isUnused == .yes else { return true }
        return challenges[challenge].isOpen != .yes
            || challenges[challenge].failures >= Self.admittedFailures
    }
}

extension AccountModel {
    /// The first step of a sign-in by JSON: it gives a challenge and no session.
    mutating func judgeFirstStep(_ answer: ReceivedResponse, _ stored: Memory) -> String? {
        if answer.status == 200 || answer.cookie != nil {
            return "a session before the second factor"
        }
        guard answer.status == 401, answer[member: "code"] == "second_factor_required",
            let challenge = answer[member: "challenge"]
        else { return "\(answer.status) for the password of an account with a second factor" }
        guard stored.challenges.contains(where: { $0.hash == Self.hash(of: challenge) }) else {
            return "401 before the challenge was durable"
        }
        twoSteps?.challenges.append(TwoStepModel.Challenge(text: challenge))
        return hasOneStepSession(in: stored) ? "a stored session without a second factor" : nil
    }

    /// The second step, which uses up its challenge and its code.
    mutating func judgeSecondStep(
        _ answer: ReceivedResponse, _ owed: PendingRequest, challenge: Int, code: Int?,
        _ stored: Memory, isCalm: Bool
    ) -> String? {
        guard let known = twoSteps else { return "a second step of nothing" }
        switch (answer.status, answer[member: "code"]) {
        case (200, _):
            guard let code else { return "200 for a wrong code" }
            if known.challenges[challenge].isOpen == .no { return "a challenge is used twice" }
            if known.codes[code].isUnused == .no { return "a code is used twice" }
            twoSteps?.challenges[challenge].isOpen = .no
            twoSteps?.codes[code].isUnused = .no
            if let violation = begin(answer, owed, stored) { return violation }
            let hash = Self.hash(of: known.challenges[challenge].text)
            if stored.challenges.contains(where: { $0.hash == hash }) {
                return "200 before the end of the challenge was durable"
            }
            return hasOneStepSession(in: stored) ? "a stored session without a second factor" : nil
        case (401, "invalid_code"), (401, "invalid_challenge"):
            if answer.cookie != nil { return "a session beside a refusal" }
            // In calm runs no challenge has the time to expire.
            if isCalm, !known.mayBeRefused(challenge: challenge, code: code) {
                return "a second step is refused that is right"
            }
            twoSteps?.challenges[challenge].failures += 1
            return nil
        default: return "\(answer.status) for a second step"
        }
    }

    /// Whether the account has a durable session that was begun without its second factor.
    private func hasOneStepSession(in stored: Memory) -> Bool {
        let id = stored.credentials.first { $0.account.email.address == email }?.account.id
        return stored.sessions.contains {
            $0.session.accountID == id && !$0.session.methods.hasTwoFactors
        }
    }

    private static func hash(of text: String) -> Digest {
        SHA256.digest(Base64URL.decode(text.utf8) ?? [])
    }
}
