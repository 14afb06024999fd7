/// Through which of the server's entrances a request came: each serves other paths.
public enum ListenerRole: Sendable, Equatable {
    /// Where the site's clients come in.
    case `public`
    /// Where those come in who watch over the server.
    case admin
}
