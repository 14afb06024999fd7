import Crypto

/// An attempt to prove who one is, which counts as a failure until it is undone.
struct LoginAttempt {
    /// How it was counted.
    fileprivate let counted: FailedLogins.Attempt
    /// The account; nil where there is none.
    fileprivate let account: UUID?
    fileprivate let method: SignInMethod
    fileprivate let client: ClientContext

    /// An attempt that no account is known for, and no count of one includes.
    init(uncounted method: SignInMethod, from client: ClientContext) {
        self.init(.uncounted, account: nil, method, client)
    }

    fileprivate init(
        _ counted: FailedLogins.Attempt, account: UUID?, _ method: SignInMethod,
        _ client: ClientContext
    ) {
        self.counted = counted
        self.account = account
        self.method = method
        self.client = client
    }

    fileprivate func failure(
        at time: Timestamp, refusedBy limit: Throttle.Limit? = nil, until: Timestamp? = nil
    ) -> LoginFailure {
        LoginFailure(
            key: .init(
                account: account, network: client.network, method: method, limit: limit),
            client: client, time: time, until: until)
    }
}

extension AuthContext {
    /// Counts an attempt before it is examined.
    ///
    /// - Parameters:
    ///   - method: What is tried.
    ///   - address: The address that was entered, whether or not an account has it.
    ///   - account: The account that has it; nil for none.
    ///   - proof: What makes the client known to the account; nil for a stranger.
    ///   - client: Where the request comes from.
    /// - Returns: The attempt, for `forget` or `noteFailure`.
    /// - Throws: `tooManyRequests` after too many failures.
    func beginAttempt(
        _ method: SignInMethod, at address: String, of account: UUID?,
        by proof: FailedLogins.Proof?, from client: ClientContext
    ) throws(AuthError) -> LoginAttempt {
        do throws(AuthError) {
            let counted = try throttle.beginAttempt(
                at: address, by: proof, from: client.network, provingFactor: method != .password)
            return LoginAttempt(counted, account: account, method, client)
        } catch {
            if case .tooManyRequests(let seconds, let limit) = error {
                let (time, attempt) = (
                    now(), LoginAttempt(.uncounted, account: account, method, client)
                )
                throttle.failedLoginEvents.note(
                    attempt.failure(
                        at: time, refusedBy: limit, until: time.adding(seconds: Int64(seconds))))
            }
            throw error
        }
    }

    /// Undoes the count of an attempt that did not fail.
    func forget(_ attempt: LoginAttempt) {
        throttle.failedLogins.forget(attempt.counted)
    }

    /// Notes for the record that an attempt failed, with the same work whether or not there is an account.
    func noteFailure(of attempt: LoginAttempt) {
        throttle.failedLoginEvents.note(attempt.failure(at: now()))
    }
}
