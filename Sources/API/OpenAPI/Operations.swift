extension Operation {
    /// Everything the document describes: each route of the table once.
    static let all = signIn + links + account + sessions + apiKeys + setup + server
}
