// Auth: the domain. Every rule about accounts, sessions, keys, links and limits is here and nowhere
// else, so that each way in (endpoint, page, command) meets the same rules.
//
// One folder per feature, with its service; a verb of a service is a file named after it. The
// protocols that a store implements are in `Store/`.
// May import: Bytes, Crypto, ForeignPasswords, WebAuthn. Knows nothing of HTTP, SQL or lanes; the time is a parameter.
// Begin with `AuthService.swift`, then `SignIn/Login.swift` and `Store/Store.swift`.
