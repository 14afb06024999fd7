import Auth

extension Pages {
    /// Ends something that may have ended meanwhile, for example by the first click of two: then it is
    /// done, too.
    static func isDone(_ end: () throws(AuthError) -> Void) throws(AuthError) {
        do throws(AuthError) {
            try end()
        } catch .notFound {}
    }
}
