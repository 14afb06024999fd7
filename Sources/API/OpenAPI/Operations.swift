extension Operation {
    /// Everything the document describes: each route of the table once.
    static let all: [Operation] = [
        signIn, links, account, sessions, apiKeys, users, invites, setup, verify, server, admin,
    ].flatMap(\.self)
}
