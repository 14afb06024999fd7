/// Through which of the server's entrances a request came: each serves other paths.
public enum Entrance: Sendable, Equatable {
    /// Where the site's clients come in.
    case site
    /// Where those come in who watch over the server.
    case admin
}
