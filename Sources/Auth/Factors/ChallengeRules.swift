import Crypto

extension Transaction {
    /// Adds a challenge; the oldest of the same account and purpose end when there are too many.
    func begin(_ challenge: Challenge) throws(AuthError) {
        try insert(challenge)
        guard let account = challenge.accountID else { return }
        try deleteChallenges(
            of: account, for: challenge.purpose, keeping: Challenge.maximumPerAccount)
    }

    /// Counts a wrong answer, which ends the challenge when there were too many.
    ///
    /// Called in the transaction that verified the answer, which is then committed although the request is
    /// refused: of many answers at once, no more are verified than there may be.
    /// - Returns: Whether the challenge has ended.
    func noteFailure(of challenge: Challenge) throws(AuthError) -> Bool {
        let failures = challenge.failures + 1
        guard failures < Challenge.maximumFailures else {
            return try deleteChallenge(challenge.hash)
        }
        try updateChallenge(challenge.hash, failures: failures)
        return false
    }
}
