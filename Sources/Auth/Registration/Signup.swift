import Crypto

extension RegistrationService {
    /// Signs a customer up: role `user`, tier `free`, active at once.
    ///
    /// - Parameters:
    ///   - email: As sent.
    ///   - password: As sent.
    ///   - name: As sent; absent means the local part of the email.
    ///   - client: The client of the request.
    /// - Returns: The account, and whether its address has to be confirmed before it is authorized.
    /// - Throws: `registrationClosed`, then `invalidInput`, then `emailTaken`; `tooManyRequests`,
    ///   `overloaded`, `unavailable`.
    public func signup(
        email: TextInput, password: TextInput, name: TextInput, from client: ClientContext
    ) throws(AuthError) -> Registration {
        try requireSignupOpen()
        let applicant = try context.applicant(email: email, password: password, name: .name(name))
        let account = context.newAccount(applicant, role: .user, tier: .free, status: .active)
        let hash = try context.newHash(applicant, from: client)
        let new = context.newSession(of: account.id)
        let (welcome, mail) = (try context.verification(by: .welcome, of: account), mail)
        try store.write { transaction throws(AuthError) in
            try transaction.create(account, passwordHash: hash, by: .account(account.id))
            try transaction.insert(new.session, from: client)
            try transaction.recordBeginning(of: new.session)
            try welcome?.post(in: transaction, by: mail)
        }
        return context.registration(of: account, by: new, knowing: hash, from: client)
    }

    /// Refuses while signup is closed.
    ///
    /// - Throws: `registrationClosed`.
    public func requireSignupOpen() throws(AuthError) {
        let settings = store.state.settings
        guard settings.signup && settings.register && settings.nativeSignin else {
            throw .registrationClosed
        }
    }
}

/// The validated inputs of a new account.
struct RegistrationInput {
    let email: Email
    let password: String
    let name: String
}

extension AuthContext {
    /// Validates the inputs of a new account; all invalid inputs are reported together.
    ///
    /// - Parameters:
    ///   - email: Required.
    ///   - password: Required.
    ///   - name: Absent means the local part of the email.
    ///   - others: Errors of other inputs in the same request.
    /// - Returns: The validated inputs.
    /// - Throws: `invalidInput`.
    func applicant(
        email: TextInput, password: TextInput, name: NameField, others: [InvalidInput] = []
    ) throws(AuthError) -> RegistrationInput {
        var objections: [InvalidInput] = []
        let emailText = email.required(as: "email", &objections)
        let address = emailText.flatMap(Email.init)
        if let emailText, address == nil {
            objections.append(InvalidInput("email", Email.objection(to: emailText)))
        }
        let nameText = name.text(&objections)
        let passwordText = password.required(as: "password", &objections)
        if let objection = passwordText.flatMap({
            rules.passwordPolicy.objection(to: $0, email: address, name: nameText)
        }) {
            objections.append(InvalidInput("password", objection))
        }
        objections += others
        guard objections.isEmpty, let address, let passwordText else {
            throw .invalidInput(objections)
        }
        return RegistrationInput(
            email: address, password: passwordText, name: nameText ?? String(address.localPart))
    }

    /// Hashes the password of a new account.
    ///
    /// - Throws: `tooManyRequests` after too many attempts with the email, whether or not an account has
    ///   it; `emailTaken` before any hashing when one has; `overloaded`, `unavailable`.
    func newHash(
        _ applicant: RegistrationInput, from client: ClientContext
    ) throws(AuthError) -> PasswordHash {
        try throttle.admitNewAccount(with: applicant.email)
        guard try store.credential(applicant.email) == nil else { throw .emailTaken }
        let admission = try throttle.admitHashing(
            at: applicant.email.address, knownTo: nil, from: client)
        return try hash(applicant.password, admitted: admission)
    }

    /// An account to be inserted by a transaction.
    func newAccount(
        _ applicant: RegistrationInput, role: Account.Role, tier: Account.Tier,
        status: Account.Status
    ) -> Account {
        Account(
            id: .random(), email: applicant.email, name: applicant.name, tier: tier, role: role,
            status: status, createdAt: now())
    }
}
