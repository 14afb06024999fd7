public import Crypto

/// What people do with the passkeys they have.
extension PasskeyService {
    /// The passkeys of the caller, oldest first.
    ///
    /// - Throws: `unavailable`, also when one cannot be opened.
    public func passkeys(of caller: Caller) throws(AuthError) -> [Passkey] {
        try context.readingFactors { (store, vault) throws(AuthError) in
            try store.passkeys(among: store.credentials(of: caller.account.id), opening: vault)
        }
    }

    /// Renames a passkey of the caller.
    ///
    /// - Parameters:
    ///   - id: The passkey.
    ///   - name: As sent.
    ///   - caller: The signed-in caller.
    /// - Returns: The renamed passkey.
    /// - Throws: `invalidInput`; `notFound`, also for one of another account; `unavailable`.
    public func rename(
        _ id: UUID, to name: TextInput, by caller: Caller
    ) throws(AuthError) -> Passkey {
        var objections: [InvalidInput] = []
        guard let name = NameField.required(name, as: "name", &objections) else {
            throw .invalidInput(objections)
        }
        let (accountID, vault) = (caller.account.id, vault)
        return try store.write { transaction throws(AuthError) in
            var credential = try transaction.passkey(id, of: accountID)
            let former = credential.name
            credential.name = name
            try transaction.update(credential)
            if former != name {
                try transaction.recordRenaming(of: credential, from: former)
            }
            return Passkey(credential, try transaction.record(of: credential, opening: vault))
        }
    }

    /// Removes a passkey of the caller.
    ///
    /// - Parameters:
    ///   - id: The passkey.
    ///   - caller: The signed-in caller, with a fresh proof.
    ///   - client: Where the request comes from.
    /// - Throws: `reauthenticationRequired`; `notFound`, also for one of another account;
    ///   `lastSignInMethod` when the account has no password and no other passkey that verifies its user;
    ///   `unavailable`.
    public func remove(
        _ id: UUID, by caller: Caller, from client: ClientContext
    ) throws(AuthError) {
        let proof = try context.freshProof(of: caller, password: nil, from: client)
        let (vault, mail) = (vault, mail)
        try store.write { transaction throws(AuthError) in
            let account = try transaction.account(of: caller, provenBy: proof)
            let credential = try transaction.passkey(id, of: account.id)
            if try transaction.credential(account.id)?.hasPassword != true {
                let others = try transaction.passkeys(
                    among: transaction.credentials(of: account.id), opening: vault
                ).filter { $0.id != id }
                guard others.contains(where: \.canVerifyUser) else { throw .lastSignInMethod }
            }
            try transaction.removeFactor(credential, from: account, from: client, mail: mail)
        }
        context.noteFactor(
            "passkey", of: caller.account.id, "\(id)", became: "removed", by: caller.author)
    }
}

extension Transaction {
    /// A passkey of an account, sealed.
    ///
    /// - Throws: `notFound`.
    fileprivate func passkey(_ id: UUID, of accountID: UUID) throws(AuthError) -> Credential {
        let found = try credentials(of: accountID).first { $0.id == id && $0.kind == .passkey }
        guard let found else { throw .notFound }
        return found
    }
}
