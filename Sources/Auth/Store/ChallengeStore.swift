public import Crypto

/// Reads of challenges.
public protocol ChallengeStore {
    /// The challenge of this hash and purpose if it is good at a time; a transaction checks again before
    /// it acts on it.
    ///
    /// - Throws: As `SessionStore.session`.
    func challenge(
        _ hash: Digest, for purpose: Challenge.Purpose, at time: Timestamp
    ) throws(AuthError) -> Challenge?
}

/// What a transaction does to challenges.
public protocol ChallengeTransaction {
    /// Adds a challenge; the rule is `begin`.
    func insert(_ challenge: Challenge) throws(AuthError)

    /// The challenge of this hash and purpose, also one that has expired.
    func challenge(
        _ hash: Digest, for purpose: Challenge.Purpose
    ) throws(AuthError) -> Challenge?

    /// The newest challenge of an account for a purpose, also one that has expired.
    func challenge(
        of accountID: UUID, for purpose: Challenge.Purpose
    ) throws(AuthError) -> Challenge?

    /// Updates how often a challenge was answered wrong.
    func updateChallenge(_ hash: Digest, failures: Int) throws(AuthError)

    /// Deletes a challenge.
    ///
    /// - Returns: Whether it was there: of two that act on it, one wins.
    func deleteChallenge(_ hash: Digest) throws(AuthError) -> Bool

    /// Deletes the oldest challenges of an account for a purpose.
    ///
    /// - Parameters:
    ///   - accountID: The account.
    ///   - purpose: The purpose.
    ///   - count: How many of the newest stay.
    /// - Throws: `unavailable`.
    func deleteChallenges(
        of accountID: UUID, for purpose: Challenge.Purpose, keeping count: Int
    ) throws(AuthError)

    /// Deletes all challenges of an account.
    func deleteChallenges(of accountID: UUID) throws(AuthError)

    /// Deletes all challenges, also those of no account.
    func deleteAllChallenges() throws(AuthError)
}
